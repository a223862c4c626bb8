"""The finished PDF: conformance, tags, destinations, links, metadata, attachments, bytes."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import lxml.html
import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from hooks.editions import Edition, EditionError, make_edition, validate_pdf
from hooks.editions.law_cited import set_in_runs
from hooks.editions.vocabulary import classes, dropped

from .reading import Reading, read
from .samples import full_request, request


@pytest.fixture(scope="module")
def reading(full: Edition) -> Reading:
    return read(full.pdf)


def test_conforms_to_both_standards(full: Edition) -> None:
    assert validate_pdf(full.pdf) == []
    assert full.pages >= 7


def test_validation_reports_what_is_wrong(full: Edition) -> None:
    assert validate_pdf(b"no PDF")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(full.pdf)) as document:
        del document.Root.MarkInfo
        document.save(out)
    failures = validate_pdf(out.getvalue())
    assert {failure.split(",")[0] for failure in failures} == {"PDF/UA-1", "PDF/A-3a"}


def test_a_stream_may_end_with_a_carriage_return_but_not_have_a_wrong_length(
        full: Edition) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(full.pdf)) as document:
        # The trailer-reachable stream keeps its bytes: nothing is compressed here.
        document.Root.Extra = document.make_stream(b"ends with a carriage return\r")
        document.save(out, compress_streams=False)
    pdf = out.getvalue()
    assert b"carriage return\r\nendstream" in pdf
    assert validate_pdf(pdf) == []
    wrong = pdf.replace(b"carriage return\r\nendstream", b"carriage return\r\r\r\rendstream"
                        ).replace(b"ends with", b"endswith ")
    assert any("LENGTH" in f or "cannot be read" in f for f in validate_pdf(wrong))


def test_the_table_of_references_may_end_with_a_carriage_return() -> None:
    """Its last byte is that of a checksum, any of 256: such a file cannot be held to the rule with that byte replaced."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Extra = document.make_stream(b"")
    for number in range(5000):
        # What stands before the table moves it, and so changes what it holds.
        document.Root.Extra.write(Random(number).randbytes(number))
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        pdf = out.getvalue()
        if b"/XRef" in pdf[pdf.rfind(b" obj"):] and pdf[: pdf.rfind(b"endstream")].endswith(b"\r\n"):
            break
    else:
        raise AssertionError("No table ended so.")
    assert not any("LENGTH" in failure or "cannot be read" in failure for failure in validate_pdf(pdf))
    longer = re.sub(rb"/Length (\d+)", lambda m: b"/Length %d" % (int(m[1]) + 1), pdf)
    assert any("LENGTH" in failure or "cannot be read" in failure for failure in validate_pdf(longer))


def test_equal_requests_give_equal_bytes(full: Edition, fonts: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: make_edition(full_request(), fonts), range(4)))
    assert {edition.pdf for edition in again} == {full.pdf}
    other = make_edition(full_request(revised=date(2026, 12, 2)), fonts)
    assert other.sha256 != full.sha256


def test_document_facts(reading: Reading) -> None:
    root, info = reading.pdf.Root, reading.pdf.docinfo
    assert str(root.Lang) == "en-US"
    assert root.MarkInfo.Marked is True
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert str(info["/Title"]).startswith("Citizen conduct: comments")
    assert str(info["/Author"]) == "Ann Author, Bo Author"
    assert str(info["/Keywords"]) == "Citizen conduct"
    assert str(info["/ModDate"]).startswith("D:20261201")
    with reading.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_headings_follow_the_title(reading: Reading) -> None:
    assert reading.tags.every("Title")[0].text().startswith("Citizen conduct")
    assert [tag.text() for tag in reading.tags.every("H1")][:4] == [
        "At a glance", "The issue", "What the rules say", "Choices"]
    assert reading.tags.every("H2")[0].text() == "Three kinds of use"
    assert reading.tags.every("H1")[-1].text() == "Edition history"


