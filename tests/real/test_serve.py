"""The notice of `mkdocs serve` in a real browser: it can be seen and read in both schemes, and goes when the mistake does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import support
from tests.served import serving

from .axe import in_all_ways

pytestmark = pytest.mark.browser
_GOOD, _WRONG = "[](law:sample-comments)", "[](law:sample-coments)"


def test_the_notice_can_be_read_and_the_page_comes_anew_after_an_edit(browser, tmp_path: Path) -> None:
    root = support.copy_sample(tmp_path / "project")
    support.prepare(root, watch=[str(root / "briefs")])
    brief = root / "briefs/comments.md"
    support.edit(brief, _GOOD, _WRONG)
    with serving(root) as served:
        served.until(served.has_rested)
        page = browser.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{served.address}briefs/comments/")
        notice = page.get_by_role("region", name="1 problem on this page")
        assert notice.is_visible()
        assert notice.get_by_role("heading", level=2, name="1 problem on this page").is_visible()
        assert "briefs/comments.md:44" in notice.inner_text() and "Did you mean “sample-comments”?" in notice.inner_text()
        broken = page.locator(".broken-reference")
        assert broken.evaluate("(node) => getComputedStyle(node).borderBottomStyle") == "dashed"
        assert in_all_ways(page) == []
        grounds = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            grounds.append(notice.evaluate("(node) => getComputedStyle(node).backgroundColor"))
        assert grounds[0] != grounds[1]
        page.emulate_media(media="print")
        assert not notice.is_visible()
        page.emulate_media(media="screen")
        # The page asks the server whether there is something new, and loads itself anew.
        support.edit(brief, _WRONG, _GOOD)
        notice.wait_for(state="detached", timeout=60_000)
        assert page.locator(".broken-reference").count() == 0
        assert errors == []
        page.close()
