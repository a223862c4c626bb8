# Two commands do everything: `make site` builds into site/, `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: site zip test serve schemas currency lock lint clean links linkcheck bench reading lighthouse

site: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# The site as one file, to be unpacked and read from a disk: on-the-record.zip.
zip: site
	$(BIN)/python -m hooks.site.offline site on-the-record.zip

test: $(READY)
	$(BIN)/python -m pytest

serve: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

schemas: $(READY)
	$(BIN)/python -m hooks.series.schemas

# What is due for review, and which legal dates come up.
currency: $(READY)
	-$(BIN)/python -m hooks.series.currency

# Promise every address of the site that is new (links.lock). Nothing that was promised is taken out.
links: site
	$(BIN)/python -m hooks.site.promises --record

# Ask every outside address that the built site links to; settings in lychee.toml.
linkcheck: $(READY)
	$(BIN)/python -m hooks.site.linkcheck

# Takes minutes to hours: this project and two peers, each in an environment of its own under .cache/bench.
bench: $(READY)
	$(BIN)/python -m tests.bench $(BENCH)

# Words and reading grade of each publication.
reading: $(READY)
	$(BIN)/python -m tests.prose.report

# Google Lighthouse over four pages of site/: a report, whose figures depend on the machine.
lighthouse: $(READY)
	$(BIN)/python -m tests.lighthouse $(LIGHTHOUSE)

lint: $(READY)
	$(BIN)/ruff check hooks tests

# Python packages are pinned with hashes in requirements.txt, front-end packages in package-lock.json.
# npm comes from the same wheel on every machine, so Node need not be installed.
$(READY): requirements.txt package-lock.json pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: on Debian and Ubuntu, apt-get install python3-venv."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $(READY)

lock: $(READY)
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt pyproject.toml

clean:
	rm -rf site .site.* .cache $(VENV) node_modules
