"""The course of the real site: self-checks with and without scripts, every recommendation practiced, the workbook in Word."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from tests.machine import without

from .axe import in_all_ways
from .conftest import until

MODULE = "course/comments/"


@pytest.fixture(scope="module")
def course(site: Path) -> dict:
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    return next(item for item in catalogue["publications"] if item["kind"] == "course")


def tree(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def test_every_recommendation_is_practiced_and_says_where(site: Path, course: dict) -> None:
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    practiced = {id_ for module in course["modules"] for id_ in module["practises"]}
    assert {item["id"] for item in catalogue["recommendations"] if item["status"] == "current"} <= practiced
    assert tree(site / "course/objectives/index.html").get_element_by_id("not-practised").getnext().tag == "p"
    current = [item["url"] for item in catalogue["publications"] if item["kind"] == "issue-brief" and item["status"] == "current"]
    assert current
    for brief in (site / url / "index.html" for url in current):
        lines = tree(brief).find_class("practise")
        assert len(lines) == 1 and lines[0].xpath(".//a[contains(@href, 'course/')]"), brief.parent.name


def test_every_module_has_its_parts_slides_and_handout(site: Path, course: dict) -> None:
    assert len(course["modules"]) == 8
    for module in course["modules"]:
        page = tree(site / module["url"] / "index.html")
        ids = {node.get("id") for node in page.iter("h2", "section")}
        assert {"objectives", "before", "lesson", "exercises", "check", "handout", "facilitators", "related"} <= ids, module["id"]
        assert 2 <= len(page.find_class("exercise")) <= 5 and 6 <= len(page.find_class("check")) <= 9, module["id"]
        slides = tree(site / module["url"] / "slides/index.html").find_class("slide")
        assert 10 <= len(slides) <= 16 and module["slides"]["pages"] >= len(slides) + 1, module["id"]
        assert module["handout"]["pages"] == 1
        assert "Written for this course: no real agency, person or post." in page.find_class("scenario")[0].text_content()


@pytest.mark.walk
@pytest.mark.browser
def test_a_question_is_answered_with_the_keyboard(visit) -> None:
    page = visit(MODULE)
    check = page.locator(".check").first
    right = int(check.get_attribute("data-answer").split()[0]) - 1
    boxes = check.get_by_role("radio")
    assert boxes.count() >= 3 and check.locator("fieldset > legend").count() == 1
    assert not check.locator("details").evaluate("node => node.open")
    wrong = next(i for i in range(boxes.count()) if i != right)

    boxes.nth(0).focus()
    for _ in range(wrong):
        page.keyboard.press("ArrowDown")
    if wrong == 0:
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    result = check.get_by_role("status")
    assert result.inner_text().startswith("Not right") and chr(65 + right) in result.inner_text()
    assert check.locator("details").evaluate("node => node.open")
    assert check.locator(".check__option[data-mark=right]").count() == 1
    assert check.locator(".check__reasons li").count() == boxes.count()

    check.get_by_role("button", name="Try again").click()
    assert result.inner_text() == "" and not check.locator("input:checked").count()
    assert page.evaluate("document.activeElement.type") == "radio"
    boxes.nth(right).check()
    check.get_by_role("button", name="Check", exact=False).first.click()
    assert result.inner_text().startswith("Right.")
    assert page.errors == []


@pytest.mark.browser
def test_a_question_with_two_answers_takes_both_and_no_choice_is_no_answer(visit) -> None:
    page = visit(MODULE)
    check = page.locator('.check[data-answer*=" "]').first
    button = check.get_by_role("button").first
    button.click()
    assert "first" in check.get_by_role("status").inner_text() and not check.locator("details").evaluate("node => node.open")
    right = [int(item) - 1 for item in check.get_attribute("data-answer").split()]
    check.get_by_role("checkbox").nth(right[0]).check()
    button.click()
    assert check.get_by_role("status").inner_text().startswith("Not right")
    check.get_by_role("checkbox").nth(right[1]).check()
    assert check.get_by_role("status").inner_text() == "", "a new choice takes the old result away"
    button.click()
    assert check.get_by_role("status").inner_text().startswith("Right.")


@pytest.mark.browser
def test_nothing_of_the_answers_is_kept_or_sent(visit) -> None:
    page = visit(MODULE)
    page.wait_for_load_state("networkidle")
    asked: list[tuple[str, str | None, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.post_data, request.url)))
    check = page.locator(".check").first
    check.locator("input").first.check()
    check.get_by_role("button").first.click()
    page.wait_for_timeout(300)
    # A file of the site that is used for the first time may still be fetched (a face, say); an answer that is sent would be more than that.
    assert [item for item in asked if item[:2] != ("GET", None) or "?" in item[2] or "/assets/" not in item[2]] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.hash]") == [0, 0, "", ""]
    page.reload()
    assert page.locator(".check input:checked").count() == 0


@pytest.mark.browser
def test_answered_questions_are_accessible_in_both_schemes(visit) -> None:
    page = visit(MODULE)
    for check in page.locator(".check").all()[:3]:
        check.locator("input").first.check()
        check.get_by_role("button").first.click()
    assert in_all_ways(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_without_scripts_every_question_has_its_answer_in_a_disclosure(visit) -> None:
    page = visit(MODULE, java_script_enabled=False)
    check = page.locator(".check").first
    assert check.locator("input, button").count() == 0
    assert check.locator("ol.check__options > li").count() >= 3
    reasons = check.locator(".check__reasons")
    assert not reasons.is_visible()
    check.locator("summary").click()
    assert reasons.is_visible() and reasons.locator("a").count() >= 1


@pytest.mark.browser
def test_slides_are_shown_full_screen_and_moved_by_keys(visit) -> None:
    page = visit(f"{MODULE}slides/")
    titles = page.locator(".slide > h2").all_inner_texts()
    page.get_by_role("button", name="Show full screen").click()
    shown, said = page.locator(".stage__slide"), page.locator(".stage [role=status]")
    assert shown.locator("h2").inner_text() == page.title().partition(" · ")[0].removeprefix("Slides: ")
    for key, number in (("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("End", len(titles) + 1), ("ArrowRight", len(titles) + 1), ("Home", 1)):
        page.keyboard.press(key)
        assert shown.get_attribute("aria-label") == f"Slide {number} of {len(titles) + 1}", key
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    assert shown.locator("h2").inner_text() == titles[7] and said.text_content() == f"Slide 9 of {len(titles) + 1}: {titles[7]}"
    assert page.evaluate("location.hash") == f"#{page.locator('.slide > h2').nth(7).get_attribute('id')}"
    assert shown.locator(".notes, .web-only, [id]").count() == 0
    page.keyboard.press("n")
    assert page.locator(".stage__notes").is_visible()
    page.keyboard.press("n")
    assert not page.locator(".stage__notes").is_visible()
    assert not page.locator(".prose").is_visible()
    assert in_all_ways(page) == []
    page.keyboard.press("Escape")
    assert page.locator(".stage").is_hidden() and page.locator(".prose").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Show full screen"


@pytest.mark.browser
def test_every_slide_has_room_on_a_screen(visit, course: dict) -> None:
    for module in course["modules"]:
        page = visit(f"{module['url']}slides/")
        page.set_viewport_size({"width": 1280, "height": 720})
        page.get_by_role("button", name="Show full screen").click()
        for _ in range(page.locator(".slide").count()):
            page.keyboard.press("ArrowRight")
            slide = page.locator(".stage__slide")
            over = slide.evaluate("node => node.scrollHeight - node.clientHeight")
            assert over <= 1 and int(slide.get_attribute("data-fit")) <= 3, (module["id"], slide.locator("h2").inner_text())


@pytest.mark.browser
def test_the_presenter_view_follows_and_leads(visit) -> None:
    page = visit(f"{MODULE}slides/")
    page.get_by_role("button", name="Show full screen").click()
    page.keyboard.press("ArrowRight")
    with page.expect_popup() as opened:
        page.keyboard.press("p")
    view = opened.value
    place = view.locator(".presenter__place")
    place.wait_for()
    titles = [text.strip() for text in page.locator(".slide > h2").all_text_contents()]
    assert place.inner_text() == f"Slide 2 of {len(titles) + 1}: {titles[0]}"
    assert view.locator(".presenter__notes").inner_text().count("Ask each to read aloud") == 1
    assert view.locator(".stage__slide").count() == 2
    number = 2 + next(index for index, node in enumerate(page.locator(".slide").all()) if node.get_attribute("data-minutes"))
    page.bring_to_front()
    page.keyboard.type(str(number))
    page.keyboard.press("Enter")
    until(view, f"document.querySelector('.presenter__place').textContent.startsWith('Slide {number} ')")
    assert re.fullmatch(r"Exercise: \d+:\d\d left of \d+ minutes", view.locator(".presenter__exercise").inner_text())
    view.get_by_role("button", name="Next", exact=True).click()
    until(page, f"document.querySelector('.stage__slide').getAttribute('aria-label').startsWith('Slide {number + 1} ')")
    assert not view.locator(".presenter__exercise").is_visible()
    assert in_all_ways(view) == []


@pytest.mark.browser
def test_without_scripts_slides_are_a_page(visit) -> None:
    page = visit(f"{MODULE}slides/", java_script_enabled=False)
    assert page.locator("button", has_text="Show full screen").count() == 0
    assert page.locator(".slide").first.is_visible() and page.locator(".notes").first.is_visible()


@pytest.mark.browser
def test_slides_print_one_a_page(visit, tmp_path: Path) -> None:
    page = visit(f"{MODULE}slides/")
    count = page.locator(".slide").count()
    page.pdf(path=str(tmp_path / "slides.pdf"), prefer_css_page_size=True)
    texts = [squeezed(sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(tmp_path / "slides.pdf")]
    places = []
    for title in page.locator(".slide > h2").all_inner_texts():
        places.append(next(i for i, text in enumerate(texts) if squeezed(title) in text))
    assert len(places) == count == len(set(places))


def test_the_workbook_collects_every_exercise_in_word(site: Path, course: dict, tmp_path: Path) -> None:
    path = site / course["workbook"]["docx"]
    document = Document(path)
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    pages = [tree(site / module["url"] / "index.html") for module in course["modules"]]
    wanted = [node.text_content() for page in pages for node in page.xpath("//section[@class='exercise']/h3")]
    assert sorted(titles) == sorted(wanted) and len(wanted) >= 24
    parts = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert "Comments and moderation" in parts and len(parts) == len(set(parts))
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    page = tree(site / course["workbook"]["url"] / "index.html")
    assert len(list(document.element.iter(qn("w:sdt")))) == len(page.find_class("space"))

    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        reason = "no LibreOffice on this machine: apt-get install libreoffice-writer-nogui"
        without(reason)
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert (tmp_path / "workbook.pdf").is_file(), done.stdout + done.stderr
    printed = squeezed(" ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(tmp_path / "workbook.pdf")))
    assert all(squeezed(title) in printed for title in titles)


def test_each_key_names_an_exercise_and_rests_on_passages_that_are_there(site: Path, course: dict) -> None:
    places = {page["url"]: page.get("key") for page in (*course["modules"], *course["exercises"])}
    keyed = {url: key["url"].rpartition("/")[0] for url, key in places.items() if key}
    assert len(keyed) >= 6
    for url, folder in keyed.items():
        page, at = tree(site / folder / "index.html"), f"https://site.invalid/{folder}/"
        answers = page.find_class("answer-key")
        assert answers, folder
        known = {node.get("id") for node in tree(site / url / "index.html").find_class("exercise")}
        for answer in answers:
            assert answer.get("id").replace("key-", "exercise-", 1) in known, (folder, answer.get("id"))
            links = [urldefrag(urljoin(at, link.get("href"))) for item in answer.iter("dd", "li") for link in item.iter("a")]
            inside = [(link.url.removeprefix("https://site.invalid/"), link.fragment) for link in links if link.url.startswith("https://site.invalid/")]
            assert inside, (folder, answer.get("id"))
            for address, place in inside:
                target = site / address / "index.html"
                assert target.is_file() and (not place or place in {node.get("id") for node in tree(target).iter() if node.get("id")}), (folder, address, place)


def test_what_a_facilitator_prints_is_there(site: Path, course: dict) -> None:
    assert all(module["sheets"] for module in course["modules"]) and all(page["sheets"] and page["key"] for page in course["exercises"])
    for item in (*course["modules"], *course["exercises"]):
        box = tree(site / item["url"] / "index.html").find_class("print-list")
        assert len(box) == 1 and all((site / item["url"] / link.get("href")).resolve().is_file() for link in box[0].iter("a")), item["url"]
        printed = pypdfium2.PdfDocument(site / item["sheets"]["url"])
        words = squeezed(" ".join(page.get_textpage().get_text_range() for page in printed))
        for row in box[0].iterfind(".//tbody/tr"):
            if row[0].text_content() not in ("Handout, at the end", "Answer key"):
                # For whom a sheet is stands before its title here, and in the first page's list in a column of its own.
                missing = [part for part in row[0].text_content().split(": ") if squeezed(part) not in words]
                assert not missing, (item["url"], missing)


def test_participants_get_no_key_in_print(site: Path, course: dict) -> None:
    for name in ("course/course.pdf", "course/comments/comments.pdf", "course/workbook/workbook.pdf", "course/comments/comments-sheets.pdf"):
        words = "".join(squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(site / name))
        assert squeezed("Save one copy with the number and times; hide copies two to six") not in words, name
        assert squeezed("A resident telephones the clerk: Is the tax relief card real?") not in words, name