def test_tables_have_both_kinds_of_header(reading: Reading) -> None:
    table = reading.tags.every("Table")[0]
    heads = {tag.text(): tag for tag in table.every("TH")}
    assert heads["Choice"].attribute("/Scope") == Name.Column
    assert heads["Open, by topic"].attribute("/Scope") == Name.Row
    assert table.every("Caption")[0].text() == "Table 1. Four ways to run a page"
    cell = next(tag for tag in table.every("TD") if tag.text() == "12")
    assert {str(key) for key in cell.attribute("/Headers")} == {
        str(heads["Staff hours"].entry.ID), str(heads["Open, by topic"].entry.ID)}
    tree = reading.pdf.Root.StructTreeRoot.IDTree.Names
    assert str(heads["Open, by topic"].entry.ID) in {str(key) for key in list(tree)[::2]}


def test_a_long_table_is_one_table_with_one_head(fonts: Path) -> None:
    rows = "".join(f'<tr><th scope="row">r{n}</th><td>{"words " * 20}</td></tr>'
                   for n in range(90))
    made = make_edition(request(
        f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>"), fonts)
    tags = read(made.pdf).tags
    assert made.pages > 2
    assert len(tags.every("Table")) == len(tags.every("THead")) == 1
    assert len(tags.every("TH")) == 92
    assert validate_pdf(made.pdf) == []


def test_lists_figures_notes_and_links_are_tagged(reading: Reading) -> None:
    kinds = {tag.kind for tag in reading.tags.walk()}
    assert {"L", "LI", "Lbl", "LBody", "Figure", "Note", "Link", "BlockQuote", "Code", "Em",
            "Strong", "Caption"} <= kinds
    alternatives = [str(tag.entry.Alt) for tag in reading.tags.every("Figure")]
    assert ("Three boxes side by side: agency use, professional use and personal use."
            in alternatives)
    assert "QR code of the permanent address, https://onrecord.example/id/ib-08/" in alternatives
    assert "A footnote stands" in reading.tags.every("Note")[0].text()


def test_a_passage_keeps_its_language_without_the_region(reading: Reading) -> None:
    marked = re.sub(r"[\s\u00ad]", "", reading.in_language("es"))
    assert marked == "lalibertaddeexpresiónenlínea" * 2


def test_every_id_is_a_destination_on_its_page(reading: Reading) -> None:
    places = reading.destinations()
    root = lxml.html.fragment_fromstring(full_request().html, create_parent="div")
    wanted = {element.get("id") for element in root.iter() if element.get("id")
              and not any(dropped(e) for e in (element, *element.iterancestors()))}
    assert set(places) == wanted | {"edition-history"}
    assert places["issue"][0] == 1
    assert places["c2-issue"][0] > places["options"][0]
    assert all(0 < top <= 792 for _, top in places.values())


def test_odd_ids_are_destinations_as_they_stand(fonts: Path) -> None:
    names = ["fn:1", "a.b", "é§", "1", "x--y", "none", "true", "a/b\\c", "(x)", "日本"]
    body = "".join(f'<p id="{name}">text <a href="#{name}">link</a></p>' for name in names)
    made = make_edition(request(body, history=()), fonts)
    assert set(read(made.pdf).destinations()) == set(names)
    assert validate_pdf(made.pdf) == []


def test_a_section_that_moves_to_the_next_page_takes_its_anchor(fonts: Path) -> None:
    for lines in range(24, 34):
        body = "<p>line</p>" * lines + ('<section class="references" id="references">'
                                        '<h2 id="title">References</h2><p>x</p></section>')
        places = read(make_edition(request(body), fonts).pdf).destinations()
        assert places["references"][0] == places["title"][0]


def test_links_lead_inside_or_to_the_site(reading: Reading) -> None:
    annotations = [a for page in reading.pdf.pages for a in page.get("/Annots", [])]
    addresses = {str(a.A.URI) for a in annotations if "/A" in a and "/URI" in a.A}
    inside = [a for a in annotations if "/Dest" in a or ("/A" in a and Name.GoTo == a.A.S)]
    assert "https://onrecord.example/briefs/records/" in addresses
    assert "https://onrecord.example/glossary/#forum" in addresses
    assert not any("#options" in address for address in addresses)
    assert inside


def test_attachments_are_associated_files(reading: Reading) -> None:
    files = reading.pdf.attachments
    assert files["citations.json"].get_file().read_bytes() == b"[]"
    assert files["citations.json"].get_file().mime_type == "application/json"
    assert files["citizen-conduct.md"].relationship == Name.Source
    assert len(reading.pdf.Root.AF) == 2


def test_the_text_is_that_of_the_html_in_order(reading: Reading) -> None:
    # Notes stand at the foot of the page and captions before their table in the tag order.
    for kind in ("Note", "Caption"):
        for tag in reading.tags.every(kind):
            tag.inside.clear()
    for tag in reading.tags.every("Lbl"):
        if re.fullmatch(r"[•–☐]|\d+\.", tag.text()):
            tag.inside.clear()
    for tag in reading.tags.every("Figure"):
        tag.inside.clear()
    root = lxml.html.fragment_fromstring(full_request().html, create_parent="div")
    # Law cited is punctuated as a run of text; cases.yml says how.
    set_in_runs(root)
    for element in list(root.iter()):
        if dropped(element) or element.tag == "figcaption" or "footnote" in classes(element):
            element.drop_tree()
        elif element.tag == "q":
            element.text, element.tail = f"“{element.text}", f"”{element.tail}"
    printed = re.sub(r"\(page\s\d+\)|[\s\u00ad]", "", reading.tags.text())
    assert re.sub(r"\s", "", root.text_content()) in printed


def test_running_heads_are_artifacts(reading: Reading) -> None:
    assert "1 of" not in reading.tags.text()
    assert "On the Record · Issue brief 8" not in reading.tags.text()


def test_contents_on_request(fonts: Path) -> None:
    made = make_edition(full_request(1, contents=True), fonts)
    assert read(made.pdf).tags.every("TOC")
    assert validate_pdf(made.pdf) == []


@pytest.mark.parametrize("changes", [
    {"number": "", "law_as_of": None, "subtitle": "A subtitle", "history": (), "authors": ()},
    {"summary": "", "elements": (), "publisher_note": "", "language": "es", "region": "mx"}])
def test_optional_parts_may_be_absent(fonts: Path, changes: dict[str, object]) -> None:
    made = make_edition(request(**changes), fonts)
    assert validate_pdf(made.pdf) == []


@pytest.mark.parametrize(("html", "message"), [
    ("<p>before 漢 after</p>", "no font of the edition has the character '漢' (U+6F22), near "
                              "“before 漢 after”"),
    ("<p>x \ue000</p>", "codepoint"),
    ("<h2>a</h2><h4>b</h4>", "Typst says: PDF/UA-1 error: skipped from heading level 1 to 3")])
def test_what_typst_refuses_names_the_source(fonts: Path, html: str, message: str) -> None:
    with pytest.raises(EditionError) as caught:
        make_edition(request(html), fonts)
    assert message in caught.value.message
    assert caught.value.source == request().source


def test_a_broken_image_names_the_source(fonts: Path) -> None:
    broken = request('<p><img alt="A" src="a.svg"></p>', images={"a.svg": b"<svg"})
    with pytest.raises(EditionError, match=r"citizen-conduct\.md: Typst says: failed to parse SVG"):
        make_edition(broken, fonts)


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="fonts of editions"):
        make_edition(request(), tmp_path)


def test_requests_compare_by_value() -> None:
    assert request() == request() and replace(request(), number="9") != request()


@pytest.mark.parametrize("bound", [False, True], ids=["masthead", "cover"])
@pytest.mark.parametrize("law_as_of", [date(2026, 11, 22), None])
def test_the_first_page_says_as_of_when_the_law_holds(fonts: Path, bound: bool, law_as_of: date | None) -> None:
    edition = make_edition(request("<h2 id='a'>One</h2><p>Text.</p>", law_as_of=law_as_of, contents=bound, bound=bound), fonts)
    document = pypdfium2.PdfDocument(edition.pdf)
    first = " ".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert "Edition 1" in first
    assert ("Law as of November 22, 2026" in first) is (law_as_of is not None)
    assert ("Law as of" in first) is (law_as_of is not None)
