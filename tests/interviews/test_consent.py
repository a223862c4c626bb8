"""Consent: each breach stops the build, and after a withdrawal nothing of a person is left in any file."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from hooks.core.problems import severities
from hooks.series.consent import check_interviews, names_of_withdrawn
from hooks.series.load import load_series
from hooks.series.withheld import EVIDENCE, NOTE, is_withheld_address, scrub
from tests import support
from tests.support import edit

ID = "marrowvale-posts-2026"
RECORD = f"docs/case-studies/{ID}.md"
NOTE_FILE = f"docs/case-studies/.interviews/{ID}.yml"
# Words that occur nowhere else: where one is found, something is left.
TRACES = ("Quillfeather", "Marrowvale", "marrowvale", "turnipwise", "zanzibarine")
TEXT = """---
id: marrowvale-posts-2026
title: Marrowvale keeps its posts
agency: Village of Marrowvale
jurisdiction: New York
level: local
year: 2026
elements: [content]
source_kind: interview
speaker: Ada Quillfeather, village clerk
summary: The clerk of Marrowvale tells how posts are kept.
outcome: Nothing was lost.
lesson: Keep a copy.
consent: {scope: named, date: 2026-10-01, expires: 2027-10-01, form: IR-001, shown_as: "Ada Quillfeather, village clerk"}
quotations:
  - {text: "We keep a turnipwise copy of every single post.", approved: 2026-10-20}
status: current
published: 2026-11-02
---

## What happened {#situation}

The clerk began in 2025.

> We keep a turnipwise copy of every single post.

## Lesson {#lesson}

