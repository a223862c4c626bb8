"""Each word that an author wrote is in the page, and each word of the page in its editions; what is missing is named at its line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.blocks.dialects import check_dialects
from hooks.blocks.kept_words import check_answers, check_finished, check_parsed, written_on
from hooks.core.tree import fragment
from hooks.core.words import Word, lost, words, words_of, written
from hooks.editions.kept_words import check_kept, of_code, of_epub, of_text, of_word
from hooks.editions.literals import string
from hooks.editions.model import EditionError
from hooks.linking.model import SourcePage
from hooks.series.load import load_series

from . import support
from .editions.samples import request
from .support import to_html

NOT_READ = """A *word* <!-- no remark --> [link](https://hidden.example "Shown title"){#hidden-id .hidden} and `code <kept>`.

## Head {#hidden-too}

/// letter | hidden-name
    title: Shown option
    # no hidden remark
    element: hidden

Text.[^hidden] Cited [@hidden, p. 3]; not cited [the @handle account].
///

3. three

[^hidden]: A note.

[rule]: https://hidden.example/rule
"""


_MARKS = [*"#>|-*+:[]()^@!${}<>=~`\\ \n\t\u00a0", "a", "1.", "[^a]", "[@k]", "<div>", "</div>", "/// x", "<!--", "-->", "https://a", "    "]


def _told(markdown: str, html: str) -> list[str]:
    page = SourcePage("docs/note.md", "note/", "Note", f"---\ntitle: Note\n---\n{markdown}", html)
    return [str(problem) for problem in check_parsed(page, written_on(page, ()), fragment(html))]


def test_what_readers_do_not_read_is_left_out() -> None:
    found = [word.text for word in written(NOT_READ)]
    assert not [word for word in found if "hidden" in word or word in ("no", "remark", "element")]
    assert {"shown", "option", "kept", "handle", "note", "three"} <= set(found)


def test_markdown_keeps_every_word_of_it() -> None:
    assert _told(NOT_READ, to_html(NOT_READ)) == []


@pytest.mark.parametrize(
    ("markdown", "html", "word", "line"),
    [
        ("| A |\n|---|\n| a cell | another |", "<table><tr><th>A</th></tr><tr><td>a cell</td></tr></table>", "another", 6),
        ("[Signed]: ____", "", "signed", 4),
        ("Write to <your office>.", "<p>Write to <your>.</your></p>", "your office", 4),
        ("One.[^a]\n\n[^a]: Its text.", "<p>One.</p>", "its text", 6),
        ("![What is seen](a.svg)", '<p><img src="a.svg"></p>', "what is seen", 4),
        ("/// table-caption | t\nThe caption\n///", "<figure></figure>", "the caption", 5),
        ("Text *here*{read this}.", "<p>Text <em>here</em>.</p>", "read this", 4),
        ("The same.\n\nThe same.", "<p>The same.</p>", "same", 6),
        ("```\nkept `code`\nmore\n```", "<pre>kept `code`</pre>", "more", 6),
    ],
)
def test_a_lost_word_is_named_with_its_line(markdown: str, html: str, word: str, line: int) -> None:
    (told,) = _told(markdown, html)
    assert told.startswith(f"docs/note.md:{line}: ")
    assert f"“{word}”" in told


def test_what_the_page_lacks_follows_from_other_mistakes() -> None:
    page = SourcePage("docs/note.md", "note/", "Note", "One two.", "")
    (problem,) = check_finished(page, written_on(page, ()), fragment("<p>One.</p>"))
    assert problem.follows


def test_marks_within_words_part_and_join_them() -> None:
    assert lost(written("**bold**ly and Don't—stop"), words_of(fragment("<p><strong>bold</strong>ly and Don’t</p><p>stop</p>"))) == []
    assert lost([Word("abc")], ["ab", "c"]) == [] or lost([Word("x"), Word("abc"), Word("y")], ["x", "ab", "c", "y"]) == []


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_one_word_less_is_always_seen(texts: list[str], data: st.DataObject) -> None:
    own = words(" ".join(f"{text}{index}q" for index, text in enumerate(texts)))
    out = data.draw(st.integers(0, len(own) - 1))
    assert [word.text for word in lost([Word(word) for word in own], [*own[:out], *own[out + 1 :]])] == [own[out]]


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_text_makes_a_traceback(text: str) -> None:
    assert all(word.line >= 1 for word in written(text))


def test_an_edition_that_lacks_a_word_is_not_made() -> None:
    wanted = request("<p>One two <a class='footnote-ref' href='#n'>7</a>three.</p><p class='web-only'>four</p><p><img src='a.svg' alt='Seen'></p>")
    check_kept(wanted, ["one", "two", "three", "seen"])
    with pytest.raises(EditionError, match="lacks words of the page: “seen”"):
        check_kept(wanted, ["one", "two", "three"])


def test_words_are_read_back_from_every_form() -> None:
    assert of_code(f"par({{{string('Say “so”')}; cut; {string(chr(0x200B) + 'on')}}})") == ["say", "so", "on"]
    assert of_text("\ufeff# Head\n\n- one\n".encode()) == ["head", "one"]
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    word = f'<w:d xmlns:w="{w}"><w:p><w:r><w:t>be</w:t></w:r><w:r><w:t>fore</w:t></w:r></w:p><w:p><w:r><w:t>after</w:t></w:r></w:p></w:d>'
    assert of_word(_zip("word/document.xml", word)) == ["before", "after"]
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head><body><p>b<b>ol</b>d</p><p>end<img alt="seen"/></p></body></html>'
    assert sorted(of_epub(_zip("a.xhtml", page))) == ["bold", "end", "seen"]


def _zip(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_MARKS), max_size=40))
def test_no_marks_make_a_traceback(parts: list[str]) -> None:
    problems = check_dialects(SourcePage("docs/note.md", "note/", "Note", "".join(parts), ""), {"k"})
    assert all(problem.line and problem.remedy for problem in problems)
    assert len(problems) == len({(problem.line, problem.message) for problem in problems})


def test_mkdocs_reads_on_past_an_address_that_is_none(sample: Path, build: Callable[..., support.Built]) -> None:
    (sample / "docs/note.md").write_text("---\ntitle: Note\n---\n[Our page](https://[agency].example.gov) and ![A dot.](http://[x/dot.svg)\n")
    built = build(sample)
    assert built.status
    assert built.output.count("is no address.") == 2
    assert "docs/note.md:4: “https://[agency].example.gov” is no address." in built.output


def test_an_answer_of_which_a_word_is_not_printed_is_told_at_its_line(sample: Path) -> None:
    series, _ = load_series(sample)
    page = """May a school hide a rude comment? Only by a rule that it has (x). [inferred] Keep what you hide as long as the post that it answers.
    Who says yes before we post a picture of a pupil? The one whom your rule names, before the post. The county asked first."""
    assert [str(problem) for problem in check_answers(series.subjects["schools"], fragment(page), series)] == [
        "docs/questions/schools.yml:7: The page of “Schools of Sample” does not print what is written here: “published first”. Write it another way. [lost]"
    ]
    assert all(problem.follows for problem in check_answers(series.subjects["schools"], fragment(page), series))
