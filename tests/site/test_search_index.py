"""What the search finds, and the index that the browser reads."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hooks.build.search_page import suggestion_link
from hooks.core.tree import fragment
from hooks.linking.search_passages import GROUPS, Passage, SearchPage, found_on, passages
from hooks.series.load import load_series
from hooks.series.model import Series
from hooks.series.search_words import SearchWords
from hooks.site.search_index import search_files
from tests import support
from tests.real.measure import node

Build = Callable[..., support.Built]


def index_of(files: dict[str, str]) -> dict[str, Any]:
    return json.loads(files["words.js"].removeprefix("window.OTR_SEARCH = ").removesuffix(";\n"))


def found_by(query: str, found: list[Passage], words: SearchWords | None = None) -> dict[str, Any]:
    """What assets/search-words.js finds over an index of these passages: addresses, best first, and whether the query is covered."""
    files = search_files(found, words or SearchWords())
    script = """
      const vm = require("node:vm"), fs = require("node:fs"), [words, index, query] = JSON.parse(fs.readFileSync(0, "utf8"));
      const context = vm.createContext({}); context.window = context;
      vm.runInContext(fs.readFileSync(words, "utf8"), context); vm.runInContext(index, context);
      const engine = context.OTR_WORDS.open(context.OTR_SEARCH);
      const { hits, covered, unknown, asked } = engine.find(query);
      const at = hits.map(({ id }) => engine.passage(id).address);
      const pieces = hits.length ? engine.pieces(engine.passage(hits[0].id).title, engine.marks(asked)) : [];
      process.stdout.write(JSON.stringify({ at, covered, unknown, pieces }));
    """
    data = json.dumps([str(support.ROOT / "hooks/theme/assets/search-words.js"), files["words.js"], query])
    done = subprocess.run([node(), "-e", script], input=data, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


ANSWER = Passage(
    "q/#q-001", "May we hide a comment?", "Comments", "answer", ("Hide only what a written ground allows.",), ("May we hide a comment?", "delete posts"),
)  # fmt: skip
BRIEF = Passage("b/", "Comments", "Issue Brief 1", "brief", ("What residents say under a post of an agency.", "Moderators work by a rule."), ("Comments",))
LAW = Passage("l/", "Doe v. Roe (2024)", "Law register", "law", ("A comment may not be hidden for its viewpoint.",), ("Doe v. Roe",), ("Doe", "Roe"))
STATUTE = Passage("s/", "Sample Law § 87", "Law register", "law", ("Records are open, but for what it lists.",), ("Sample Law § 87",), (), ("87",))
ALL = [ANSWER, BRIEF, LAW, STATUTE]


def asked(url: str, *calls: str, said: str = "See the brief.") -> Passage:
    """An answer to the first of `calls`, which are the ways to ask for it."""
    return Passage(url, calls[0], "A subject", "answer", (said,), calls)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("hiding comments", "q/#q-001"),  # other forms of the words
        ("hidde a coment", "q/#q-001"),  # typing errors
        ("delete posts", "q/#q-001"),  # another wording of the question
        ("modérators", "b/"),  # an accent too many
        ("moderat", "b/"),  # a word begun
        ("Doe", "l/"),  # a party
        ("sample law 87", "s/"),  # a section
        ("§ 87", "s/"),
    ],
)
def test_what_is_asked_for_stands_first(query: str, first: str) -> None:
    assert found_by(query, ALL)["at"][0] == first


def test_law_stands_below_what_says_what_to_do_unless_it_is_named() -> None:
    assert found_by("comment viewpoint", ALL)["at"].index("l/") > found_by("comment viewpoint", ALL)["at"].index("q/#q-001")
    assert found_by("comment doe", ALL)["at"][0] == "l/"
    others = [asked("q/#q-008", "Who posts for us?"), asked("q/#q-009", "How long do we keep records?")]
    assert found_by("87 comments", [*ALL, *others])["at"][0] != "s/", "a number alone names no section"


def test_a_phrase_with_small_words_means_the_same_but_its_one_telling_word_does_not() -> None:
    words = SearchWords(stop=("out", "of", "get"), synonyms=(("roe", "out of town"), ("hidden", "get rid of")))
    assert found_by("out of town", ALL, words)["at"] == ["l/"]
    assert found_by("town", ALL, words)["at"] == []
    assert found_by("get rid of it", ALL, words)["at"] == found_by("hidden", ALL, words)["at"]


def test_a_case_that_alone_has_the_price_comes_before_what_shares_a_number() -> None:
    case = Passage("c/", "Meetings lost over $499", "Case study", "case", ("A bill was not paid.",), ("Meetings lost over $499",))
    brief = replace(BRIEF, sentences=(*BRIEF.sentences, "Of 499 residents two answered."))
    assert found_by("$499", [brief, case])["at"] == ["c/", "b/"]


def test_a_law_that_is_named_is_found_though_others_hold_more_of_the_query() -> None:
    assert "s/" in found_by("residents under a post of an agency, § 87", ALL)["at"]
    assert "s/" not in found_by("residents under a post of an agency, records", ALL)["at"]


def test_a_case_whose_whole_title_is_asked_for_stands_first() -> None:
    title = "A page closes its comments"
    case = Passage("c/", title, "Case study", "case", ("What a village did.",), (title,))
    answer = replace(ANSWER, sentences=("Say on the page when it closes its comments.",), calls=(*ANSWER.calls, "close page comments"))
    assert found_by(title, [answer, BRIEF, case])["at"][0] == "c/"
    assert found_by("page closes comments", [answer, BRIEF, case])["at"][0] == "q/#q-001"


def test_one_word_of_a_longer_wording_is_no_name_for_it() -> None:
    words = SearchWords(stop=("who", "did", "we"))
    asked = replace(ANSWER, url="q/#q-002", title="Must we name them?", sentences=("Names are public.",), calls=("Must we name them?", "who did we block"))
    named = replace(ANSWER, url="q/#q-003", title="May we block him?", sentences=("Not for that.",), calls=("May we block him?", "block"))
    assert found_by("block", [asked, named], words)["at"] == ["q/#q-003", "q/#q-002"]


def test_a_law_that_is_named_whole_is_found_though_an_answer_says_its_name() -> None:
    act = replace(LAW, url="l/act/", title="18 Code § 2701", calls=("18 Code § 2701", "Kept Mail Access Act: reading"), parties=("Kept Mail Access Act",))
    common = [replace(BRIEF, url=f"b/#p-{n}", title=f"Part {n}", sentences=("Access to kept mail is an act.",), calls=(f"Part {n}",)) for n in range(50)]
    answer = asked("q/#q-005", "May I open it?", "kept mail access act")
    assert found_by("kept mail access act", [answer, act, *common])["at"][:2] == ["q/#q-005", "l/act/"]


def test_a_law_is_found_by_a_name_that_it_goes_by_and_stands_below_an_answer_that_does_not_name_it() -> None:
    also = SearchWords(also={"law/s/": "article 78, right to copy act"})
    law = replace(STATUTE, url="law/s/", title="Sample Rules 217", calls=("Sample Rules 217",), parties=(), numbers=("217",))
    found = passages([law, ANSWER, BRIEF, asked("q/#q-006", "May we copy a record?", "right to a copy")], Series(), also, {})
    assert found_by("article 78", found)["at"][0] == found_by("right to copy act", found)["at"][0] == "law/s/"
    assert found_by("right to a copy of a record", found)["at"][0] == "q/#q-006"


def test_a_place_is_found_by_the_words_of_its_address_and_by_its_heading_below_the_title_of_its_page() -> None:
    html = """<p>How to ask.</p><h2 id="answer">Answer it</h2><p>In five days.</p>
      <section class="letter" id="letter-extension" aria-label="Letter: Reason and date certain"><p>We cannot yet.</p></section>
      <p id="p-0a1b2c3d"><strong>May we?</strong> Yes.</p>"""
    found = found_in("now/a/", html)
    called = {item.url.partition("#")[2]: item.calls[1:] for item in found}
    assert called == {"": (), "answer": ("answer",), "letter-extension": ("letter extension",), "p-0a1b2c3d": ()}
    other = replace(found[1], url="now/b/#answer")
    captions = Passage("now/b/", "Captions", "Captions", "sheet", ("What to write.",), ("Captions",))
    assert found_by("letter for an extension", found)["at"][0] == "now/a/#letter-extension"
    assert found_by("answer captions", [*found, captions, other])["at"].index("now/b/#answer") == 0


def test_a_small_word_makes_no_name_of_the_one_beside_it() -> None:
    case = Passage("c/", "Bird to Sing", "Case study", "case", ("A bird.",), ("Bird to Sing",), ("bird to sing",))
    found = [case, ANSWER, asked("q/#q-007", "May it sing?", "how to sing in the hall")]
    assert found_by("how to sing", found, SearchWords(stop=("how", "to", "may", "it", "in", "the")))["at"][0] == "q/#q-007"


def test_who_asks_for_a_letter_is_shown_one_among_the_first_three() -> None:
    answers = [asked(f"q/#q-01{n}", f"May we deny {what}?", "deny a request") for n, what in enumerate(("bids", "leave", "access", "claims"))]
    page = Passage("now/a/", "Requests", "Sheet", "sheet", ("How to answer.",), ("Requests",))
    letter = replace(page, url="now/a/#letter-part", title="In part", sentences=("We deny your request in part.",), calls=("In part", "letter part"))
    found, words = [*answers, page, letter], SearchWords(synonyms=(("letter", "memo"),))
    for query in ("letter deny request", "memo deny request"):
        assert letter.url in found_by(query, found, words)["at"][:3]
    assert letter.url not in found_by("deny a request", found, words)["at"][:3]


def test_where_two_are_about_one_subject_the_third_is_about_another() -> None:
    places = [*(f"questions/chairs/#q-{number}" for number in (1, 2, 3)), *(f"questions/halls/#q-{number}" for number in (4, 5))]
    found = [asked(place, "May we lend tables?") for place in places]
    assert found_by("lend tables", found)["at"] == [places[at] for at in (0, 1, 3, 2, 4)]


def test_a_word_misspelled_twice_is_known_by_its_beginning() -> None:
    assert found_by("missinformaton", [replace(ANSWER, calls=("misinformation",)), BRIEF])["at"] == ["q/#q-001"]


def test_of_a_wording_every_word_is_held_though_most_passages_have_it() -> None:
    said = tuple(f"It names {word}{n}." for word in ("apples", "pears", "plums") for n in range(20))
    brief = replace(BRIEF, url="b/", sentences=said, calls=("Comments", "governance committee"))
    others = [replace(BRIEF, url=f"b/#p-{n}", title=f"Part {n}", sentences=("The committee meets.",), calls=(f"Part {n}",)) for n in range(30)]
    assert index_of(dict(search_files([brief, *others], SearchWords())))["calls"] == {}


def test_of_two_questions_that_one_stands_first_which_is_oftener_asked_so() -> None:
    often = asked("q/#q-002", "May we lend it?", "lend a chair", "lend the hall", "lend tables")
    once = asked("q/#q-001", "May we sell it?", "sell a chair", "sell the hall", "lend tables")
    assert found_by("lend", [once, often])["at"][0] == "q/#q-002"
    assert found_by("lend the tables out", [once, often])["at"][0] == "q/#q-002"


def test_a_word_with_which_most_is_asked_tells_less_than_one_that_is_rare_in_questions() -> None:
    # Both words are in as many passages: “page” in all questions, “drone” in all sections.
    others = [asked(f"q/#q-01{n}", f"May the page have {word}?") for n, word in enumerate(("color", "sound", "pictures"))]
    sections = [replace(BRIEF, url=f"b/#p-{n}", title=f"Part {n}", sentences=("A drone is seen.",), calls=(f"Part {n}",)) for n in range(3)]
    drone, page = asked("q/#q-002", "Who flies the drone?"), asked("q/#q-001", "Who reads the page?")
    assert found_by("drone page", [page, drone, *others, BRIEF, *sections])["at"][0] == "q/#q-002"


def test_what_more_of_a_subject_answers_stands_before_what_answers_alone() -> None:
    alone = asked("questions/budget/#q-001", "Who signs the form?")
    one, other = (asked(f"questions/hiring/#q-00{n}", f"Who signs the form {what}?") for n, what in ((2, "first"), (3, "last")))
    assert found_by("signs form", [alone, one])["at"][0] == alone.url
    assert found_by("signs form", [alone, one, other])["at"][0] in (one.url, other.url)


def test_a_brief_and_the_questions_in_a_folder_of_its_name_are_one_subject() -> None:
    equal = [asked("questions/budget/#q-001", "Who signs the form twice?"), asked("questions/hiring/#q-002", "Who signs the form first?")]
    assert found_by("signs form", equal)["at"] == ["questions/budget/#q-001", "questions/hiring/#q-002"]
    for of, first in (("hiring", "questions/hiring/#q-002"), ("budget", "questions/budget/#q-001")):
        brief = Passage(f"briefs/{of}/", "Signing a form", "Brief", "brief", ("Who signs the form, and when.",), ("Signing a form",))
        assert found_by("signs form", [*equal, brief])["at"][0] == first


def test_every_wording_is_read_as_it_was_packed() -> None:
    # Some have small words alone, which are no terms of the passage; numbers of wordings and of words differ.
    names = [chr(97 + n) * 3 for n in range(26)]
    found = [
        asked(f"q/#q-{n:03}", f"Title of {name}", *(" ".join((name, *names[: (n + k) % 5], f"{k}th")) for k in range(n)), f"who is {name}")
        for n, name in enumerate(names)
    ]
    words = SearchWords(stop=("who", "is", "of"))
    for n in (0, 1, 7, 25):
        assert [found_by(call, found, words)["at"][0] for call in (found[n].calls[-1], found[n].calls[n])] == [f"q/#q-{n:03}"] * 2


def test_every_posting_is_read_as_it_was_packed() -> None:
    found = [replace(BRIEF, url=f"b{n}/", title=f"Brief {n}", sentences=(" ".join(["third"] * (n % 5 + 1)) if n % 3 == 0 else "other",)) for n in range(100)]
    assert sorted(found_by("third", found)["at"]) == sorted(f"b{n}/" for n in range(0, 100, 3))


def test_synonyms_are_found_and_stand_below_the_word_itself() -> None:
    words = SearchWords(synonyms=(("remark", "comment"), ("locked out", "hidden")))
    assert found_by("remark", ALL, words)["at"][:2] == ["b/", "q/#q-001"] or found_by("remark", ALL, words)["at"][0] == "q/#q-001"
    assert "l/" in found_by("locked out", ALL, words)["at"]


@pytest.mark.parametrize("query", ["payroll", "zzzzqqqq", "snow plow routes"])
def test_what_nothing_holds_is_not_covered(query: str) -> None:
    assert found_by(query, ALL)["covered"] is False


@pytest.mark.parametrize("query", ["", " ", "the", "☃☃", '""', "<script>alert(1)</script>", "(", "a" * 2000, "§", "$", "\u0301"])
def test_odd_queries_do_no_harm(query: str) -> None:
    assert isinstance(found_by(query, ALL, SearchWords(stop=("the",)))["at"], list)


def test_words_that_were_found_are_marked() -> None:
    pieces = found_by("hiding", ALL)["pieces"]
    assert [text for text, marked in pieces if marked] == ["hide"]
    assert "".join(text for text, _ in pieces) == ANSWER.title


def test_an_index_of_nothing_finds_nothing() -> None:
    assert found_by("comments", [])["at"] == []


def test_the_index_is_data_and_cannot_close_its_element() -> None:
    files = search_files([Passage("a/", "</script><b>", "x", "page", ("</script>\u2028",), ("</script>",))], SearchWords())
    assert "</" not in "".join(files.values()) and "\u2028" not in "".join(files.values())
    assert index_of(dict(files))["titles"] == ["</script><b>"]


def test_each_passage_has_a_place_in_the_texts() -> None:
    long = [Passage(f"p/#{n}", f"Title {n}", "p", "brief", ("A sentence of some length. " * 40,)) for n in range(80)]
    files = search_files(long, SearchWords())
    starts = index_of(dict(files))["parts"]
    assert len(starts) == len(files) - 1 > 1 and starts[0] == 0
    texts = [json.loads(files[f"text-{n}.js"].partition(" = ")[2].removesuffix(";\n")) for n in range(len(starts))]
    assert sum(map(len, texts)) == 80 and len(texts[0]) == starts[1]


def found_in(url: str, html: str, words: SearchWords | None = None) -> list[Passage]:
    page = SearchPage(f"docs/{url.rstrip('/')}.md", url, "A page", fragment(html))
    return passages(found_on(page, Series(), {}), Series(), words or SearchWords(), {})


def test_a_page_is_found_by_its_sections_each_with_whole_sentences() -> None:
    html = """<p>It opens, e.g. so. Then it goes on.</p><h2 id="one">One</h2><p>See art. 3 first, and do it<sup id="fnref:1"><a>1</a></sup> now.</p>
      <p id="p-1"><strong>May we?</strong> Yes.</p><section class="clause" id="clause-a" aria-label="Model clause 1-A: Scope"><p>It binds.</p></section>
      <section class="references" id="references"><p>Left out.</p></section><p data-search-exclude="">Left out.</p><h2 id="two">Two</h2>"""
    found = {item.url: item for item in found_in("about/", html, SearchWords(also={"about/": "errors, who we are"}))}
    assert list(found) == ["about/", "about/#one", "about/#p-1", "about/#clause-a"]
    assert found["about/"].calls == ("A page", "errors", "who we are")
    assert found["about/"].sentences == ("It opens, e.g. so.", "Then it goes on.")
    assert found["about/#one"].sentences == ("See art. 3 first, and do it now.",)
    assert (found["about/#p-1"].title, found["about/#clause-a"].title) == ("May we?", "Scope")
    assert "Left out." not in " ".join(sentence for item in found.values() for sentence in item.sentences)


@pytest.mark.parametrize(
    "html",
    [
        *(f"<{tag}>First</{tag}><{tag}>Second</{tag}>" for tag in ("p", "blockquote", "div", "section", "header", "h3", "h4", "h5")),
        "<ul><li>First</li><li>Second</li></ul>", "<dl><dt>First</dt><dd>Second</dd></dl>", "<dl><dt>First</dt><dt>Second</dt></dl>",
        "<dl><dd>First</dd><dd>Second</dd></dl>",
        "<table><tr><th>First</th><th>Second</th></tr></table>",
        "<table><tr><td>First</td><td>Second</td></tr></table>", "<table><tr><th>First</th><td>Second</td></tr></table>",
        "<table><tr><td>First</td><th>Second</th></tr></table>", "<table><tr><td>First</td></tr><tr><td>Second</td></tr></table>",
        "<table><caption>First</caption><tr><td>Second</td></tr></table>", "<div><figcaption>First</figcaption>Second</div>",
        "<p>First<p>Second",
    ],
)  # fmt: skip
def test_what_stands_in_boxes_and_cells_of_its_own_runs_into_no_other(html: str) -> None:
    assert found_in("about/", html)[0].sentences == ("First", "Second") == found_in("about/", f"<aside>{html}</aside>")[0].sentences


@pytest.mark.parametrize(
    ("folder", "heading"),
    [
        ("now", "Action sheets and sectors"), ("sectors", "Action sheets and sectors"), ("for", "Action sheets and sectors"), ("briefs", "Issue briefs"),
        ("white-paper", "White paper, tools and course"), ("tools", "White paper, tools and course"), ("course", "White paper, tools and course"),
        ("workshop", "White paper, tools and course"), ("about", "Other pages"), ("literature", "Sources"),
    ],
)  # fmt: skip
def test_a_page_stands_among_the_results_of_its_folder(folder: str, heading: str) -> None:
    assert [GROUPS[passage.group] for passage in found_in(f"{folder}/some-page/", "<p>It opens.</p>")] == [heading]


@pytest.mark.parametrize("kind", ["course-workbook", "course-check", "course-pack"])
def test_of_what_says_again_what_stands_elsewhere_the_opening_is_found(kind: str) -> None:
    series = load_series(support.SAMPLE)[0]
    brief = next(item for item in series.publications if item.kind == "issue-brief")
    html = fragment("<p>It opens.</p><h2 id=\"one\">One</h2><p>It goes on.</p>")
    for item, found in ((brief, ["", "#one"]), (replace(brief, kind=kind), [""])):
        known = replace(series, publications=tuple(item if other is brief else other for other in series.publications))
        passages_ = found_on(SearchPage(item.path, item.url, item.front.title, html), known, {})
        assert [passage.url for passage in passages_] == [f"{item.url}{place}" for place in found]


@pytest.mark.parametrize("url", ["questions/", "literature/records/"])
@pytest.mark.parametrize(("length", "count"), [(100, 2), (101, 1)])
def test_an_opening_has_400_characters_in_whole_sentences(url: str, length: int, count: int) -> None:
    first, second = "A" * 299 + ".", "B" * (length - 1) + "."
    assert found_in(url, f"<p>{first}</p><p>{second}</p>")[0].sentences == (first, second)[:count]


def test_a_wording_names_a_law_alone_and_asks_for_any_other_page() -> None:
    words, brief = SearchWords(also={"l/": "the forum case", "b/": "our rules"}), replace(BRIEF, url="b/")
    place = replace(brief, url="b/#issue", title="The issue", calls=("The issue",))
    assert {item.url: (item.calls, item.parties) for item in passages([LAW, brief, place], Series(), words, {})} == {
        "l/": (("Doe v. Roe", "the forum case"), ("Doe", "Roe", "the forum case")), "b/": (("Comments", "our rules"), ()),
        "b/#issue": (("The issue",), ()),
    }  # fmt: skip


def test_an_answer_rests_on_what_it_leads_to_and_on_its_brief(sample: Path) -> None:
    series = load_series(sample)[0]
    question, brief = next((id_, subject.publication.url) for id_, subject in series.subject_of.items() if subject.publication is not None)
    answer = replace(ANSWER, url=f"questions/#{question}")
    assert [item.rests_on for item in passages([answer], series, SearchWords(), {question: "briefs/records/#issue"})] == [
        tuple(dict.fromkeys(("briefs/records/#issue", "briefs/records/", brief)))
    ]
    assert [item.rests_on for item in passages([answer], series, SearchWords(), {})] == [(brief,)]


def test_the_page_of_results_is_no_result() -> None:
    assert found_in("search/", "<p>Text.</p>") == []


def test_what_is_built_is_found(sample: Path, build: Build) -> None:
    built = build(sample, extra={"series": {"editions": []}})
    assert built.status == 0, built.output
    index = json.loads(built.page("search/words.js").removeprefix("window.OTR_SEARCH = ").removesuffix(";\n"))
    groups = {GROUPS_LIST[group] for _, _, group, _ in index["pages"]}
    assert {"answer", "brief", "law", "case", "source"} <= groups
    series = load_series(sample)[0]
    assert {case.url for case in series.cases} <= {url for url, _, _, _ in index["pages"]}
    subjects = built.page("search/index.html")
    assert 'data-subjects' in subjects and 'href="../briefs/records/"' in subjects


GROUPS_LIST = list(GROUPS)


@pytest.mark.parametrize(
    ("to", "begins"),
    [
        ("mailto:clerk@example.gov", "mailto:clerk@example.gov?subject=Not%20found%3A%20QUERY&body="),
        ("https://example.gov/new", "https://example.gov/new?title=Not%20found%3A%20QUERY&body="),
    ],
)
def test_what_is_missing_can_be_suggested_where_the_site_names_a_place(to: str, begins: str) -> None:
    assert suggestion_link(to).startswith(begins)


@pytest.mark.parametrize("to", ["", "clerk@example.gov", "javascript:alert(1)"])
def test_nothing_is_offered_where_it_names_none(to: str) -> None:
    assert suggestion_link(to) == ""
