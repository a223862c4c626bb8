"""Citations of the series' own publications, read back by real parsers; metadata, cards and the calendar."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import date
from pathlib import Path

import feedparser
import pybtex.database
import pypandoc
import pytest
import rispy
from icalendar import Calendar
from lxml import html
from PIL import Image

from hooks.build.context import report_link
from hooks.citing.cite_us import apa, bibtex, bluebook, cite_as, cite_series, csl_json, edition_read, ris, series_styles, snippets, this_edition
from hooks.linking.errata import mark_errata
from hooks.linking.model import Draft, SourcePage
from hooks.series.load import load_series
from hooks.series.model import Case, Publication, Series
from hooks.series.records import Authority, Erratum, PublicationFront
from hooks.site.csp import APPLY
from hooks.site.embeds import SCRIPT, card_page, oembed
from hooks.site.law_calendar import law_calendar
from tests.support import SAMPLE, edit

HERE = "https://record.example/guide/"
HARD = "Records & <FOIL>: 100% of {what} “we” keep, $5_#1 ~ \\back^"


def publication(title: str = HARD, **more) -> Publication:
    front = {
        "id": "ib-08",
        "title": title,
        "summary": "Decide which comments stay up, & who decides; <b>this</b> is text.",
        "elements": ("citizen-conduct",),
        "edition": 2,
        "published": date(2026, 1, 5),
        "revised": date(2026, 6, 1),
        "review_by": date(2027, 6, 1),
        "changes": ({"edition": 2, "date": date(2026, 6, 1), "note": "More cases."}, {"edition": 1, "date": date(2026, 1, 5), "note": "First edition."}),
    }
    return Publication(
        PublicationFront.model_validate(front | more), "issue-brief", "citizen-conduct", "8", "briefs/citizen-conduct.md", "briefs/citizen-conduct/"
    )


def pandoc(text: str, source: str) -> dict:
    done = subprocess.run([pypandoc.get_pandoc_path(), "-f", source, "-t", "csljson"], input=text.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)[0]


def test_bibtex_reads_back() -> None:
    text = bibtex(publication(), ["On the Record"], "On the Record", HERE)
    entry = pybtex.database.parse_string(text, "bibtex").entries["otr-ib-08-ed2"]
    assert (entry.type, entry.fields["number"], entry.fields["year"], entry.fields["url"]) == ("techreport", "8", "2026", f"{HERE}id/ib-08/")
    item = pandoc(text, "biblatex")
    assert item["author"] == [{"literal": "On the Record"}]
    assert item["issued"]["date-parts"][0][:2] == [2026, 6]
    assert item["URL"] == f"{HERE}id/ib-08/"


def test_the_line_of_an_edition_says_what_was_read() -> None:
    """A number alone does not: an edition is corrected, and its law read again, under the same number."""
    plain = publication()
    assert this_edition(plain, HERE) == f"Edition 2, June 1, 2026: {HERE}briefs/citizen-conduct/citizen-conduct-ed2.pdf"
    error = {"id": "e-1", "date": date(2026, 7, 1), "anchor": "rules", "note": "It was misnamed."}
    corrected = publication(law_as_of=date(2026, 6, 20), errata=(error,))
    assert edition_read(corrected) == "Edition 2, June 1, 2026, corrected to July 1, 2026, law as of June 20, 2026"
    assert edition_read(publication(errata=({**error, "date": date(2026, 6, 1)},))) == "Edition 2, June 1, 2026"


@pytest.mark.parametrize("printed", [True, False])
def test_reference_managers_are_told_of_the_edition(printed: bool) -> None:
    item = publication(law_as_of=date(2026, 6, 20), status="superseded", superseded_by="ib-09")
    said = this_edition(item, HERE) if printed else edition_read(item)
    given = (item, ["On the Record"], "On the Record", HERE, printed)
    (entry,) = rispy.loads(ris(*given))
    assert entry["notes"] == ["Superseded", said]
    assert json.loads(csl_json(*given))[0]["note"] == said
    assert pybtex.database.parse_string(bibtex(*given), "bibtex").entries["otr-ib-08-ed2"].fields["note"] == f"Superseded. {said}"


def test_the_whole_series_is_cited_with_the_day_of_its_edition() -> None:
    assert series_styles("On the Record", ["On the Record"], date(2026, 11, 29), HERE) == [
        ("Chicago", f"On the Record. 2026. The whole series, edition of November 29, 2026. {HERE}series-2026-11-29.pdf."),
        ("APA", f"On the Record. (2026). The whole series (Edition of November 29, 2026). {HERE}series-2026-11-29.pdf"),
        ("Bluebook style", f"On the Record, The Whole Series (ed. of Nov. 29, 2026), {HERE}series-2026-11-29.pdf."),
    ]
    assert cite_series("S", date(2026, 1, 2), HERE) == f"S. 2026. The whole series, edition of January 2, 2026. {HERE}id/series/."


def test_a_title_with_every_special_sign_survives_bibtex() -> None:
    item = pandoc(bibtex(publication("Rules & 100% of {what} $5 #1 a_b"), ["A & B"], "S", HERE), "biblatex")
    plain = html.fragment_fromstring(item["title"], create_parent="p").text_content()
    assert plain.replace("\u00a0", " ") == "Rules & 100% of {what} $5 #1 a_b"
    assert html.fragment_fromstring(item["author"][0]["literal"], create_parent="p").text_content() == "A & B"


def test_ris_reads_back() -> None:
    text = ris(publication(), ["On the Record"], "On the Record", HERE)
    assert text.endswith("ER  - \r\n")
    (item,) = rispy.loads(text)
    assert item["type_of_reference"] == "RPRT"
    assert item["title"] == HARD
    assert item["authors"] == ["On the Record"]
    assert item["year"] == "2026"
    assert item["urls"] == [f"{HERE}id/ib-08/"]
    assert pandoc(text, "ris")["title"]


def test_csl_json_reads_back() -> None:
    text = csl_json(publication("Citizen conduct"), ["On the Record"], "On the Record", HERE)
    item = pandoc(text, "csljson")
    assert (item["type"], item["number"], item["URL"]) == ("report", "8", f"{HERE}id/ib-08/")
    formatted = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "csljson", "-t", "plain", "--citeproc", "--wrap=none"], input=text.encode(), capture_output=True, check=True
    ).stdout.decode()
    assert "On the Record. 2026." in formatted


def test_styles() -> None:
    item = publication("Citizen conduct")
    assert apa(item, ["On the Record"], HERE) == f"On the Record. (2026). Citizen conduct (Issue Brief No. 8, Edition 2, June 1, 2026). {HERE}id/ib-08/"
    assert bluebook(item, ["On the Record"], HERE) == f"On the Record, Issue Brief No. 8, Citizen conduct (ed. 2, June 1, 2026), {HERE}id/ib-08/."
    old, authors = publication("Citizen conduct", status="withdrawn"), ["A", "B", "C"]
    assert apa(old, authors, HERE) == f"A, B, & C. (2026). Citizen conduct (Issue Brief No. 8, Edition 2, June 1, 2026, withdrawn). {HERE}id/ib-08/"
    assert bluebook(old, authors, HERE) == f"A, B & C, Issue Brief No. 8, Citizen conduct (ed. 2, June 1, 2026, withdrawn), {HERE}id/ib-08/."
    assert cite_as(old, "S", HERE) == f"S. 2026. “Citizen conduct.” Issue Brief 8, Edition 2, June 1, 2026 (withdrawn). {HERE}id/ib-08/."


@pytest.fixture(scope="module")
def series():
    return load_series(SAMPLE)[0]


ENTRIES = {
    "publication": (
        r"""@techreport{otr-ib-08-ed2,
  author = {{On the Record} and {Sample Office}},
  title = {{Records \& fees}},
  institution = {On the Record},
  type = {Issue Brief},
  number = {8},
  edition = {2},
  year = {2026},
  month = {6},
  day = {1},
  note = {Superseded. Edition 2, June 1, 2026, law as of June 20, 2026},
  language = {english},
  url = {https://record.example/guide/id/ib-08/},
}
""",
        """TY  - RPRT
AU  - On the Record
AU  - Sample Office
TI  - Records & fees
T2  - On the Record
PB  - On the Record
M3  - Issue Brief
M1  - 8
ET  - 2
PY  - 2026
DA  - 2026/06/01/
N1  - Superseded
N1  - Edition 2, June 1, 2026, law as of June 20, 2026
AB  - Decide which fees of $5 & more are due.
LA  - en
UR  - https://record.example/guide/id/ib-08/
ID  - otr-ib-08-ed2
ER  - 
""",
        {
            "id": "otr-ib-08-ed2",
            "type": "report",
            "title": "Records & fees",
            "author": [{"literal": "On the Record"}, {"literal": "Sample Office"}],
            "issued": {"date-parts": [[2026, 6, 1]]},
            "publisher": "On the Record",
            "collection-title": "On the Record",
            "genre": "Issue Brief",
            "number": "8",
            "edition": "2",
            "status": "superseded",
            "abstract": "Decide which fees of $5 & more are due.",
            "language": "en-US",
            "note": "Edition 2, June 1, 2026, law as of June 20, 2026",
            "URL": f"{HERE}id/ib-08/",
        },
    ),
    "case study": (
        """@techreport{otr-sample-county-2020,
  author = {{On the Record} and {Sample Office}},
  title = {{Sample County hides less}},
  institution = {On the Record},
  type = {Case study},
  year = {2026},
  month = {11},
  day = {22},
  language = {english},
  url = {https://record.example/guide/id/sample-county-2020/},
}
""",
        """TY  - RPRT
AU  - On the Record
AU  - Sample Office
TI  - Sample County hides less
T2  - On the Record
PB  - On the Record
M3  - Case study
PY  - 2026
DA  - 2026/11/22/
AB  - Sample County stopped hiding comments for a year and counted what happened.
LA  - en
UR  - https://record.example/guide/id/sample-county-2020/
ID  - otr-sample-county-2020
ER  - 
""",
        {
            "id": "otr-sample-county-2020",
            "type": "report",
            "title": "Sample County hides less",
            "author": [{"literal": "On the Record"}, {"literal": "Sample Office"}],
            "issued": {"date-parts": [[2026, 11, 22]]},
            "publisher": "On the Record",
            "collection-title": "On the Record",
            "genre": "Case study",
            "abstract": "Sample County stopped hiding comments for a year and counted what happened.",
            "language": "en-US",
            "URL": f"{HERE}id/sample-county-2020/",
        },
    ),
}


def _cited(what: str, series: Series) -> Publication | Case:
    more = {"summary": "Decide which fees of $5 & more are due.", "status": "superseded", "superseded_by": "ib-09"}
    return series.case["sample-county-2020"] if what == "case study" else publication("Records & fees", law_as_of=date(2026, 6, 20), **more)


@pytest.mark.parametrize("what", ENTRIES)
def test_every_field_that_a_reference_manager_is_given(what: str, series) -> None:
    given = (_cited(what, series), ["On the Record", "Sample Office"], "On the Record", HERE)
    as_bibtex, as_ris, as_csl = ENTRIES[what]
    assert bibtex(*given) == as_bibtex
    assert ris(*given) == as_ris.replace("\n", "\r\n")
    assert json.loads(csl_json(*given)) == [as_csl]


def test_what_there_is_to_paste_and_what_each_is_called(series) -> None:
    address = f"{HERE}id/ib-08/"
    assert snippets(_cited("publication", series), "On the Record", HERE) == [
        ("Text and address", f"Issue Brief 8, Records & fees. {address}", "the link text"),
        ("A link in HTML", f'<a href="{address}">Issue Brief 8, Records &amp; fees</a>', "the HTML link"),
        (
            "A card in HTML",
            f'<iframe src="{HERE}embed/ib-08/" title="On the Record: Issue Brief 8, Records &amp; fees" width="100%" height="340" frameborder="0" '
            'loading="lazy"></iframe>',
            "the HTML of the card",
        ),
        (
            "The same without a frame; it does not change with the publication",
            f'<blockquote><a href="{address}">Issue Brief 8, Records &amp; fees</a>. Superseded. Decide which fees of $5 &amp; more are due. '
            "(On the Record, edition 2, June 1, 2026; law as of June 20, 2026.)</blockquote>",
            "the HTML of the card without a frame",
        ),
    ]
    address = f"{HERE}id/sample-county-2020/"
    assert snippets(_cited("case study", series), "On the Record", HERE) == [
        ("Text and address", f"Case study, Sample County hides less. {address}", "the link text"),
        ("A link in HTML", f'<a href="{address}">Case study, Sample County hides less</a>', "the HTML link"),
    ]


def test_a_case_study_is_cited_without_an_edition(series) -> None:
    case = series.case["sample-county-2020"]
    address = f"{HERE}id/sample-county-2020/"
    assert cite_as(case, "On the Record", HERE) == f"On the Record. 2026. “Sample County hides less.” Case study. {address}."
    assert apa(case, ["On the Record"], HERE) == f"On the Record. (2026). Sample County hides less (Case study). {address}"
    assert bluebook(case, ["On the Record"], HERE) == f"On the Record, Case study, Sample County hides less (Nov. 22, 2026), {address}."
    entry = pybtex.database.parse_string(bibtex(case, ["On the Record"], "On the Record", HERE), "bibtex").entries["otr-sample-county-2020"]
    assert (entry.fields["type"], "edition" in entry.fields, "number" in entry.fields) == ("Case study", False, False)
    record = rispy.loads(ris(case, ["On the Record"], "On the Record", HERE))[0]
    assert record["urls"] == [address] and "edition" not in record
    assert pandoc(csl_json(case, ["On the Record"], "On the Record", HERE), "csljson")["URL"] == address


AUTHORITY = {
    "id": "rule",
    "name": "A rule",
    "short": "Rule 1",
    "citation": "1 S.R. 1.",
    "kind": "statute",
    "body": "Sample",
    "jurisdiction": "ny",
    "status": "controlling",
    "rule": "Text.",
    "as_of": date(2026, 1, 1),
    "review_by": date(2027, 1, 1),
    "read": "whole",
}


def events(*dates: dict) -> list:
    authority = Authority.model_validate(AUTHORITY | {"dates": dates})
    return Calendar.from_ical(law_calendar([authority], "S", HERE)).walk("VEVENT")


def test_the_calendar_has_what_is_to_come_and_says_what_is_not_certain() -> None:
    sure, unsure = events(
        {"date": date(2025, 1, 1), "what": "Gone"},
        {"date": date(2027, 1, 1), "what": "Sites; apps, must conform"},
        {"date": date(2028, 1, 1), "what": "Perhaps", "certain": False},
    )
    assert sure["SUMMARY"] == "Rule 1: Sites; apps, must conform"
    assert (sure["DTSTART"].dt, sure["DTEND"].dt, sure["STATUS"]) == (date(2027, 1, 1), date(2027, 1, 2), "CONFIRMED")
    assert unsure["SUMMARY"].startswith("Not certain")
    assert unsure["STATUS"] == "TENTATIVE"
    assert "not certain" in unsure["DESCRIPTION"]
    assert sure["URL"] == f"{HERE}law/rule/"


def test_a_duty_that_two_authorities_state_is_one_event() -> None:
    date_ = {"date": date(2027, 1, 1), "what": "Conform", "who": "All", "duty": "web"}
    first = Authority.model_validate(AUTHORITY | {"dates": [date_]})
    second = Authority.model_validate(AUTHORITY | {"id": "other", "short": "Rule 2", "status": "challenged", "dates": [date_ | {"certain": False}]})
    (event,) = Calendar.from_ical(law_calendar([second, first], "S", HERE)).walk("VEVENT")
    assert (event["SUMMARY"], event["STATUS"]) == ("Not certain: Rule 1: Conform", "TENTATIVE")
    assert "Also stated in Rule 2." in event["DESCRIPTION"]


def test_a_date_that_is_moved_keeps_its_uid_and_no_two_have_the_same() -> None:
    (before,), (after,) = events({"date": date(2027, 1, 1), "what": "Due"}), events({"date": date(2027, 7, 1), "what": "Due"})
    assert before["UID"] == after["UID"]
    assert len({item["UID"] for item in events({"date": date(2027, 1, 1), "what": "Due"}, {"date": date(2027, 1, 1), "what": "Due too"})}) == 2
    yearly = [{"date": date(year, 1, 31), "what": "Yearly report", "who": "All"} for year in (2025, 2027, 2028)]
    second, third = events(*yearly)
    assert second["UID"] != third["UID"]
    # The first was over when the authority was read in 2026; a year on the second is too, and the third is still itself.
    later = Authority.model_validate(AUTHORITY | {"dates": yearly, "as_of": date(2027, 6, 1), "review_by": date(2028, 6, 1)})
    (left,) = Calendar.from_ical(law_calendar([later], "S", HERE)).walk("VEVENT")
    assert left["UID"] == third["UID"]


def test_the_uid_of_a_named_duty_does_not_depend_on_the_authority_that_says_it_best() -> None:
    date_ = {"date": date(2027, 1, 1), "what": "Conform", "who": "All", "duty": "web"}
    other = {"id": "other", "short": "Rule 2", "dates": [date_ | {"what": "Conform at last"}], "as_of": date(2026, 5, 1)}
    for status in ("controlling", "vacated"):
        first = Authority.model_validate(AUTHORITY | {"dates": [date_], "status": status})
        (event,) = Calendar.from_ical(law_calendar([first, Authority.model_validate(AUTHORITY | other)], "S", HERE)).walk("VEVENT")
        assert event["UID"] == "web@record.example"
        assert event["DTSTAMP"].dt.date() == event["LAST-MODIFIED"].dt.date() == date(2026, 5, 1)


def test_the_calendar_keeps_to_its_format() -> None:
    """RFC 5545: CRLF, lines of at most 75 octets that never part a character, text escaped, what every event must have."""
    long = "Sites, apps; forms \\ “and” what follows: " + "é" * 200
    authority = Authority.model_validate(AUTHORITY | {"dates": [{"date": date(2027, 1, 1), "what": long, "who": "All"}]})
    data = law_calendar([authority], "S", HERE)
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"") and lines[-1] == b""
    assert max(map(len, lines)) <= 75 and all(line.decode() is not None for line in lines)
    calendar = Calendar.from_ical(data)
    assert (calendar["VERSION"], "METHOD" in calendar, calendar.errors) == ("2.0", False, [])
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == f"Rule 1: {long}" and event.errors == []
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(event)


def test_the_card_is_small_and_escapes_its_texts() -> None:
    page = card_page(publication('<script>alert("1")</script>'), "S", HERE, "PDF, 3 pages", date(2026, 7, 1))
    assert len(page.encode()) < 15_000
    tree = html.document_fromstring(page)
    assert [node.text for node in tree.iter("script")] == [SCRIPT]
    assert not [node for node in tree.iter() if node.get("src") or (node.tag == "link" and node.get("rel") != "canonical")]
    assert "alert(“1”)" in tree.findtext(".//title")
    assert tree.find(".//base").get("target") == "_blank"


def test_oembed_is_as_specified() -> None:
    data = json.loads(oembed(publication("A “b” <c>"), "S", HERE))
    assert (data["version"], data["type"]) == ("1.0", "rich")
    assert {"html", "width", "height"} <= data.keys()
    quote, frame = html.fragments_fromstring(data["html"])
    assert quote.get("hidden") is not None and quote[0].get("href") == f"{HERE}id/ib-08/"
    assert frame.get("src") == f"{HERE}embed/ib-08/"
    assert frame.get("title") == "S: Issue Brief 8, A “b” <c>"


def test_a_report_link_has_the_permanent_address_filled_in() -> None:
    item = publication("A & B")
    assert report_link("", item, HERE) is None
    assert report_link("javascript:alert(1)", item, HERE) is None
    mail = report_link("mailto:x@y.example", item, HERE)
    assert mail["href"].startswith("mailto:x@y.example?subject=Error%20in%20ib-08%3A%20A%20%26%20B&body=")
    assert "https%3A%2F%2Frecord.example%2Fguide%2Fid%2Fib-08%2F" in mail["href"]
    assert report_link("https://h.example/new?labels=error", item, HERE)["href"].startswith("https://h.example/new?labels=error&title=")


def test_a_built_page_says_what_it_is(sample: Path, build) -> None:
    edit(sample / "briefs/comments.md", "title: Public comments", 'title: Public </script><b> "comments" & more')
    done = build(sample, extra={"report": "mailto:x@y.example"})
    assert done.status == 0, done.output
    tree = html.document_fromstring(done.page("briefs/comments/index.html"))
    title = "Public </script><b> “comments” & more: What a page may hide"

    def content(name: str) -> list[str]:
        return [node.get("content") for node in tree.iter("meta") if name in (node.get("name"), node.get("property"))]

    assert content("citation_title") == content("DC.title") == content("og:title") == [title]
    assert content("citation_author") == ["On the Record"]
    assert content("citation_publication_date") == ["2026/01/15"]
    (pdf,) = content("citation_pdf_url")
    assert pdf == "https://onrecord.example/briefs/comments/comments.pdf"
    assert (done.site / "briefs/comments/comments.pdf").exists()
    assert len(content("citation_reference")) == 3
    assert any("citation_title=" in text and "citation_author=Sampleson, " in text for text in content("citation_reference"))
    (image,) = content("og:image")
    with Image.open(io.BytesIO((done.site / image.removeprefix("https://onrecord.example/")).read_bytes())) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    (data,) = [json.loads(node.text) for node in tree.iter("script") if node.get("type") == "application/ld+json"]
    assert data["@type"] == "Report"
    assert data["name"] == title
    assert (data["datePublished"], data["dateModified"], data["version"]) == ("2026-01-15", "2026-06-01", "2")
    assert len(data["citation"]) == 3
    links = {(node.get("rel"), node.get("type")): node.get("href") for node in tree.iter("link")}
    assert links["canonical", None] == "https://onrecord.example/briefs/comments/"
    assert links["cite-as", None] == "https://onrecord.example/id/ib-01/"
    for key, path in {
        # The last of each type: before it stand those of the page itself (test_feeds.py).
        ("alternate", "application/atom+xml"): "feed.xml",
        ("alternate", "application/feed+json"): "feed.json",
        ("alternate", "application/json+oembed"): "oembed/ib-01.json",
        ("describedby", "application/x-bibtex"): "briefs/comments/comments.bib",
    }.items():
        assert links[key] == f"https://onrecord.example/{path}"
        assert (done.site / path).exists()
    inline = [node.text for node in tree.iter("script") if not node.get("src") and node.get("type") != "application/ld+json"]
    assert inline == [APPLY], "the one that the policy names by its hash"
    assert len(tree.xpath("//a[@data-report]")) == 1
    box = tree.get_element_by_id("on-your-page")
    assert box.get("open") is not None
    codes = [html.fragments_fromstring(node.text)[0] for node in box.iter("code")]
    assert [(node.tag, node.get("href") or node.get("src")) for node in codes] == [
        ("a", "https://onrecord.example/id/ib-01/"), ("iframe", "https://onrecord.example/embed/ib-01/"), ("blockquote", None),
    ]  # fmt: skip
    assert (done.site / "embed/ib-01/index.html").exists()
    assert [link.text for link in box.iter("a")] == ["Atom", "JSON Feed"]
    assert all((done.site / "briefs/comments" / link.get("href")).resolve().exists() for link in box.iter("a"))
    case = html.document_fromstring(done.page("case-studies/sample-county-2020/index.html")).get_element_by_id("on-your-page")
    assert [html.fragment_fromstring(node.text).get("href") for node in case.iter("code")] == ["https://onrecord.example/id/sample-county-2020/"]


def test_a_correction_stands_at_its_passage_in_page_pdf_register_and_feed(sample: Path, build) -> None:
    (sample / "docs/about/corrections.md").write_text("---\ntitle: Corrections\n---\n/// listing | corrections\n///\n")
    edit(
        sample / "briefs/comments.md",
        "status: current",
        "status: current\nerrata:\n  - {id: ib-01-e1, date: 2026-07-01, anchor: rules, note: The rule was misnamed.}",
    )
    done = build(sample)
    assert done.status == 0, done.output
    page = html.document_fromstring(done.page("briefs/comments/index.html"))
    (mark,) = page.xpath("//*[@id='ib-01-e1']")
    assert mark.text_content() == "Corrected July 1, 2026. The rule was misnamed."
    assert mark.getparent().getprevious().get("id") == "rules"
    import pypdfium2

    document = pypdfium2.PdfDocument(done.site / "briefs/comments/comments.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert "Corrected July 1, 2026. The rule was misnamed." in text
    assert "The rule was misnamed." in done.page("about/corrections/index.html")
    assert "../../briefs/comments/#ib-01-e1" in done.page("about/corrections/index.html")
    (entry,) = feedparser.parse((done.site / "about/corrections/feed.xml").read_bytes()).entries
    assert entry.updated.startswith("2026-07-01")


@pytest.mark.parametrize("anchor", ["clause-sample", "clauses", "p-inside"])
def test_a_correction_of_a_clause_stands_outside_the_words_to_copy(anchor: str) -> None:
    """A clause and a letter are copied whole, into a policy or a message: what we say of our mistake is no part of them."""
    tree = html.fragment_fromstring(
        '<div><h2 id="clauses">Clauses</h2><section class="clause" id="clause-sample"><p class="clause__label">Clause 1-A</p>'
        '<div class="clause__text"><p id="p-inside">The agency keeps it three years.</p></div></section><p>What follows.</p></div>'
    )
    errata = tuple(Erratum(id=f"e-{n}", date=date(2026, 7, n), anchor=anchor, note=f"Mistake {n}.") for n in (1, 2))
    draft = Draft(SourcePage("briefs/a.md", "briefs/a/", "A", "", ""), tree, publication(errata=errata))
    mark_errata(draft)
    assert tree.find_class("clause__text")[0].text_content() == "The agency keeps it three years."
    marks = [node.getparent() for node in tree.find_class("erratum")]
    assert [mark.text_content() for mark in marks] == ["Corrected July 1, 2026. Mistake 1.", "Corrected July 2, 2026. Mistake 2."]
    assert all(node.getparent() is tree and not node.attrib for node in marks)
    box = tree.get_element_by_id("clause-sample")
    assert (marks[1].getnext() if anchor == "clauses" else marks[0].getprevious()) is box
    assert draft.problems == []


def test_a_correction_of_nothing_is_an_error(sample: Path, build) -> None:
    edit(sample / "briefs/comments.md", "status: current", "status: current\nerrata:\n  - {id: ib-01-e1, date: 2026-07-01, anchor: nowhere, note: Something.}")
    done = build(sample)
    assert done.status != 0
    remedy = "Give the id of a passage or heading, without “#”; see its link on the page."
    assert f"briefs/comments.md:17: The erratum “ib-01-e1” is at “#nowhere”, which is not on this page. {remedy} [erratum]" in done.output
