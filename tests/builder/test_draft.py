"""The drafts that the page makes, over a matrix of answers: the clauses that the data says, each once, no blank lost."""

from __future__ import annotations

import json
import re
from datetime import date

import markdown
import pytest
from lxml import html

from hooks.registers.builder.check import holds
from tests.support import ROOT

from .matrix import meetings, met, pairs


def state(answers, **more) -> dict:
    return {"answers": {name: sorted(options) for name, options in answers.items()}, **more}


@pytest.fixture(scope="module")
def matrix(record):
    return pairs(record)


@pytest.fixture(scope="module")
def drafts(matrix, assemble):
    return assemble([state(answers) for answers in matrix])


def test_the_matrix_has_every_two_answers_that_one_reader_can_give(record, matrix) -> None:
    want = meetings(record)
    assert len(matrix) >= 12
    assert len(want) > 500
    assert want == {pair for answers in matrix for pair in met(want, answers)}


def test_the_clauses_are_those_that_the_file_says_each_once(record, matrix, drafts) -> None:
    for answers, draft in zip(matrix, drafts, strict=True):
        wanted = {item.clause for item in record.clauses if holds(item.when, answers)}
        assert set(draft["clauses"]) == wanted
        assert len(draft["clauses"]) == len(wanted)
        numbered = {"full": ("h2",), "short": ("np",), "rule": ("h1",)}[draft["form"]]
        headings = [block["number"].rstrip(".") for block in draft["policy"] if block["kind"] in numbered and block.get("number") and block["number"] != "1."]
        assert headings == sorted(draft["numbers"].values(), key=lambda number: [int(part) for part in number.split(".")])
        assert not set(draft["left"]) & wanted
        assert not draft["unanswered"]


def test_every_clause_is_in_some_draft_and_some_are_in_all(record, drafts) -> None:
    assert {id_ for draft in drafts for id_ in draft["clauses"]} == {item.clause for item in record.clauses}
    always = {item.clause for item in record.clauses if not item.when}
    assert {"comment-policy", "comment-records", "policy-adoption"} <= always <= set.intersection(*(set(draft["clauses"]) for draft in drafts))


def test_sections_stand_in_the_order_of_the_elements(data, drafts) -> None:
    for draft in drafts:
        labels = [section["label"] for section in data["groups" if draft["form"] == "short" else "sections"]]
        found = [block["text"] for block in draft["policy"] if block["kind"] == "h1"][1:]
        if draft["form"] == "rule":
            labels = [clause["title"] for clause in data["clauses"]]
        assert found == [label for label in labels if label in found]


def kept_runs(data, draft):
    """The runs of the clauses of a draft that its answers keep, by clause and block."""
    answers = {name: set(options) for name, options in draft["answers"].items()}

    def true(when) -> bool:
        return not when or any(all(answers.get(n, set()) & set(o) for n, o in item.items()) for item in when)

    for clause in data["clauses"]:
        if clause["id"] in draft["clauses"]:
            form = draft["form"]
            for block in clause["short"] if form == "short" and clause["short"] else clause["blocks"]:
                runs = [run for run in block["runs"] if "p" not in run or true(clause["parts"][run["p"]])]
                yield clause, block, runs, true


def test_no_blank_is_lost_and_none_is_made_up(data, drafts) -> None:
    """A blank is open, in the text and in the list, or filled by an answer, or gives section numbers."""
    for draft in drafts:
        open_ = {blank["key"] for blank in draft["blanks"]}
        shown = {key for block in draft["policy"] for key in block["blanks"]}
        assert open_ == shown
        assert sum(blank["count"] for blank in draft["blanks"]) == draft["places"] == sum(len(block["blanks"]) for block in draft["policy"])
        seen = set()
        for clause, _, runs, true in kept_runs(data, draft):
            for run in runs:
                field = run.get("f")
                if field is None:
                    continue
                seen.add(field)
                filled = [fill["value"] for fill in data["fills"] if fill["field"] == field and true(fill["when"])]
                if field.startswith("ref:"):
                    assert any(id_ in draft["clauses"] for id_ in data["references"][int(field[4:])]), (clause["id"], field)
                    assert field not in open_
                else:
                    figure = next(item["figure"] for item in data["fields"] if item["id"] == field)
                    assert (field in open_) == (not filled and not figure), (clause["id"], field, filled)
        roles = {f"role:{role['id']}" for role in data["roles"]}
        assert {key for key in open_ if "/" not in key} - roles - {"agency-name"} <= seen


