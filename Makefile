# Two commands do everything: `make site` builds into site/, `make test` runs the tests.
PYTHON3 := $(or $(PYTHON),python3)
BIN := .venv/bin
# What Python compiles of the packages is kept beside them, whatever the shell says: without it every start takes a second more.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: packages test-packages site zip release publish-check check test proof serve brief edition schemas currency lock lint clean links linkcheck compare cache-clean bench reading lighthouse

# Nothing is built where nothing has changed since the last build: make site FORCE=1 builds all the same.
site: packages
	$(BIN)/python -m hooks.build build --strict $(if $(FORCE),--force)

# The site as one file, to be unpacked and read from a disk: on-the-record.zip.
zip: site
	$(BIN)/python -m hooks.site.offline site on-the-record.zip

# A dated archive of the whole, made of what is committed: make release DATE=2026-12-01
release: packages
	@$(BIN)/python -m hooks.site.release --date "$$DATE"

# What still stands in the way of publishing site/ at SITE_URL: make publish-check [HOST=github-pages|netlify|cloudflare|s3|nginx|apache|iis|none]
publish-check: packages
	@$(BIN)/python -m hooks.site.publish_check --host "$(HOST)"

# Over the cores, with one process more (tests/conftest.py): whoever is done takes over from the others. CORES=1 runs the tests one after another.
PYTEST = $(BIN)/python -m pytest --numprocesses $(or $(CORES),auto) --dist worksteal

# Style, and every test but those that read the whole real site.
check: lint
	$(PYTEST) --ignore tests/real

# What a mistake in the code, the theme or the text breaks, in minutes: all but what is slow and wide.
test: test-packages
	$(PYTEST)

# The full sweep beside it: every page in axe, every PDF in veraPDF, all that is done in a browser, installations, builds repeated.
proof: test-packages
	$(PYTEST) --proof -m "proof or widened"

serve: packages
	$(BIN)/python -m hooks.build serve $(SERVE)

schemas: packages
	$(BIN)/python -m hooks.series.schemas

# Begin a brief, which asks four questions; or answers them: make brief TITLE="…" ON=records FOR=clerk,counsel SUMMARY="…" [SLUG=…]
brief: packages
	@$(BIN)/python -m hooks.series.new_brief --title "$$TITLE" --on "$$ON" --for "$$FOR" --summary "$$SUMMARY" --slug "$$SLUG"

# Keep the edition that is published and begin the next: make edition BRIEF=ib-08 NOTE="What changed." [DATE=…] [REVIEW_BY=…]
edition: packages
	@$(BIN)/python -m hooks.site.new_edition "$$BRIEF" --note "$$NOTE" --date "$$DATE" --review-by "$$REVIEW_BY"

# What is said to these two reaches them as it was typed, a dollar sign too.
$(foreach name,TITLE ON FOR SUMMARY SLUG BRIEF NOTE DATE REVIEW_BY,$(eval override $(name) := $$(value $(name)))$(eval export $(name)))

# What is due for review, and which legal dates come up.
currency: packages
	-$(BIN)/python -m hooks.series.currency

# Promise every address of the site that is new (links.lock). Nothing that was promised is taken out.
links: site
	$(BIN)/python -m hooks.site.promises --record

# Ask every outside address that the built site links to; settings in lychee.toml.
linkcheck: test-packages
	$(BIN)/python -m hooks.site.linkcheck

# What differs between another built site and this one: make compare BEFORE=../other/site
compare: test-packages
	$(BIN)/python -m tests.compare $(BEFORE) site

# Take out of the cache what no build has asked for in 30 days; every build does it too: make cache-clean [CACHE="--days 7 --megabytes 100"]
cache-clean: packages
	@$(BIN)/python -m hooks.core.prune $(CACHE)

# Takes minutes to hours: this project and two peers, each in an environment of its own under .cache/bench.
bench: test-packages
	$(BIN)/python -m tests.bench $(BENCH)

# Words and reading grade of each publication.
reading: test-packages
	$(BIN)/python -m tests.prose.report

# Google Lighthouse over four pages of site/: a report, whose figures depend on the machine.
lighthouse: test-packages
	$(BIN)/python -m tests.lighthouse $(LIGHTHOUSE)

lint: test-packages
	$(BIN)/ruff check hooks tests

# What a build needs, and what the tests need besides: pinned with hashes, installed once, and anew when the pins change.
# PYTHON=/path/to/python3 names the Python to use; it is used from then on.
INSTALL = @command -v $(PYTHON3) >/dev/null || { echo "No $(PYTHON3) here: install Python, or set PYTHON=/path/to/python3." >&2; exit 1; }; \
	$(PYTHON3) hooks/setup/environment.py $(if $(PYTHON),--named)

packages:
	$(INSTALL) build

test-packages:
	$(INSTALL) tests

# Renew the pins: for every Python from the lowest that is promised, one release of each package.
LOWEST = $(shell sed -n 's/^requires-python = ">=\([0-9.]*\)".*/\1/p' pyproject.toml)
COMPILE = $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version $(LOWEST) --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock: test-packages
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.txt --output-file tests/requirements.txt pyproject.toml
	$(BIN)/npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean:
	rm -rf site .site.* .cache .installed .venv node_modules