Our reading: keep a copy.
"""


@pytest.fixture
def interview(sample: Path) -> Path:
    """The sample project with an interview that may be published."""
    support.change(sample, {"files": {RECORD: TEXT}})
    return sample


def role_only(root: Path) -> None:
    """The same interview, agreed by role only, with the private note on this computer."""
    text = TEXT.replace("scope: named", "scope: role-only").replace("Ada Quillfeather, village clerk", "A village clerk")
    support.change(root, {"files": {RECORD: text, NOTE_FILE: "name: Ada Quillfeather\nwords: [the turnip lady]\n"}})


def problems(root: Path, today: date = support.TODAY) -> list:
    series, found = load_series(root)
    return [*found, *check_interviews(root, series.cases, today)]


def test_an_interview_with_consent_and_approved_quotations_is_published(interview: Path, build) -> None:
    built = build(interview)
    assert built.status == 0, built.output
    assert "Interview with Ada Quillfeather" in built.page(f"case-studies/{ID}/index.html")
    texts = (path.read_text(errors="replace") for path in built.site.rglob("*.*") if path.suffix in (".html", ".json", ".xml"))
    assert not any("IR-001" in text for text in texts), "the code of the form is nobody's business"


CONSENT = 'scope: named, date: 2026-10-01, expires: 2027-10-01, form: IR-001, shown_as: "Ada Quillfeather, village clerk"'
BY_ROLE = 'scope: role-only, date: 2026-10-01, form: IR-001, shown_as: "A village clerk"'
ASK = "Ask for it anew and set `expires`, or set `withdrawn` to take the record out."
AS_AGREED = "Write `speaker` exactly as agreed in `consent.shown_as`."
LIST = "List its exact words under `quotations:` with the date of approval."
BREACHES = [
    ("no consent", f"consent: {{{CONSENT}}}\n", "", "9: This interview has no recorded consent. Record it under `consent:`, or take the interview out."),
    ("expired", "expires: 2027-10-01", "expires: 2026-11-21", f"14: Consent to this interview expired on 2026-11-21. {ASK}"),
    ("in the future", "date: 2026-10-01", "date: 2026-12-01", "14: The consent is dated 2026-12-01, which is still to come. Publish once it is signed."),
    ("no form", "form: IR-001, ", "", "14: The consent does not say where the signed form is. Add `form: <code of the form>`."),
    ("another name", "speaker: Ada Quillfeather, village clerk", "speaker: Ada Q.",
     f"10: Consent covers a name, “Ada Quillfeather, village clerk”, but `speaker` is “Ada Q.”. {AS_AGREED}"),
    ("a name where a role was agreed", CONSENT, BY_ROLE,
     f"10: Consent covers a role, “A village clerk”, but `speaker` is “Ada Quillfeather, village clerk”. {AS_AGREED}"),
    ("a name where none was agreed", "scope: named", "scope: anonymous",
     "10: The interviewee is to stay anonymous, but `speaker` or `shown_as` is given. Take both out: the page then says “an interviewee”."),
    ("quotation not approved", ", approved: 2026-10-20", "",
     "16: The quotation “We keep a turnipwise copy of every single post.” is not marked as approved. "
     "Set `approved: <date>` when the interviewee has approved it, or take it out."),
    ("quotation changed", "> We keep a turnipwise copy of every single post.", "> We keep a turnipwise copy of almost every post.",
     f"25: The quotation “We keep a turnipwise copy of almost every post.” is not among the approved ones. {LIST}"),
    ("quotation over two lines", "> We keep a turnipwise copy of every single post.", "> We keep a turnipwise copy\n> of almost every post.",
     f"25: The quotation “We keep a turnipwise copy of almost every post.” is not among the approved ones. {LIST}"),
    ("quotation in running text", "The clerk began in 2025.", "The clerk said, “we never thought about it before”.",
     f"23: The quotation “we never thought about it before” is not among the approved ones. {LIST}"),
    ("quotation in the summary", "how posts are kept.", "how “nobody asked me a thing before”.",
     f"11: The quotation “nobody asked me a thing before” is not among the approved ones. {LIST}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), [b[1:] for b in BREACHES], ids=[b[0] for b in BREACHES])
def test_a_breach_is_reported_where_it_stands(interview: Path, old: str, new: str, says: str) -> None:
    edit(interview / RECORD, old, new)
    assert [str(problem) for problem in problems(interview)] == [f"{RECORD}:{says} [interview-consent]"]


def test_consent_holds_on_its_first_day_and_through_its_last(interview: Path) -> None:
    edit(interview / RECORD, "date: 2026-10-01, expires: 2027-10-01", f"date: {support.TODAY}, expires: {support.TODAY}")
    found = [str(problem) for problem in problems(interview) if problem.rule == "interview-consent"]
    assert not any("expired" in text or "still to come" in text for text in found)


@pytest.mark.parametrize("strict", [True, False])
def test_a_breach_stops_every_build_and_leaves_no_page(interview: Path, build, strict: bool) -> None:
    edit(interview / RECORD, "expires: 2027-10-01", "expires: 2026-11-21")
    built = build(interview, strict=strict)
    assert built.status != 0
    assert "expired on 2026-11-21" in built.output
    assert not built.site.exists()


def test_no_setting_relaxes_it() -> None:
    chosen, found = severities({"interview-consent": "off"})
    assert chosen["interview-consent"] == "error"
    assert "cannot relax" in found[0].message


def test_role_only_is_published_without_the_name_and_the_private_note_stays_private(interview: Path, build) -> None:
    role_only(interview)
    built = build(interview)
    assert built.status == 0, built.output
    assert "Interview with A village clerk" in built.page(f"case-studies/{ID}/index.html")
    assert not [name for name, text in everything(built.site).items() if "Quillfeather" in text or "turnip lady" in text]
    ignored = (support.ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "/docs/case-studies/.interviews/" in ignored


@pytest.mark.parametrize("slip", ["Ada Quillfeather", "quillfeather", "QUILLFEATHER’s", "the turnip lady", "The Turnip\tLady"])
def test_a_word_of_the_private_note_is_refused_in_the_record(interview: Path, slip: str) -> None:
    role_only(interview)
    edit(interview / RECORD, "The clerk began in 2025.", f"It was {slip} who began in 2025.")
    found = [p for p in problems(interview) if "does not cover" in p.message]
    line = (interview / RECORD).read_text(encoding="utf-8").split("\n").index(f"It was {slip} who began in 2025.") + 1
    assert [(p.path, p.line) for p in found] == [(RECORD, line)]
    # A log must not tell the name either.
    said = "A name or identifying word stands here that the interviewee's consent does not cover. Take it out, or ask for consent to use it."
    assert str(found[0]) == f"{RECORD}:{line}: {said} [interview-consent]"


def test_the_full_name_is_refused_on_any_other_page(interview: Path) -> None:
    role_only(interview)
    page = interview / "docs/about/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nThanks to Ada Quillfeather.\n", encoding="utf-8")
    assert [p.path for p in problems(interview)] == ["docs/about/index.md"]


def test_a_broken_private_note_is_a_problem_and_not_a_gap(interview: Path) -> None:
    role_only(interview)
    support.change(interview, {"files": {NOTE_FILE: "nmae: Ada\n"}})
    assert any(p.path == NOTE_FILE for p in problems(interview))


def refer(root: Path) -> None:
    """Refer to the interview in each way there is, and cite what was said."""
    path = root / "briefs/records.md"
    text = path.read_text(encoding="utf-8")
    text += (
        f"\n\n## Case {{#case}}\n\nSee [](case:{ID}) and [what Ada Quillfeather says](case:{ID}#lesson).\n\n"
        f"/// case | {ID}\nThe clerk of Marrowvale is zanzibarine.\n///\n\n"
        f"Also [the record](../docs/case-studies/{ID}.md).\n\n"
        f"/// recommendation | ib-02-r9\n    who: Clerk\n    when: now\n    strength: practice\n    evidence: [\"case:{ID}\"]\n\nKeep a copy.\n///\n"
    )  # fmt: skip
    path.write_text(text.replace("\nAlso [the record](../docs/case-studies/", "\nAlso [the record](case:").replace(f"{ID}.md).", f"{ID})."), encoding="utf-8")


def everything(site: Path) -> dict[str, str]:
    """Every built file as text; of a PDF also its text, links, metadata and attachments, decompressed."""
    out = {}
    for path in sorted(site.rglob("*")):
        if not path.is_file():
            continue
        name, content = path.relative_to(site).as_posix(), path.read_bytes()
        out[name] = name + content.decode("utf-8", "replace")
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as document:
                parts = [o.read_bytes() for o in document.objects if isinstance(o, pikepdf.Stream) and ("/Subtype" not in o or _is_file(o))]
                parts += [repr(o).encode() for o in document.objects if isinstance(o, pikepdf.Dictionary)]
            out[name] += b"\n".join(parts).decode("utf-8", "replace")
            out[name] += _pdf_text(content)
    return out


def _is_file(node: object) -> bool:
    return isinstance(node, pikepdf.Stream) and node.get("/Type") == pikepdf.Name.EmbeddedFile


def _pdf_text(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_withdrawing_is_one_edit_and_leaves_no_trace_in_any_file(interview: Path, build) -> None:
    own = (interview / "briefs/records.md").read_text(encoding="utf-8").split("id: ")[1].split()[0]
    refer(interview)
    edit(interview / "briefs/records.md", "ib-02-r9", f"{own}-r9")
    before = build(interview)
    assert before.status == 0, before.output
    found = everything(before.site)
    assert all(any(trace in text for text in found.values()) for trace in TRACES), "the test must be able to find what it looks for"
    assert any("Quillfeather" in text for name, text in found.items() if name.endswith(".pdf"))
    edit(interview / RECORD, "form: IR-001,", "form: IR-001, withdrawn: 2026-11-20,")
    after = build(interview)
    assert after.status == 0, after.output
    left = {name: [trace for trace in TRACES if trace in text] for name, text in everything(after.site).items()}
    assert {name: traces for name, traces in left.items() if traces} == {}
    page = after.page("briefs/records/index.html")
    assert page.count(NOTE) >= 3
    assert "no longer published" in page.split("callout")[0] or "A case study that stood here" in page


def test_an_old_edition_that_leads_to_a_withdrawn_record_is_reported(interview: Path) -> None:
    path = interview / "briefs/records-ed1.pdf"
    for trace, expected in (("other", 0), (ID, 1)):
        with pikepdf.new() as document:
            page = document.add_blank_page()
            link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=pikepdf.Dictionary(URI=pikepdf.String(f"https://example.gov/case-studies/{trace}/")))
            page.obj.Annots = pikepdf.Array([document.make_indirect(link)])
            document.save(path, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        found = names_of_withdrawn(interview, {ID})
        said = "This kept edition refers to an interview whose consent was withdrawn."
        remedy = "Delete it, and lead its address on to the present edition in links.moved."
        assert [str(problem) for problem in found] == [f"briefs/records-ed1.pdf: {said} {remedy} [interview-consent]"] * expected


def test_a_withdrawn_record_need_not_be_right_in_anything_else(interview: Path) -> None:
    support.change(interview, {"files": {RECORD: "---\nid: x\nnonsense: true\nconsent: {withdrawn: 2026-11-20}\n---\nAda\n"}})
    series, found = load_series(interview)
    assert (series.withheld, found) == ({ID}, [])
    assert ID not in series.case


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"See [](case:{ID}).", f"See {NOTE}."),
        (f"See [Ada](case:{ID}#lesson), too.", f"See {NOTE}, too."),
        (f"- case:{ID}", f"- {EVIDENCE}"),
        (f'- "case:{ID}"', f"- {EVIDENCE}"),
        ("[](case:marrowvale-posts-2026-b)", "[](case:marrowvale-posts-2026-b)"),
        ("Nothing here.", "Nothing here."),
        (f"`case:{ID}`", f"`{EVIDENCE}`"),
    ],
)
def test_scrub(text: str, expected: str) -> None:
    assert scrub(text, {ID}) == expected


def test_scrub_takes_a_callout_with_all_its_text_and_nothing_more() -> None:
    text = f"Before\n\n/// case | {ID}\nAda\n///\n\n/// case | other\nKept\n///\n"
    assert scrub(text, {ID}) == "Before\n\n*A case study that stood here is no longer published.*\n\n\n/// case | other\nKept\n///\n"


def test_no_promise_outlasts_consent() -> None:
    assert is_withheld_address(f"case-studies/{ID}/#lesson", {ID})
    assert is_withheld_address(f"id/{ID}/", {ID})
    assert not is_withheld_address("case-studies/other/", {ID})
