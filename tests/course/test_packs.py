"""Course packs: the run sheet computes times and numbers, and tells kindly what does not add up or is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from hooks.registers.packs import PackPlace, clock, clock_of_day, place_of
from hooks.series.load import load_series
from hooks.series.model import composed_of
from tests.support import Rendered, edit

YML = "docs/course/packs/day.yml"
PAGE = "docs/course/packs/day.md"


def page(rendered: Rendered) -> html.HtmlElement:
    assert [str(problem) for problem in rendered.problems] == []
    return html.fragment_fromstring(rendered.html(PAGE), create_parent="div")


def rows(node: html.HtmlElement, name: str) -> list[list[str]]:
    (listing,) = node.find_class(f"register--{name}")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in listing.iter("tr")]


def said(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_times_and_slides_are_computed(pack: Path, render: Callable[..., Rendered]) -> None:
    tree = page(render(pack))
    assert [row[:1] + row[2:] for row in rows(tree, "run")[1:]] == [
        ["8:45 (15 min.)", "2", "Out: Workbook (Word)."],
        ["9:00 (20 min.)", "3 to 4", ""],
        ["9:20 (20 min.)", "5", "In: One rule."],
        ["9:40 (45 min.)", "", ""],
        ["10:25 (35 min.)", "6", "Out: Handout, Module 1: Rules of the page."],
    ]
    assert rows(tree, "run")[2][1] == "Talk. Trainer: Rules first.If behind: Say the second point."
    assert rows(tree, "run")[3][1] == "Exercise 1.1, Write the rules. Each writes."
    assert [rows(tree, "run")[line][1] for line in (1, 4, 5)] == ["Arrival. People sign in.", "Meal. Lunch.", "Close. Each says one line."]
    whole = said(tree.find_class("register--run")[0])
    assert "8:45 a.m. to 11:00 a.m., 2 hours 15 minutes. At its end you hold the rules of a page." in whole
    assert "Exercises: 20, talks: 20, rest: 45 minutes." in whole
    assert "At home afterward: Exercise 1.2, Name the place, 10 minutes." in whole


def test_talks_reading_and_certificate_say_what_the_run_sheet_says(pack: Path, render: Callable[..., Rendered]) -> None:
    tree = page(render(pack))
    talks = said(tree.find_class("register--talks")[0])
    assert talks.startswith("9:00, 20 minutes, slides 3 to 4: Rules first")
    assert "Two readers, Issue Brief 1" in talks and "From Module 1, Rules of the page" in talks
    assert said(tree.find_class("register--reading")[0]) == "2 minutes in all, in this order:Issue Brief 1, Public comments, 2 minutes"
    assert "40 minutes of talks and exercises. Topics: Rules of the page." in said(tree)


def test_the_hours_of_counsel_are_computed(pack: Path, render: Callable[..., Rendered]) -> None:
    assert "Counsel:" not in said(page(render(pack)))
    edit(pack / YML, "        who: Trainer\n", "        who: Trainer, with counsel on the telephone\n")
    assert "At its end you hold the rules of a page.Counsel: 9:00 to 9:20." in said(page(render(pack)).find_class("register--run")[0])


def test_reading_that_is_passages_is_a_paper_in_their_order(pack: Path, render: Callable[..., Rendered]) -> None:
    series, _ = load_series(pack)
    assert "reading" not in composed_of(series.by_scheme["pack"]["day"], series)
    edit(pack / YML, "reading: [brief:comments]", "reading: [brief:comments#at-a-glance, module:rules#rules-first, brief:comments#at-a-glance]")
    edit(pack / YML, "files:\n", "files:\n  - {file: paper:reading, who: beforehand, copies: none, sides: screen}\n")
    series, problems = load_series(pack)
    assert problems == []
    paper = composed_of(series.by_scheme["pack"]["day"], series)["reading"]
    assert (paper.title, paper.parts) == ("To read beforehand", ("brief:comments#at-a-glance", "module:rules#rules-first"))
    assert place_of("paper:reading", series.by_scheme["pack"]["day"], series) == PackPlace("course/day/day-reading.pdf", "To read beforehand")


STEPS = """        lesson: module:rules#rules-first
        steps:
          - minutes: 15
            slide: rules-ground
            do: Two lines.
            ask: Which of the two?
            expect: The *first*.
          - {minutes: 5, do: Three tests.}
