"""Of the real series: what is woven by what the last build kept, after a word more on every page that can bear one, is what a whole weaving makes.

A page that begins to take words from another, and not only places, recommendations, clauses or letters, is found here.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from hooks.build import kept_weave
from hooks.build.kept_weave import keep_woven, woven_before
from hooks.build.weave import Woven, only_words_changed
from hooks.linking.targets import Target
from hooks.series.settings import as_stated
from hooks.series.sources import body_of
from tests import support
from tests.pages.test_weave_again import formatter, pages_of

_PLAIN = re.compile(r"^[A-Z][^\[\]<>`*_{}|]*\.$")
"""A line that is a paragraph of nothing but words, as a rule."""
_MANY = 50


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("briefs", "whitepaper", "docs", "search.yml", "links.lock", "links.moved"):
        source = support.ROOT / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copy(source, tmp_path / name)
    (tmp_path / ".cache").symlink_to(support.ROOT / ".cache")
    return tmp_path


def made(root: Path) -> Woven:
    settings = yaml.load((support.ROOT / "mkdocs.yml").read_text(encoding="utf-8"), support._Tolerant)["extra"]
    return support.woven(root, {"series": as_stated(settings["series"])}, "https://onrecord.example/")


@pytest.mark.proof
def test_a_word_more_on_every_page(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(project)
    pages = list(pages_of(project, first).values())
    keep_woven(first, pages, project / ".site.woven")
    changed = []
    for page in pages:
        if not (project / page.path).is_file():
            continue
        for line in body_of(page.text).split("\n"):
            if _PLAIN.match(line) and len(line.split()) > 5:
                (project / page.path).write_text(page.text.replace(line, f"{line[:-1]} indeed.", 1), encoding="utf-8")
                changed.append(page)
                break
    now = made(project)
    by_path = pages_of(project, now)
    alone = [page for page in changed if only_words_changed([(page, by_path[page.path])], first, lambda path, id_: False)]
    # All that a module asks to read would together take longer than each.
    references = [reference for time in first.around.alone.values() for reference in time.references]
    targets = [first.around.directory.find(reference, "") for reference in references]
    read = {target.url.partition("#")[0] for target in targets if isinstance(target, Target)}
    wanted = [page for page in alone if page.url not in read]
    for page in changed:
        if page not in wanted:
            (project / page.path).write_text(page.text, encoding="utf-8")
    now = made(project)
    there = list(pages_of(project, now).values())
    monkeypatch.setattr(kept_weave, "MOST", len(there))
    again = woven_before(now.read, there, formatter(now), project / ".site.woven")
    assert len(wanted) > _MANY
    assert again is not None
    differ = [path for path, page in now.site.pages.items() if again.site.pages[path] != page]
    assert differ == []
    assert again.site == now.site
    assert (again.around.used_in, again.around.formatted, again.around.practices) == (now.around.used_in, now.around.formatted, now.around.practices)