def test_the_text_is_the_clauses_word_for_word(data, matrix, assemble) -> None:
    """Between its blanks, every kept passage stands in the draft as the brief has it, but for the names of the body and of people."""
    fold = lambda text: " ".join(text.lower().split())  # noqa: E731 - only the case of a filling may change
    plain = json.loads(json.dumps(data))
    plain["questions"] = [{**item, "options": [{k: v for k, v in option.items() if k != "noun"} for option in item["options"]]} for item in data["questions"]]
    plain["roles"] = [{**role, "called": []} for role in data["roles"]]
    plain["fills"] = [fill for fill in data["fills"] if fill["field"] != "counsel"]
    for draft in assemble([state(answers) for answers in matrix], plain):
        texts: dict[str, str] = {}
        for block in draft["blocks"]:
            if block.get("of"):
                texts[block["of"]] = texts.get(block["of"], "") + " " + block["text"]
        for clause, _, runs, _ in kept_runs(data, draft):
            for run in runs:
                if "f" not in run:
                    assert re.sub(r"; (or|and)$", "", fold(run["t"])).strip(" .,;:") in fold(texts[clause["id"]]), clause["id"]


def test_a_strike_leaves_no_gap(drafts) -> None:
    for draft in drafts:
        for block in draft["blocks"]:
            assert not re.search(r"  | [.,;:]|^ | $|\(\)", block["text"]), block["text"]


def test_references_give_the_numbers_of_the_sections(drafts) -> None:
    for draft in drafts:
        text = next((block["text"] for block in draft["blocks"] if block.get("of") == "ai-images"), "")
        own = next((block["text"] for block in draft["blocks"] if block.get("of") == "content-approval"), "")
        assert not own or own.endswith(f"In a declared emergency section {draft['numbers']['crisis-authority']} applies instead."), text


@pytest.mark.parametrize("given", [
    {"comments": ["closed"]}, {"comments": ["open"], "moderators": ["second"]}, {"comments": ["mixed"]}, {"comments": ["topic"], "moderators": ["owner"]},
], ids=lambda given: given["comments"][0])
def test_the_comment_clauses_follow_the_setting(assemble, given) -> None:
    draft = assemble([{"answers": given}])[0]
    text = " ".join(block["text"] for block in draft["blocks"] if (block.get("of") or "").startswith("comment-"))
    statement = next(block["text"] for block in draft["blocks"] if block.get("of") == "strategy-statement")
    setting = given["comments"][0]
    assert ("takes no comments on" in text) == (setting in ("closed", "mixed"))
    assert ("If comments are closed, instead:" in text) == (setting == "mixed")
    assert ("a moderator may hide" in text) == (setting != "closed")
    assert ("by this test" in text) == (setting == "topic")
    assert ("[with a topic rule only]" in text) is False
    if setting != "mixed":
        assert ("and do not take comments" in statement) == (setting == "closed")
    if setting == "open":
        assert "The account owner or a second moderator confirms" in text
    if setting == "topic":
        assert "The account owner confirms" in text


@pytest.mark.parametrize(("given", "schedule", "date"), [
    ({"agency": ["village"], "population": ["small"], "records": ["lgs1"]}, "LGS-1 (2022 edition), adopted by resolution [number] of [date]", "2028"),
    ({"agency": ["state"], "records": ["state-schedule"]}, "the State General Schedule", "2027"),
    ({"agency": ["county"], "population": ["large"], "records": ["lgs1-open"]}, "LGS-1 (2022 edition)", "2027"),
], ids=("village", "state", "county"))
def test_the_agency_decides_the_schedule_and_the_date(assemble, given, schedule, date) -> None:
    draft = assemble([{"answers": given}])[0]
    texts = {block["of"]: block["text"] for block in draft["blocks"] if block.get("of")}
    assert f"the period of the item in {schedule} that fits" in texts["records-retention"]
    assert f"must comply by April 26, {date};" in texts["accessibility-standard"]


def test_an_answer_to_a_question_that_is_no_longer_asked_does_not_count(assemble) -> None:
    kept = assemble([{"answers": {"agency": ["state"], "population": ["small"], "records": ["lgs1"], "comments": ["closed"], "moderators": ["second"]}}])[0]
    assert "population" not in kept["answers"]
    assert "moderators" not in kept["answers"]
    assert kept["answers"]["records"] == []


def test_a_question_is_asked_once_it_has_something_to_choose(assemble) -> None:
    before, after = assemble([{}, {"answers": {"agency": ["state"]}}])
    assert "records" not in before["answers"]
    assert "records" in after["unanswered"]
    assert before["answers"]["form"] == ["full"]


