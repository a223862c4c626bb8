"""The readiness check and the comment decision helper in a real browser: keyboard, focus, addresses, paper, privacy."""

from __future__ import annotations

import re

import pytest
import yaml
from lxml import html

from .axe import in_all_ways, in_two_ways
from .conftest import ROOT, until

pytestmark = pytest.mark.browser

CHECK, PATH = "tools/readiness/", "tools/comments/"
SOME = "#v1-e1ye2na1pa2na4xm1ym2xr1yr2nk1p"
TO_TOPIC_RULE = "#path/none/agency/comment/no/published/off-topic/yes"


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def press(page, label: str, limit: int = 80) -> None:
    """Go to the control or link that begins with `label` by Tab alone, and press Enter."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        # "No" is not the menu's "Now".
        if re.match(rf"{re.escape(label)}\b", page.evaluate("document.activeElement.textContent.trim()")):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{label!r} cannot be reached by keyboard")


def stored(page) -> list:
    return page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")


# ---- The readiness check


@pytest.mark.walk
def test_the_check_by_keyboard_shows_a_profile_that_the_table_repeats(visit, address: str) -> None:
    page = visit(CHECK)
    page.locator("#q-e1 input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(".check [role=status]").first.inner_text() == "2 of 33 answered."
    assert page.url.endswith("#v1-e1ye2n")
    press(page, "Show my profile")
    assert focused(page) == "profile-title"
    bars = page.locator(".profile__bar")
    assert bars.count() == 15
    assert bars.first.locator("title").text_content() == "Employee access: 1 in writing, 1 no."
    assert page.locator(".profile__table tbody tr").first.locator("th, td").all_inner_texts() == ["Employee access", "1", "0", "1", "0", "0"]
    step = page.locator(".profile__steps > li")
    assert step.count() == 1
    assert step.locator(".check__steps a").first.inner_text() == "Recommendation 1.4"
    assert "Communications lead, before a person’s first post" in step.inner_text().replace("'", "’")
    assert page.errors == []
    assert stored(page) == [0, 0, ""]
    assert [url for url in page.requests if not url.startswith(address)] == []
    assert all("v1-" not in url for url in page.requests)


def test_answers_come_back_from_the_address_and_can_be_cleared(visit) -> None:
    page = visit(CHECK + SOME)
    assert page.locator("input:checked").count() == 10
    assert page.locator(".notice").is_hidden()
    assert page.locator("#profile-address").input_value() == page.url
    heads = page.locator("#profile h4").all_inner_texts()
    assert heads == ["Begin with these", "Then"]
    asked = [text.split(".")[0] for text in page.locator(".profile__asked").all_inner_texts()]
    assert asked == ["4", "24", "3", "2", "29"], "no before partly, in the order of the questions"
    page.get_by_role("button", name="Clear all answers").click()
    page.locator("#profile").wait_for(state="hidden")
    assert "#" not in page.url
    assert page.locator("input:checked").count() == 0
    assert page.locator("#profile").is_hidden()
    page.evaluate(f"location.hash = '{SOME}'")
    page.locator("input:checked").nth(9).wait_for()


@pytest.mark.parametrize(
    ("fragment", "checked", "said"),
    [
        ("#v1-e1yzz9", 1, "could not be read to its end"),
        ("#v1-e1yz9n", 1, "1 answer in the address belongs to no question"),
        ("#v9-e1y", 0, "could not be read"),
        ("#v1-<img src=x onerror=alert(1)>", 0, "could not be read"),
        ("#about-records", 0, ""),
    ],
)
def test_a_broken_or_old_address_does_no_harm(visit, fragment: str, checked: int, said: str) -> None:
    page = visit(CHECK + fragment)
    assert page.locator("input:checked").count() == checked
    assert said in page.locator(".check .notice").inner_text()
    assert page.locator(".check .notice").is_hidden() is (said == "")
    assert page.errors == []


def test_a_place_on_the_page_does_not_lose_the_answers(visit) -> None:
    page = visit(CHECK + SOME)
    page.evaluate("location.hash = '#about-records'")
    page.wait_for_timeout(100)
    assert page.locator("input:checked").count() == 10
    page.locator(".profile__asked a").first.click()
    assert page.evaluate("document.activeElement.name") == "q-a2"


@pytest.mark.parametrize("path", [CHECK, PATH])
def test_without_a_script_the_page_is_whole(visit, path: str) -> None:
    page = visit(path, java_script_enabled=False)
    for what in (".check__otherwise", ".check__why", ".path__step", ".path__to"):
        assert all(node.is_visible() for node in page.locator(what).all())
    assert page.locator(".check__item").count() == (33 if path == CHECK else 0)
    assert page.locator("main button:visible").count() == 0, "no control that does nothing"


def test_the_paper_form_has_the_next_steps_and_no_buttons(visit) -> None:
    page = visit(CHECK, java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.locator(".check__steps a:visible").count() >= 31
    live = visit(CHECK + SOME)
    live.emulate_media(media="print")
    assert live.locator(".check button:visible").count() == 0
    assert live.locator("#profile .profile__table").is_visible()
    assert len(live.pdf()) > 20_000


# ---- The decision path


@pytest.mark.walk
def test_the_path_by_keyboard_moves_focus_announces_and_goes_back(visit, address: str) -> None:
    page = visit(PATH)
    status = page.locator(".path [role=status]")
    assert page.locator(".path__step:visible").count() == 1
    press(page, "No")
    page.locator("#q-account-title:focus").wait_for()
    assert status.inner_text() == "Next question, after 1 answer."
    press(page, "The agency")
    page.locator("#q-asked-title:focus").wait_for()
    assert page.locator(".path__trail li").count() == 2
    assert page.url.endswith("#path/none/agency")
    page.go_back()
    page.locator("#q-account-title:focus").wait_for()
    assert page.locator(".path__trail li").count() == 1
    page.go_forward()
    page.locator("#q-asked-title:focus").wait_for()
    change = page.locator(".path__trail a").first
    assert change.text_content() == "Change the answer to: Is someone in danger now?"
    change.focus()
    page.keyboard.press("Enter")
    page.locator("#q-danger-title:focus").wait_for()
    assert page.locator(".path__done").is_hidden()
    press(page, "Yes: someone asks for help")
    page.locator("#do-plea-title:focus").wait_for()
    assert status.inner_text() == "What to do, after 1 answer."
    press(page, "Start over")
    page.locator("#q-danger-title:focus").wait_for()
    assert page.errors == []
    assert stored(page) == [0, 0, ""]
    assert [url for url in page.requests if not url.startswith(address)] == []


def test_a_shared_path_opens_at_its_outcome_with_the_strength_of_its_law(visit) -> None:
    page = visit(PATH + TO_TOPIC_RULE)
    page.locator("#do-topic-hide-title:focus").wait_for()
    assert page.locator(".path__trail li").count() == 7
    law = page.locator(".path__authorities:visible").inner_text()
    assert "PETA v. Tabak (2024): persuasive in New York; " in law
    assert "Rosenberger (1995): controlling in New York; " in law
    assert "Binds every court and agency in New York" in law


@pytest.mark.parametrize(
    ("fragment", "heading", "said"),
    [
        ("#path/none/nowhere/comment", "q-account", "names an answer that this path does not have"),
        ("#path/constructor", "q-danger", "names an answer that this path does not have"),
        ("#path//none//", "q-account", ""),
        ("#path/%zz", "q-danger", "names an answer that this path does not have"),
        ("#do-leave", "do-leave", "came to this step directly"),
        ("#<b>", "q-danger", ""),
    ],
)
def test_a_broken_path_is_followed_as_far_as_it_goes(visit, fragment: str, heading: str, said: str) -> None:
    page = visit(PATH + fragment)
    assert page.locator(".path__step:visible").get_attribute("id") == heading
    assert said in page.locator(".path .notice").inner_text()
    assert page.locator(".path .notice").is_hidden() is (said == "")
    assert page.errors == []


def test_the_whole_path_can_be_shown_and_left(visit) -> None:
    page = visit(PATH)
    steps = page.locator(".path__step")
    written = yaml.safe_load((ROOT / "docs/tools/comments.yml").read_text(encoding="utf-8"))
    button = page.get_by_role("button", name="Show the whole path")
    button.click()
    assert steps.count() == page.locator(".path__step:visible").count() == len(written["questions"]) + len(written["outcomes"])
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.locator(".path__step:visible").count() == 1
    # A citation inside a step is returned to from the references.
    page.locator(".reference__backlinks a").first.click()
    page.locator("#do-filter").wait_for()
    assert page.locator(".path__step:visible").count() == steps.count()


def test_without_a_script_every_answer_leads_to_a_section_and_every_end_is_reached(site) -> None:
    root = html.parse(str(site / "tools/comments/index.html")).getroot()
    steps = {node.get("id"): [link.get("href")[1:] for link in node.find_class("path__answer")] for node in root.find_class("path__step")}
    seen, todo = set(), ["q-danger"]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += steps[at]
    assert seen == set(steps)


def test_what_prints_of_a_path_is_the_answers_and_the_outcome(visit) -> None:
    page = visit(PATH + TO_TOPIC_RULE)
    page.emulate_media(media="print")
    assert page.locator(".path__trail").is_visible()
    assert page.locator("#do-topic-hide").is_visible()
    assert page.locator(".path button:visible, .path .button:visible").count() == 0


# ---- Both


@pytest.mark.parametrize("path", [CHECK + SOME, PATH + TO_TOPIC_RULE, PATH + "#questions"])
def test_axe_finds_nothing_and_narrow_screens_fit(visit, path: str) -> None:
    """As it is opened first, it is among the pages of test_axe."""
    page = visit(path)
    assert in_all_ways(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", [CHECK + SOME, PATH + TO_TOPIC_RULE])
def test_the_pages_policy_forbids_inline_code_and_stops_nothing_of_the_tool(visit, path: str) -> None:
    page = visit(path)
    page.locator("#profile, #do-topic-hide").first.wait_for()
    assert page.errors == []
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.locator("article script, article style, article [style], article [onclick]").count() == 0


@pytest.mark.parametrize(("path", "shown"), [(CHECK, "#profile"), (PATH, "#q-account")])
def test_the_tools_work_from_a_disk(visit, site, path: str, shown: str) -> None:
    page = visit(f"{path}index.html", base=f"{site.as_uri()}/")
    if path == CHECK:
        page.locator("#q-e1 input").first.check()
        assert page.url.endswith("#v1-e1y")
    else:
        page.locator(".path__answer:visible").first.click()
    page.locator(shown).wait_for()
    assert [url for url in page.requests if not url.startswith("file:")] == []


# ---- Marks on recommendations


def test_marks_are_kept_only_if_asked_and_go_out_and_come_back(visit, tmp_path) -> None:
    page = visit(CHECK)
    said = page.locator("#rec-marks [role=status]")
    page.locator(".marks__group summary").first.click()
    choices = page.locator(".marks__choice")
    assert choices.count() > 100
    choices.first.select_option("done")
    choices.nth(1).select_option("not-for-us")
    assert said.inner_text().startswith("1 done, 0 open, 1 not for us,")
    assert page.locator(".marks__done").first.inner_text().strip().startswith("1 of ")
    assert stored(page) == [0, 0, ""]
    page.locator("#keep-marks").check()
    assert stored(page) == [1, 0, ""]
    page.reload()
    assert page.locator("#keep-marks").is_checked()
    assert page.locator(".marks__choice").first.input_value() == "done"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    download.value.save_as(tmp_path / "marks.csv")
    page.get_by_role("button", name="Forget them").click()
    assert stored(page) == [0, 0, ""]
    page.get_by_role("button", name="Clear all marks").click()
    assert page.locator(".marks__choice").first.input_value() == ""
    page.locator("#marks-file").set_input_files(tmp_path / "marks.csv")
    until(page, "document.querySelector('.marks__choice').value === 'done'")
    assert page.locator(".marks__choice").nth(1).input_value() == "not-for-us"
    (tmp_path / "bad.csv").write_text("some,thing\n1,2\n", encoding="utf-8")
    page.locator("#marks-file").set_input_files(tmp_path / "bad.csv")
    until(page, "document.querySelector('#rec-marks [role=status]').textContent.includes('“id” and “state”')")
    assert page.locator(".marks__choice").first.input_value() == "done"
    assert page.errors == []


def test_the_marks_are_accessible_and_fit(visit) -> None:
    page = visit(CHECK)
    page.evaluate("document.querySelectorAll('.marks__group').forEach((each) => { each.open = true; })")
    assert in_two_ways(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
