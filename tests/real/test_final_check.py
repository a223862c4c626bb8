"""The final check of the real site, and the progress that a reader keeps in the browser: with and without scripts."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from .axe import in_all_ways, in_two_ways
from .conftest import until

CHECK, MODULE, COURSE = "course/final-check/", "course/comments/", "course/"
KEY = "otr-course-progress"


def words(path: Path) -> str:
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(path)).split())


def test_the_answers_are_in_one_pdf_and_not_in_the_other(site: Path) -> None:
    page = html.fromstring((site / CHECK / "index.html").read_text(encoding="utf-8"))
    checks = page.find_class("check")
    assert len(checks) == 25 and all(check.find_class("check__tests")[0].xpath(".//a[contains(@href, '#objective-')]") for check in checks)
    whole, alone = words(site / CHECK / "final-check.pdf"), words(site / CHECK / "final-check-questions.pdf")
    assert "Answer: " in whole and "Answer: " not in alone
    for check in checks:
        asked = " ".join(check.find_class("check__question")[0].text_content().split())[:40]
        assert asked in whole and asked in alone
        reason = " ".join(check.find_class("check__reasons")[0][0].text_content().split())[:40]
        assert reason not in alone


def answer(page, index: int, *, right: bool) -> None:
    check = page.locator(".check").nth(index)
    place = int(check.get_attribute("data-answer")) - 1
    check.get_by_role("radio").nth(place if right else (place + 1) % 3).check()
    check.get_by_role("button", name="Check", exact=False).first.click()


@pytest.mark.browser
def test_right_answers_are_counted_and_modules_named(visit) -> None:
    page = visit(CHECK)
    tools = page.locator(".result-tools")
    tools.get_by_role("button", name="Count my answers").click()
    assert tools.get_by_role("status").inner_text() == "No question is answered yet."
    answer(page, 0, right=True)
    answer(page, 1, right=False)
    tools.get_by_role("button", name="Count my answers").click()
    module = page.locator(".check").nth(1).get_attribute("data-module")
    title = page.locator(f"#modules-again tr[data-module={module}] th").inner_text().strip()
    assert tools.get_by_role("status").inner_text() == f"1 of 25 right. 23 questions not answered. Read again: {title}."
    assert "read again" in page.locator(f"#modules-again tr[data-module={module}] td").last.inner_text()
    page.locator(".check").nth(1).get_by_role("button", name="Try again").click()
    assert tools.get_by_role("status").inner_text() == ""
    assert page.evaluate("localStorage.length") == 0 and page.errors == []
    assert in_two_ways(page) == []


@pytest.mark.browser
def test_only_the_result_is_printed(visit, tmp_path: Path) -> None:
    page = visit(CHECK)
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Print the result").click()
    assert page.evaluate("window.printed")
    page.pdf(path=str(tmp_path / "result.pdf"))
    text = words(tmp_path / "result.pdf")
    assert "Name:" in text and "Purposes and audiences" in text and "seventy" not in text.lower() and "70 minutes a week" not in text


@pytest.mark.walk
@pytest.mark.browser
def test_without_scripts_the_table_serves_for_counting(visit) -> None:
    page = visit(CHECK, java_script_enabled=False)
    assert page.locator(".result-tools, .progress").count() == 0
    assert page.locator("#modules-again tbody tr").count() == 8
    assert page.locator(".check details.check__answer").count() == 25


@pytest.mark.browser
def test_progress_is_kept_only_if_asked_and_leads_back(visit) -> None:
    page = visit(MODULE)
    box = page.locator("section.progress")
    assert not box.get_by_role("checkbox").is_checked() and not page.locator(".progress__mark").first.is_visible()
    answer(page, 0, right=True)
    assert page.evaluate("localStorage.length") == 0

    box.get_by_role("checkbox").check()
    assert "nowhere else" in box.get_by_role("status").inner_text()
    page.get_by_label("I have read the lesson").check()
    page.locator("section.exercise .progress__mark input").first.check()
    answer(page, 1, right=False)
    assert "Answered, not right" in page.locator(".check__label").nth(1).inner_text()
    assert in_all_ways(page) == []

    page.reload()
    assert page.get_by_label("I have read the lesson").is_checked()
    assert "Answered, not right" in page.locator(".check__label").nth(1).inner_text()

    page.goto(page.url.replace(MODULE, COURSE))
    row = page.locator("tr[data-module=comments]")
    assert "Lesson read; 1 of 4 exercises done; 1 of 9 questions answered, 0 right." in row.inner_text()
    lead = page.locator(".progress__next a")
    assert "Question 2" in lead.inner_text()
    lead.click()
    until(page, "location.hash.startsWith('#check-')")

    page.locator("section.progress").get_by_role("button", name="Forget it").click()
    assert page.evaluate("localStorage.length") == 0
    assert "Forgotten" in page.locator("section.progress [role=status]").inner_text()
    assert page.errors == []


@pytest.mark.browser
def test_a_browser_that_keeps_nothing_says_so(visit) -> None:
    page = visit(MODULE)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('refused'); }; }")
    box = page.locator("section.progress")
    box.get_by_role("checkbox").click()
    assert "does not let the page keep anything" in box.get_by_role("status").inner_text()
    assert not box.get_by_role("checkbox").is_checked() and not page.locator(".progress__mark").first.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("kept", ["[]", "{", '{"modules": {"<img>": {}}, "at": {"module": "comments", "place": "x y", "label": "<b>"}}'])
def test_what_others_wrote_there_is_not_believed(visit, kept: str) -> None:
    page = visit(COURSE)
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, kept])
    page.reload()
    assert page.locator(".progress__next").is_hidden() and page.locator(".progress__row").count() == 0
    assert page.errors == []
