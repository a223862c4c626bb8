"""Pages put together at random of what authors write, blocks with any options among it: no traceback, each refusal with its file, and of a page
of which nothing is told every word is printed. Drawn at random, but the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.blocks.blocks import BLOCKS, COURSE_BLOCKS
from hooks.blocks.kept_words import written_on
from hooks.core.tree import fragment
from hooks.core.words import lost, words_of
from hooks.linking.model import SourcePage
from tests import support

FRONT = """id: ib-{number}
title: Trial
question: What happens here?
summary: Sample data. Decide what is to be tried here.
elements: [legal-issues]
edition: 1
published: 2026-03-01
revised: 2026-03-01
review_by: 2027-03-01
changes:
  - {{edition: 1, date: 2026-03-01, note: First edition.}}
"""
OPTIONS = [
    "title: word", "title: 'two words'", "title: [a, b]", "title: {a: b}", "title:", 'title: "word', "who: word", "when: now", "evidence: law:sample-comments",
    "evidence: [rec:x, '@no']", "evidence: ''", "strength: law-requires", "strength: bad", "element: content", "note: word",
    "note: |\n        one\n        two", "label: word", "minutes: -1", "objective: x", "answer: word",
    "&a: *a", "2024: word", "null: word", "[a]: b", "- word", "# word", "a: &a [x, x]\n    b: *a",
    "word", "\\", "lines: 1e9", "objectives: [a", "part: \x0c",
]  # fmt: skip
INLINE = [
    "word", "*word*", "**word**", "`word`", "[word](brief:records)", "[](law:sample-comments)", "[](nothing:x)", "[@samplecounty2020, p. 3]", "[@nokey]",
    "word[^1]", "<b>word</b>", "<word>", "\\*word", "&amp; word", "word\u00a0word", "[word]", "{word}", "{{word}}", "#word", "$5 word", "@word", "https://a.example/word",
    "<https://a.example/word>", "![word](figures/no.svg)", "[word]: x", "word | word", "[reported]", "word{#id-x}", "~~word~~", "word<br>word", "==x==", "\\\\",
    "<details><summary>word</summary>word</details>", "<!-- word -->", "<!-- word", "]]>", "</div>", "<div>word", "re\u0301sume\u0301", "1984. word", "word\\",
]  # fmt: skip
NAMES = [block.NAME for block in (*BLOCKS, *COURSE_BLOCKS)]

inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=3).map(" ".join)
row = st.lists(inline, min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |")
plain = st.one_of(
    inline,
    st.builds(lambda level, text, id_: f"{'#' * level} {text}{id_}", st.integers(1, 5), inline, st.sampled_from(["", " {#a}", " {#b}"])),
    st.builds(lambda mark, items: "\n".join(mark + item for item in items), st.sampled_from(["- ", "1. ", "3. ", "  - ", "    - ", "- [ ] "]),
              st.lists(inline, min_size=1, max_size=3)),
    st.builds(lambda head, width, rows: "\n".join([head, "|" + "---|" * width, *rows]), row, st.integers(1, 4), st.lists(row, max_size=2)),
    st.builds(lambda fence, text, end: f"{fence}\n{text}\n{end}", st.sampled_from(["```", "~~~"]), inline, st.sampled_from(["```", "~~~", ""])),
    inline.map("> {}".format), inline.map("[^1]: {}".format),
)  # fmt: skip


def _block(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda fence, name, argument, options, parts, end: "\n".join([f"{fence} {name}{argument}", *(f"    {option}" for option in options), "", *parts, end]),
        st.sampled_from(["///", "////"]), st.sampled_from([*NAMES, "nothing"]), st.sampled_from(["", " | a", " | ib-90-r1", " | sample-county-2020"]),
        st.lists(st.sampled_from(OPTIONS), max_size=4), st.lists(inside, max_size=2), st.sampled_from(["///", "///", "////", ""]),
    )  # fmt: skip


pages = st.lists(st.recursive(plain, _block, max_leaves=3), min_size=1, max_size=3).map(lambda parts: "\n\n".join(parts) + "\n")
BOUNDED = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(BOUNDED, max_examples=150)
@given(pages)
def test_any_page_is_read(text: str) -> None:
    assert isinstance(support.to_html(text), str)


def _drawn(many: int) -> list[str]:
    drawn: list[str] = []

    @settings(BOUNDED, max_examples=many)
    @given(pages)
    def draw(text: str) -> None:
        drawn.append(text)

    draw()
    return list(dict.fromkeys(drawn))


@pytest.mark.parametrize("text", ["Said.[^1]\n\n[^1]: [word]: x\n", "[^1]: [a]: b\n\nWord.[^1] Two.[^2]\n\n[^2]: Two.\n"])
def test_a_note_of_which_nothing_is_left_is_told(text: str, sample: Path, store: Path) -> None:
    """It ended the build with a traceback."""
    (sample / "docs/note.md").write_text(f"---\ntitle: Note\n---\n{text}")
    problems = support.render(sample, store).problems
    assert [(problem.path, problem.rule) for problem in problems] == [("docs/note.md", "lost")]


@pytest.mark.parametrize("folder", ["docs", "briefs"])
def test_any_page_is_printed_whole_or_told(folder: str, sample: Path, store: Path) -> None:
    texts = {}
    for number, body in enumerate(_drawn(80), 100):
        path = f"{folder}/page-{number}.md"
        texts[path] = f"---\n{FRONT.format(number=number) if folder == 'briefs' else 'title: Page'}\n---\n{body}"
        (sample / path).write_text(texts[path])
    (sample / ".cache").symlink_to(store)
    made = support.woven(sample, {}, "", support.TODAY)
    told = {problem.path for problem in (*made.read.problems, *made.site.problems)}
    silent = texts.keys() - told
    assert silent or folder == "briefs"
    for path in silent:
        page = SourcePage(path, "", "", texts[path], "")
        assert lost(written_on(page, ()), words_of(fragment(made.site.pages[path].html))) == [], texts[path]


@pytest.mark.parametrize(
    "option",
    ["2024: word", "null: word", "true: word", "2026-01-01: word", "[a]: b", "&a: *a", "? {a: b}\n    : c", "a: &a [x]\n    b: &b [*a, *a]\n    c: [*b, *b]"],
)
def test_options_whose_names_are_none_are_told(option: str, sample: Path, store: Path) -> None:
    """YAML takes these for numbers, dates, lists: a build ended with a traceback."""
    (sample / "docs/note.md").write_text(f"---\ntitle: Note\n---\n/// letter | a\n    title: Word\n    {option}\n\nText.\n///\n")
    problems = support.render(sample, store).problems
    assert any(problem.path == "docs/note.md" and problem.line and problem.rule in ("block", "letter") for problem in problems), problems
