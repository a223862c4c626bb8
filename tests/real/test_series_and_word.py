"""The bound series, the Word editions, the policy template and the conformance report of the real site."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree, html

from hooks.editions.formats import WORD
from hooks.series import vocabulary as words
from tests import support
from tests.machine import without

from .pages import leads_on


@pytest.fixture(scope="module")
def series_text(site: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(site / "series.pdf")]


def briefs(site: Path) -> list[Path]:
    found = sorted(path.parent for path in site.glob("briefs/*/index.html") if not leads_on(site, path.relative_to(site).as_posix()))
    assert len(found) >= 3
    return found


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def catalogue(site: Path) -> dict:
    return json.loads((site / "catalogue.json").read_text(encoding="utf-8"))


def in_the_volume(site: Path) -> list[dict]:
    """Every publication but the course and the questions, which are volumes of their own, and policies and templates, which are read alone."""
    return [entry for entry in catalogue(site)["publications"] if entry["kind"] not in ("course", "questions", "model-policy", "templates")]


def test_the_series_holds_every_publication_in_order(site: Path, series_text: list[str]) -> None:
    whole = squeezed(" ".join(series_text))
    places = [whole.rfind(squeezed(entry["title"])) for entry in in_the_volume(site)]
    assert -1 not in places
    with pikepdf.open(site / "series.pdf") as pdf:
        names = {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
        assert {entry["id"] for entry in in_the_volume(site)} <= names
        titles = [str(item.title) for item in pdf.open_outline().root]
    assert titles.count("References") == titles.count("Law cited") == 1
    assert "Contents" in series_text[1]
    # One title may hold another's words: each is looked for behind the one before it.
    start = -1
    for entry in in_the_volume(site):
        start = next((i for i, title in enumerate(titles) if i > start and entry["title"] in title), None)
        assert start is not None, entry["title"]


def test_its_pages_run_on_and_its_references_lead_inside(site: Path, series_text: list[str]) -> None:
    total = len(series_text)
    assert all(f"{number} of {total}" in text for number, text in enumerate(series_text, 1))
    with pikepdf.open(site / "series.pdf") as pdf:
        addresses = {str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a and "/URI" in a.A}
    bound = {f"https://onrecord.example/{entry['url']}" for entry in in_the_volume(site)}
    assert not bound & {address.partition("#")[0] for address in addresses}
    assert re.search(r"\(page\s\d+\)", " ".join(series_text))


def test_every_brief_has_a_word_edition_and_says_so(site: Path) -> None:
    entries = {entry["url"]: entry for entry in catalogue(site)["publications"]}
    for folder in briefs(site):
        path = f"briefs/{folder.name}/{folder.name}.docx"
        assert entries[f"briefs/{folder.name}/"]["docx"] == path
        page = html.fromstring((folder / "index.html").read_text(encoding="utf-8"))
        (button,) = page.xpath(f"//ul[@class='actions']//a[@href='{folder.name}.docx']")
        assert button.text_content().startswith("Word ") and button.get("type") == WORD.media_type
        document = Document(site / path)
        assert document.core_properties.title == entries[f"briefs/{folder.name}/"]["title"]
        names = [p.style.name for p in document.paragraphs]
        assert names.count("Title") == 1 and names.count("Heading 1") >= 5 and "Recommendation" in names
        for table in document.tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        for drawing in document.element.iter(qn("wp:docPr")):
            assert drawing.get("descr")


def test_no_word_edition_holds_a_field_or_an_unknown_part(site: Path) -> None:
    for path in [*site.glob("briefs/*/*.docx"), site / "tools/policy-template.docx"]:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert not [name for name in archive.namelist() if "vba" in name.lower() or "embed" in name.lower() or name.endswith(".bin")]
            tree = etree.fromstring(archive.read("word/document.xml"))
        assert not list(tree.iter(qn("w:instrText"), qn("w:fldSimple"), qn("w:altChunk"))), path.name


def test_the_template_holds_every_clause_in_the_order_of_elements(site: Path) -> None:
    document = Document(site / "tools/policy-template.docx")
    order = [*words.ELEMENTS.values(), *words.THEMES.values()]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"][:-1]  # the last is How to cite
    labels = [heading.partition(". ")[2] for heading in headings]
    assert labels == [label for label in order if label in labels]
    assert headings == [f"{number}. {label}" for number, label in enumerate(labels, 1)]
    said = [p.text for p in document.paragraphs]
    first = said.index("Its chapters:") + 1
    assert said[first : first + len(labels)] == labels
    text = squeezed(" ".join(p.text for p in document.paragraphs))
    clauses = blanks = 0
    for folder in (*briefs(site), *(path.parent for path in site.glob("white-paper/*/index.html"))):
        page = html.fromstring((folder / "index.html").read_text(encoding="utf-8"))
        for clause in page.find_class("clause__text"):
            clauses += 1
            blanks += len(clause.find_class("blank"))
            for node in clause.find_class("web-only"):
                node.drop_tree()
            for part in clause.iter("p", "li"):
                assert squeezed(part.text_content()) in text, part.text_content()[:80]
    assert clauses == sum(p.style.name == "Heading 2" for p in document.paragraphs)
    shown = sum(run.style.name == "Blank" and run.text.startswith("[") for p in document.paragraphs for run in p.runs)
    assert shown >= blanks > 0


@pytest.mark.proof
def test_libreoffice_opens_them(site: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        reason = "no LibreOffice on this machine: apt-get install libreoffice-writer-nogui"
        without(reason)
    files = [*sorted(site.glob("briefs/*/*.docx"))[:2], site / "tools/policy-template.docx"]
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    for file in files:
        made = tmp_path / f"{file.stem}.pdf"
        assert made.is_file(), done.stdout + done.stderr
        printed = squeezed(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)))
        heads = [p.text for p in Document(file).paragraphs if p.style.name in ("Title", "Heading 1")]
        assert all(squeezed(head) in printed for head in heads)


def test_the_conformance_report_names_every_file(site: Path) -> None:
    report = json.loads((site / "about/conformance/report.json").read_text(encoding="utf-8"))
    page = html.fromstring((site / "about/conformance/index.html").read_text(encoding="utf-8"))
    rows = page.xpath("//table//tbody/tr")
    assert len(rows) == len(report["files"]) > 5
    for entry in report["files"]:
        data = (site / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest() and entry["bytes"] == len(data)
        assert entry["pages"] == len(pypdfium2.PdfDocument(io.BytesIO(data)))
        assert entry["conforms"] and {item["profile"] for item in entry["profiles"]} == {"PDF/UA-1", "PDF/A-3a"}
        assert all(item["rules_checked"] > 50 and item["rules_failed"] == 0 for item in entry["profiles"])
    every = {path.read_bytes() for path in support.pdfs(site)}
    assert every == {(site / entry["path"]).read_bytes() for entry in report["files"]}


@pytest.mark.parametrize("address", ["index.html", "briefs/index.html"])
def test_beside_each_link_to_a_pdf_stand_its_pages_and_size(site: Path, address: str) -> None:
    page = html.fromstring((site / address).read_text(encoding="utf-8"))
    links = [link for link in page.iter("a") if (link.get("href") or "").endswith(".pdf")]
    # Home has the bound series, the white paper and the workbook.
    assert len(links) >= (3 if address == "index.html" else len(briefs(site)) + 1)
    for link in links:
        holder = link.getparent().text_content()
        target = (site / address).parent / link.get("href")
        pages = len(pypdfium2.PdfDocument(target.resolve()))
        assert re.search(rf"\b{pages} pages?, [\d.]+ [KM]B, accessible", holder), holder


def test_xmp_says_which_edition_it_is_and_where_it_stands(site: Path) -> None:
    for folder in briefs(site):
        with pikepdf.open(folder / f"{folder.name}.pdf") as pdf, pdf.open_metadata() as metadata:
            assert metadata["dc:title"] and metadata["dc:creator"] and metadata["xmp:CreateDate" if "xmp:CreateDate" in metadata else "xmp:ModifyDate"]
            assert re.fullmatch(r"https://onrecord\.example/id/ib-\d\d/", metadata["dc:identifier"])
            assert metadata["xmpMM:VersionID"].isdigit()