def test_what_the_reader_writes_goes_everywhere_and_one_clause_may_differ(assemble) -> None:
    values = {
        "lead": "the village clerk", "approver": "the board",
        "approver@accounts-closing": "the mayor", "agency-name": "Village of Alder", "role:poster": "the deputy clerk",
    }  # fmt: skip
    draft = assemble([{"answers": {"scope": ["staff"]}, "values": values}])[0]
    texts = {block["of"]: block["text"] for block in draft["blocks"] if block.get("of")}
    assert "The village clerk keeps a register of official accounts" in texts["accounts-register"]
    assert "written approval from the board." in texts["accounts-approval"]
    assert texts["accounts-closing"].startswith("The mayor approves each closing.")
    assert draft["blocks"][0]["text"] == "Social media policy of the Village of Alder"
    assert "Poster, the deputy clerk, posts, comments" in " ".join(block["text"] for block in draft["blocks"])
    assert not {"lead", "agency-name", "role:poster"} & {blank["key"] for blank in draft["blanks"]}


def test_a_filling_may_hold_blanks(assemble) -> None:
    given = {"agency": ["county"], "records": ["lgs1"]}
    before, after = assemble([{"answers": given}, {"answers": given, "values": {"schedule/0": "14", "schedule/1": "March 3, 2026"}}])
    assert {"schedule/0", "schedule/1"} <= {blank["key"] for blank in before["blanks"]}
    assert "LGS-1 (2022 edition), adopted by resolution 14 of March 3, 2026 that fits" in " ".join(block["text"] for block in after["blocks"])


def test_a_clause_can_be_left_out_or_put_in(assemble) -> None:
    draft = assemble([{"answers": {"comments": ["closed"]}, "out": ["use-hours"], "more": ["platform-exit"]}])[0]
    assert "use-hours" not in draft["clauses"]
    assert "platform-exit" in draft["clauses"]
    assert draft["because"]["platform-exit"] == []


def test_a_reference_to_a_clause_that_the_reader_left_out_is_an_open_blank(assemble) -> None:
    draft = assemble([{"out": ["crisis-authority"]}])[0]
    assert any(blank["key"].startswith("ref:") and blank["words"] == "the emergency section" for blank in draft["blanks"])
    assert any("[the emergency section] – Names clauses that this draft does not have" in block["text"] for block in draft["blocks"])


def test_every_draft_says_that_it_is_no_legal_advice_and_as_of_when(drafts) -> None:
    fronts = [brief.read_text().split("\n---\n")[0] for brief in (ROOT / "briefs").glob("*.md")]
    days = {date.fromisoformat(found[1]) for front in fronts if (found := re.search(r"(?m)^law_as_of: (\S+)$", front))}
    stated = {f"{day:%B} {day.day}, {day.year}" for day in days}
    assert stated
    for draft in drafts:
        text = " ".join(block["text"] for block in draft["blocks"])
        assert "not legal advice" in text
        assert "Have counsel read it before it is adopted." in text
        said = re.findall(r"Law as of (\w+ \d+, \d{4})\.", text)
        assert len(said) >= {"full": 14, "short": 9, "rule": 2}[draft["form"]]
        assert set(said) <= stated


def test_what_brought_a_clause_is_said(assemble) -> None:
    draft = assemble([{"answers": {"team": ["more"]}}])[0]
    assert draft["because"]["metrics-report"] == [{"question": "How many people look after social media?", "answers": ["Three or more"]}]
    assert draft["because"]["records-foil"] == []


def test_the_markdown_reads_as_the_draft(drafts) -> None:
    for draft in drafts:
        page = html.fragment_fromstring(markdown.markdown(draft["markdown"]), create_parent="div")
        found = [" ".join(node.text_content().split()) for node in page.iter("h1", "h2", "h3", "p", "li") if node.getparent().tag != "li"]
        numbered = ("h1", "h2", "np")
        blocks = draft["blocks"]
        wanted = [f"{block['number']} {block['text']}" if block["kind"] in numbered and block.get("number") else block["text"] for block in blocks]
        wanted.insert(1, "Draft of November 22, 2026")
        assert found == [" ".join(text.split()) for text in wanted]


@pytest.mark.parametrize("text", ["# no *heading*", "1. none", "- none", "a_b_c", "<b>x</b>", "[x]: http://a.example", "&amp; & \\", "`x`"])
def test_what_a_reader_types_stays_text(assemble, text) -> None:
    draft = assemble([{"values": {"agency-name": text, "lead": text, "role:poster": text, "rule": text}}])[0]
    page = html.fragment_fromstring(markdown.markdown(draft["markdown"]), create_parent="div")
    assert page.find("h1").text_content() == f"Social media policy of {text}"
    raised = text[0].upper() + text[1:]
    assert any(node.text_content().startswith(f"{raised} keeps a register") for node in page.iter("p"))
    assert not list(page.iter("b", "code"))