"""


def test_a_talk_says_how_its_minutes_are_spent_and_what_the_room_is_asked(pack: Path, render: Callable[..., Rendered]) -> None:
    edit(pack / YML, "        lesson: module:rules#rules-first\n", STEPS)
    assert rows(page(render(pack)), "talks") == [
        ["Minutes", "Slide", "What you do", "Ask the room, and expect"],
        ["15", "4", "Two lines.", "Ask: Which of the two?Expect: The first."],
        ["5", "", "Three tests.", ""],
    ]


STEPS_WRONG = {
    "do not add up": (
        "minutes: 5, do", "minutes: 4, do",
        f"{YML}:35: The value of “sessions.items” is not valid. `steps` add up to 19 minutes, and the talk has 20. [data]",
    ),
    "name a slide of another item": ("slide: rules-ground", "slide: rules-write", f"{YML}:43: This talk does not show the slide “rules-write”."),
    "ask and do not answer": ("            expect: The *first*.\n", "", "A question to the room and its answer stand together"),
    "belong to a talk": ("kind: talk", "kind: meal", "`say` belongs to a talk."),
}  # fmt: skip


@pytest.mark.parametrize("about", STEPS_WRONG)
def test_steps_of_a_talk_that_cannot_be_given(about: str, pack: Path, render: Callable[..., Rendered]) -> None:
    old, new, said_ = STEPS_WRONG[about]
    edit(pack / YML, "        lesson: module:rules#rules-first\n", STEPS)
    edit(pack / YML, old, new)
    told = [str(problem) for problem in render(pack).problems]
    assert any(said_ in problem for problem in told), told


def test_steps_of_what_is_no_talk(pack: Path, render: Callable[..., Rendered]) -> None:
    edit(pack / YML, "        lesson: module:rules#rules-first\n", STEPS)
    edit(pack / YML, "kind: talk", "kind: meal")
    edit(pack / YML, '        say: [One rule., "Two readers, [](brief:comments).", Three tests.]\n', "")
    told = [str(problem) for problem in render(pack).problems if problem.path == YML]
    assert told == [f"{YML}:35: The value of “sessions.items” is not valid. `steps` belong to a talk. [data]"]


def test_the_list_to_print_says_when_each_file_is_given_out(pack: Path, render: Callable[..., Rendered]) -> None:
    assert [row[3] for row in rows(page(render(pack)), "print")[1:]] == [
        "Participants; 8:45", "Participants; 10:25", "The room", "The room", "The room", "Facilitator only",
    ]  # fmt: skip


def test_votes_of_a_body_are_no_hours_of_the_course(pack: Path, render: Callable[..., Rendered]) -> None:
    exercise = "      - kind: exercise\n        exercise: rules#write-rules\n        what: Each writes."
    edit(pack / YML, exercise, "      - kind: vote\n        minutes: 20\n        what: Ayes.")
    edit(pack / YML, "kind: meal", "kind: practice")
    edit(pack / YML, "  - file: workbook.docx\n    who: participants\n    copies: one for each person\n    sides: two\n", "")
    edit(pack / YML, "        hand_out: [workbook.docx]\n", "")
    edit(pack / YML, "    home: [rules#name-place]\n", "")
    edit(pack / YML, "kind: close", "kind: break")
    tree = page(render(pack))
    assert "Exercises: 45, votes: 20, talks: 20, rest: 35 minutes." in said(tree.find_class("register--run")[0])
    assert "1 hour 5 minutes of talks and exercises. Topics: Rules *first*." in said(tree)
    assert [rows(tree, "run")[line][1] for line in (3, 4, 5)] == ["Vote. Ayes.", "Practice. Lunch.", "Break. Each says one line."]


def test_papers_begin_a_page_and_have_room_to_write(pack: Path, render: Callable[..., Rendered]) -> None:
    tree = page(render(pack))
    assert [head.get("id") for head in tree.iter("h2") if head.get("class") == "own-page"] == ["invitation", "sign-in", "evaluation", "certificate"]
    (form,) = tree.find_class("form")
    assert form.tag == "figure"
    assert len(tree.find_class("space__line")) == 2
    assert "[Name]" in [said(blank) for blank in tree.find_class("blank")]


def test_a_table_with_heads_alone_is_written_in_wherever_it_stands(pack: Path, render: Callable[..., Rendered]) -> None:
    lines = "| Name | Open line |\n| --- | --- |\n| | |\n\n/// table-caption | open\nOur open lines\n///\n\n"
    done = "| Day | Done |\n| --- | --- |\n| Monday | |\n\n/// table-caption | done\nThe week\n///\n\n"
    edit(pack / PAGE, "The rest is done at home.\n\n", f"The rest is done at home.\n\n{lines}{done}")
    tree = page(render(pack))
    assert [form.get("id") for form in tree.find_class("form")] == ["open", "sign-in-table"]


MISTAKES = {
    "an exercise at an item of another kind": (
        "kind: exercise", "kind: talk",
        [f"{YML}:43: The value of “sessions.items” is not valid. `exercise` belongs to an item of the kind exercise. [data]"],
    ),
    "an exercise without its module": (
        "exercise: rules#write-rules", "exercise: write-rules",
        [f"{YML}:43: The value of “sessions.items” is not valid. `exercise` names no exercise. Write module#exercise: comments#ten-decisions. [data]"],
    ),
    "more than the first slide and the last": (
        "[rules-start, rules-ground]", "[rules-start, rules-ground, rules-write]",
        [f"{YML}:39: The value of “sessions.items.slides” is not valid. Name the first slide and the last, or one. [data]"],
    ),
    "a time that no clock shows": (
        "begins: 8:45", "begins: 25:00",
        [f"{YML}:23: The value of “sessions.begins” is not valid. Write a time of day as 8:45 or 13:00. [data]"],
    ),
    "a slide that is not there": (
        "slides: [rules-write]", "slides: [rules-wrote]",
        [f"{YML}:46: The slides “day” have no slide “rules-wrote”. Did you mean “rules-write”? [pack]",
         f"{YML}:25: No item shows these slides of “day”: “rules-write”. Name them at an item, or take them out. [pack]"],
    ),
    "slides that no item shows": (
        "[rules-start, rules-ground]", "[rules-start]",
        [f"{YML}:25: No item shows these slides of “day”: “rules-ground”. Name them at an item, or take them out. [pack]"],
    ),
    "slides in another order": (
        "slides: [rules-write]", "slides: [welcome]",
        [f"{YML}:46: The slide “welcome” stands before one that was shown already. Put items and slides in one order. [pack]",
         f"{YML}:25: No item shows these slides of “day”: “rules-write”. Name them at an item, or take them out. [pack]"],
    ),
    "a deck that is not there": (
        "deck: day", "deck: dai",
        [f"{YML}:25: There are no slides “dai”. Did you mean “day”? [pack]"],
    ),
    "an exercise that is not there": (
        "exercise: rules#write-rules", "exercise: rules#write-rule",
        [f"{YML}:44: There is no exercise “rules#write-rule”. Did you mean “rules#write-rules”? [pack]"],
    ),
    "an exercise with fewer minutes than its module gives it": (
        "        exercise: rules#write-rules\n", "        exercise: rules#write-rules\n        minutes: 15\n",
        [f"{YML}:45: Exercise 1.1 has 15 minutes here, and 20 in its module. Give it 20, or choose a shorter one. [pack]",
         f"{YML}:24: The items of “One day” add up to 130 minutes, and it has 135. Lengthen them by 5. [pack]"],
    ),
    "homework that is not there": (
        "home: [rules#name-place]", "home: [rules#place]",
        [f"{YML}:28: There is no exercise “rules#place”. Did you mean “rules#name-place”? [pack]"],
    ),
    "a session that is longer than it says": (
        "length: 135", "length: 75",
        [f"{YML}:24: The items of “One day” add up to 135 minutes, and it has 75. Shorten them by 60. [pack]"],
    ),
    "hours without a break": (
        "kind: meal", "kind: changeover",
        [f"{YML}:51: By 11:00 people have sat for 135 minutes without a break. Put a break before it: 100 minutes are the most. [pack]"],
    ),
    "a file that is not one": (
        "file: brief:comments", "file: brief:coments",
        [f"{YML}:9: There is no file “brief:coments”. Did you mean “comments”? [pack]"],
    ),
    "a file of no known kind": (
        "file: brief:comments", "file: breif:comments",
        [f"{YML}:9: There is no file “breif:comments”. Did you mean “brief”? [pack]"],
    ),
    "something handed out that is no file of the pack": (
        "hand_out: [handout:rules]", "hand_out: [handout:rules, handout:rule]",
        [f"{YML}:54: “handout:rule” is handed out and is no file of this pack. Did you mean “handout:rules”? [pack]"],
    ),
    "a file that nobody is given": (
        "        hand_out: [handout:rules]\n", "",
        [f"{YML}:6: “handout:rules” is for participants, and no item hands it out. "
         "Name it under `hand_out` of an item, or say “who: beforehand”, “room” or “facilitator”. [pack]"],
    ),
    "reading that is not there": (
        "reading: [brief:comments]", "reading: [brief:coments]",
        [f"{YML}:27: There is no issue brief “coments”. Did you mean “comments”? [reference]"],
    ),
    "reading that is no reference": (
        "reading: [brief:comments]", "reading: [the brief]",
        [f"{YML}:27: “the brief” is no reference. Write brief:slug#section. [reference]"],
    ),
    "an unknown key": (
        "hand_in: One rule.", "hand_on: One rule.",
        [f"{YML}:47: “sessions.items.hand_on” is not a known key. Did you mean “hand_in”? [data]"],
    ),
    "a talk without points": (
        '        say: [One rule., "Two readers, [](brief:comments).", Three tests.]\n', "",
        [f"{YML}:35: The value of “sessions.items” is not valid. `kind` is a talk, so it needs “who: …” and three points under “say:”. [data]"],
    ),
    "a talk of two points": (
        ', Three tests.]', ']',
        [f"{YML}:42: The value of “sessions.items.say” is not valid. It has 2 points; write three, a sentence or two each. [data]"],
    ),
    "an item without minutes": (
        "        minutes: 45\n", "",
        [f"{YML}:48: The value of “sessions.items” is not valid. `kind` is no exercise, so it needs “minutes: …”. [data]"],
    ),
    "an unknown kind of item": (
        "kind: meal", "kind: lunch",
        [f"{YML}:48: The value of “sessions.items.kind” is not valid. “lunch” is not allowed. "],
    ),
    "a time that is none": (
        "begins: 8:45", 'begins: "25:10"',
        [f"{YML}:23: The value of “sessions.begins” is not valid. Write a time of day as 8:45 or 13:00. [data]"],
    ),
    "an exercise that is on no paper": (
        "        hand_out: [workbook.docx]\n", "",
        [f"{YML}:43: Exercise 1.1 needs “rules#exercise-write-rules”, which is on no paper that was handed out by then. "
         "Put it among the parts of a paper, and name that under `hand_out` of this item or one before. [pack]",
         f"{YML}:28: Exercise 1.2 needs “rules#exercise-name-place”, which is on no paper that was handed out by then."],
    ),
    "a passage of a paper that is not there": (
        "files:\n", "papers:\n  - id: rules\n    title: Rules\n    parts: [module:rules#exercise-write-rule]\nfiles:\n",
        [f"{YML}:4: Module 1 has no anchor “exercise-write-rule”. Did you mean “exercise-write-rules”?"],
    ),
    "a paper of a whole page": (
        "files:\n", "papers:\n  - id: rules\n    title: Rules\n    parts: [module:rules]\nfiles:\n",
        [f"{YML}:4: “module:rules” names no passage. Write scheme:slug#id: module:comments#exercise-ten-decisions. [pack]"],
    ),
    "a paper from a key that is not there": (
        "files:\n", "papers:\n  - id: rules\n    title: Rules\n    parts: [key:rule#strips-name-place]\nfiles:\n",
        [f"{YML}:4: There is no answer key for “key:rule#strips-name-place”. There are: rules. [pack]"],
    ),
    "a paper that takes the name of a section": (
        "files:\n", "papers:\n  - id: sign-in\n    title: Names\n    parts: [module:rules#lesson]\nfiles:\n",
        [f"{YML}:2: “sign-in” is a paper of every pack. Give the paper another id. [pack]"],
    ),
    "a paper without parts": (
        "files:\n", "papers:\n  - id: rules\n    title: Rules\n    parts: []\nfiles:\n",
        [f"{YML}:4: The value of “papers.parts” is not valid. It is empty; name one at least. [data]"],
    ),
    "a paper below one that is handed out later": (
        "  - file: workbook.docx\n    who: participants\n    copies: one for each person\n    sides: two\n  - file: handout:rules\n    who: participants\n",
        "  - file: handout:rules\n    who: participants\n    copies: one\n  - file: workbook.docx\n    who: participants\n    sides: two\n",
        [f"{YML}:5: “workbook.docx” is handed out before the file above it. List papers in the order of the run sheet. [pack]"],
    ),
    "an exercise that goes by its place in its module": (
        "what: Each writes.", "what: Each writes, as in Exercise 2.",
        [f"{YML}:45: “Exercise 2” is the place of an exercise in its module, and another one in a pack. "
         "Write the number under which it is printed: “Exercise 5.2”. [pack]"],
    ),
    "a file that stands twice": (
        "file: brief:comments", "file: handout:rules",
        [f"{YML}:9: “handout:rules” stands twice under `files`. Take one out, or rename it. [pack]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("about", MISTAKES)
def test_a_mistake_is_told_at_its_line(about: str, pack: Path, render: Callable[..., Rendered]) -> None:
    old, new, expected = MISTAKES[about]
    edit(pack / YML, old, new)
    told = [str(problem) for problem in render(pack).problems if not problem.follows]
    for line in expected:
        assert [one for one in told if one.startswith(line)], told


def test_too_much_reading_is_refused(pack: Path, render: Callable[..., Rendered]) -> None:
    text = (pack / "briefs/comments.md").read_text(encoding="utf-8")
    (pack / "briefs/comments.md").write_text(text + "\n\n" + "\n\n".join(["Words to read for long. " * 200] * 15) + "\n", encoding="utf-8")
    told = [str(problem) for problem in render(pack).problems]
    assert any(f"{YML}:27: The reading before “One day” takes " in line and "at most 60 are read." in line for line in told), told


def test_a_page_and_its_run_sheet_stand_together(pack: Path, render: Callable[..., Rendered]) -> None:
    (pack / "docs/course/packs/week.yml").write_text((pack / YML).read_text(encoding="utf-8"), encoding="utf-8")
    told = [str(problem) for problem in render(pack).problems]
    assert "docs/course/packs/week.yml: The pack “week” has no page. Write docs/course/packs/week.md beside it. [pack]" in told
    (pack / "docs/course/packs/week.yml").unlink()
    (pack / YML).unlink()
    told = [str(problem) for problem in render(pack).problems]
    assert f"{PAGE}: The pack “day” has no run sheet. Write {YML} beside it. [pack]" in told


def test_a_pack_lacks_no_section(pack: Path, render: Callable[..., Rendered]) -> None:
    page_ = (pack / PAGE).read_text(encoding="utf-8")
    (pack / PAGE).write_text(page_[: page_.index("## The week")] + page_[page_.index("## The week") :].partition("\n## ")[0], encoding="utf-8")
    told = [problem.remedy for problem in render(pack).problems if problem.path == PAGE and "This course pack has no section" in problem.message]
    assert told == [
        f"Add “## … {{#{id_}}}” at the end: it says {says}."
        for id_, says in (
            ("certificate", "the certificate"),
            ("evaluation", "the evaluation form"),
            ("invitation", "the invitation, with what to read"),
            ("later", "what is not done here, and where it is done"),
            ("print", "what to print"),
            ("room", "the room and the materials, with counts"),
            ("run", "what happens, minute by minute"),
            ("sign-in", "the sign-in sheet"),
            ("talks", "what to say in each talk"),
        )
    ]


def test_names_of_files_lead_to_addresses(pack: Path) -> None:
    series, problems = load_series(pack)
    assert problems == []
    day = series.by_scheme["pack"]["day"]
    expected = {
        "workbook.docx": "course/workbook/workbook.docx", "handout:rules": "course/rules/rules-handout.pdf",
        "card:comments": "briefs/comments/comments-card.pdf",
        "slides:day.pptx": "course/decks/day/day-slides.pptx", "paper:certificate": "course/day/day-certificate.pdf", "pack:day.docx": "course/day/day.docx",
        "brief:records": "briefs/records/records.pdf",
        "policy-template.docx": "tools/policy-template.docx", "sheets:rules": "course/rules/rules-sheets.pdf", "key:rules": "course/keys/rules/rules-key.pdf",
    }  # fmt: skip
    places = {name: place_of(name, day, series) for name in expected}
    assert {name: place.address for name, place in places.items() if isinstance(place, PackPlace)} == expected


def test_clock() -> None:
    assert [clock(minutes) for minutes in (0, 525, 720, 780, 1439)] == ["12:00", "8:45", "12:00", "1:00", "11:59"]
    assert clock_of_day(525) == "8:45 a.m." and clock_of_day(960) == "4:00 p.m."
