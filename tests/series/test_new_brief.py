"""A new brief from four answers: it builds at once, takes nothing that is taken, and every answer is met kindly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hooks.series import vocabulary as words
from hooks.series.load import load_series
from hooks.series.lock import Promise, write_lock
from hooks.series.new_brief import main, slug_from
from tests import support
from tests.support import edit

TODAY = date(2026, 11, 22)
ANSWERS = {
    "--title": "Who owns the password: and why?",
    "--on": "security, Records",
    "--for": "clerk, counsel",
    "--summary": "Decide who holds each password, and what happens to it on the day they leave.",
}
PATH = "briefs/who-owns-the-password-and-why.md"


def run(root: Path, answers: dict[str, str] | None = None, ask=None) -> int:
    given = ANSWERS if answers is None else answers
    return main([word for pair in given.items() for word in pair], root, ask, TODAY)


def test_a_new_brief_builds_strictly_and_says_what_it_lacks(sample: Path, build: Callable[..., support.Built], capsys) -> None:
    assert run(sample) == 0
    assert capsys.readouterr().out == (
        f"{PATH}: ib-03, a draft. `make serve` shows it at /briefs/who-owns-the-password-and-why/ and lists what it still lacks.\n"
    )
    done = build(sample, extra={"series": {"editions": []}})
    assert done.status == 0, done.output
    assert "passages begin with “To write:”; the first is here." in done.output
    assert "The recommendation ib-03-r1 shows no evidence." in done.output
    assert "A recommendation says no strength: ib-03-r1." in done.output
    page = done.page("briefs/who-owns-the-password-and-why/index.html")
    for section in ("issue", "rules", "practice", "choices", "recommendations", "clauses", "checklist", "tools", "unsettled", "related"):
        assert f'id="{section}"' in page
    places = [page.index(f'id="part-{name}"') for name in words.PARTS]
    order = [page.index(f'<h2 id="{section}"') for section in ("choices", "recommendations", "clauses", "checklist", "issue", "rules", "practice")]
    assert order == sorted(order)
    assert places[0] < order[0] and order[1] < places[1] < order[2] and order[3] < places[2] < order[4]
    assert "Draft." in page


def test_what_was_answered_is_in_the_record(sample: Path) -> None:
    assert run(sample) == 0
    series, problems = load_series(sample)
    assert not problems
    brief = series.briefs[Path(PATH).stem]
    front = brief.front
    assert (front.id, front.title) == ("ib-03", ANSWERS["--title"])
    assert (front.elements, front.themes, front.roles) == (("security",), ("records",), ("clerk", "counsel"))
    assert (front.status, front.edition, front.published, front.revised) == ("draft", 1, TODAY, TODAY) and front.review_by > TODAY
    # The law is dated by whoever read it.
    assert front.law_as_of is None


def test_the_file_says_at_each_place_what_belongs_there(sample: Path) -> None:
    assert run(sample) == 0
    text = (sample / PATH).read_text(encoding="utf-8")
    assert text == (Path(__file__).parent / "new-brief.md").read_text(encoding="utf-8")
    assert "- [](brief:records): To write: what it adds." in text
    # Where no brief is on the same subjects, none is named.
    other = {**ANSWERS, "--title": "Another", "--on": "platform-change"}
    assert run(sample, other) == 0
    text = (sample / "briefs/another.md").read_text(encoding="utf-8")
    assert text.endswith("## Related {#related}\n\nTo write: which briefs, cases and chapters to read next.\n")


def test_a_draft_that_calls_itself_current_is_told_all_that_is_missing(sample: Path, render) -> None:
    assert run(sample) == 0
    edit(sample / PATH, "status: draft", "status: current")
    assert {problem.rule for problem in render(sample).problems} == {"block", "parts", "recommendation", "strength"}


def test_four_questions_are_asked_and_a_bad_answer_again(sample: Path, capsys) -> None:
    answers = iter(["", "???", "New rules", "securty", "security", "clerks", "clerk", "Too short.", ANSWERS["--summary"]])
    asked: list[str] = []
    assert run(sample, {}, lambda question: asked.append(question) or next(answers)) == 0
    assert len(dict.fromkeys(asked)) == 4 and next(answers, None) is None
    said = capsys.readouterr().err
    for message in (
        "A brief has a title.",
        "The title has no letter or digit that an address could be made from.",
        "“securty” is no policy element or theme. Did you mean “security”?",
        "Did you mean “clerk”?",
        "10 characters",
    ):
        assert message in said
    assert (sample / "briefs/new-rules.md").exists()


def test_what_was_given_is_not_asked(sample: Path) -> None:
    assert run(sample, {**ANSWERS, "--for": ""}, lambda question: "counsel" if "Whom" in question else pytest.fail(question)) == 0


def test_without_anyone_to_ask_all_that_is_wrong_is_said_together(sample: Path, capsys) -> None:
    before = support.contents(sample)
    assert run(sample, {"--on": "securty"}) == 1
    said = capsys.readouterr().err
    assert [line.partition(":")[0] for line in said.splitlines()] == ["TITLE", "ON", "FOR", "SUMMARY"]
    assert "Did you mean “security”?" in said
    assert support.contents(sample) == before


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("comments", "There is already briefs/comments.md."),
        ("index", "There is already briefs/index.md."),
        ("No Good", "“No Good” cannot be an address: use lower-case letters, digits and hyphens."),
        ("old", "The address briefs/old/ belongs to an earlier brief, whose links lead there."),
        ("gone", "The address briefs/gone/ belongs to an earlier brief, whose links lead there."),
    ],
)
def test_an_address_that_is_taken_is_refused(sample: Path, capsys, slug: str, message: str) -> None:
    edit(sample / "briefs/comments.md", "status: current", "status: current\naliases: [old]")
    write_lock(sample, [Promise("briefs/gone/", "page")])
    assert run(sample, {**ANSWERS, "--slug": slug}) == 1
    assert f"{message} Choose another: SLUG=…" in capsys.readouterr().err.splitlines()


def test_an_id_is_never_used_again(sample: Path) -> None:
    write_lock(sample, [Promise("id/ib-07/", "page"), Promise("id/ib-08-r2/", "page"), Promise("id/wp-99/", "page")])
    assert run(sample) == 0
    assert "\nid: ib-09\n" in (sample / PATH).read_text(encoding="utf-8")


def test_nothing_is_begun_while_an_id_cannot_be_read(sample: Path, capsys) -> None:
    edit(sample / "briefs/records.md", "id: ib-02", "id: IB 2")
    assert run(sample) == 1
    said = capsys.readouterr().err
    assert "These must be mended first, for their ids are not known:" in said.splitlines() and "briefs/records.md:2:" in said
    assert not (sample / PATH).exists()


def test_the_command_says_what_each_answer_is(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    for option, help_ in (
        ("--title TITLE", "what it is called"),
        ("--on ON", "policy elements and themes, with commas"),
        ("--for ROLES", "whom it is for, with commas"),
        ("--summary SUMMARY", "what the reader will be able to decide, in 20 to 160 characters"),
        ("--slug SLUG", "its address below briefs/ (made from the title)"),
    ):
        assert f"{option} {help_}" in said


def test_a_slug_is_made_of_whole_words() -> None:
    assert slug_from("Who's “on” first? Ünïted 2026!") == "whos-on-first-united-2026"
    assert slug_from("A title that is very much longer than any address ought ever to be") == "a-title-that-is-very-much-longer-than"
    assert slug_from("???") == ""


def test_an_interrupted_author_leaves_nothing(sample: Path, capsys) -> None:
    def stop(question: str) -> str:
        raise KeyboardInterrupt

    before = support.contents(sample)
    assert run(sample, {}, stop) == 1
    assert "No brief was begun." in capsys.readouterr().err
    assert support.contents(sample) == before


def test_every_subject_and_role_can_be_answered(tmp_path: Path) -> None:
    for name in (*words.TOPICS, *words.ROLES):
        root = support.copy_sample(tmp_path / name)
        on, role = (name, "clerk") if name in words.TOPICS else ("security", name)
        assert run(root, {**ANSWERS, "--on": on, "--for": role}) == 0
        assert load_series(root)[1] == []
