"""The policy builder in a browser, under the site's own policy: its drafts over a matrix of answers, and the files it gives."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import markdown
import pytest
from docx import Document
from lxml import etree, html

from hooks.series.load import load_series
from tests.builder.matrix import pairs
from tests.machine import without

from .axe import in_all_ways
from .conftest import ROOT

pytestmark = pytest.mark.browser

PAGE = "tools/policy-builder/"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RECORD = load_series(ROOT)[0].builder.record
MATRIX = [answers for answers in pairs(RECORD) if "full" in answers["form"]]
"""Of the full policy; the other forms are tried in tests/builder, by the same functions."""
LISTEN = "window.violations = []; addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.effectiveDirective} ${e.blockedURI}`))"
# The text of the draft as a reader sees it: blocks, without what stands beside the draft.
DRAFT = """() => [...document.querySelectorAll('.paper-draft :is(h3, h4, h5, p, li)')].filter((n) => !n.closest('.no-print')).map((n) => {
  const copy = n.cloneNode(true);
  copy.querySelectorAll('ul, ol').forEach((list) => list.remove());
  return [n.tagName, copy.textContent.trim().replace(/\\s+/g, ' ')];
})"""
KEPT = "() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"


@pytest.fixture
def open_builder(browser, host: str):
    """The page in a fresh context; `requests`, `errors` and `violations()` say what went on."""
    contexts = []

    def go(width: int = 1280, address: str = "", **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True, **settings)
        contexts.append(context)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.requests, page.errors = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(address or host + PAGE)
        return page

    yield go
    for context in contexts:
        context.close()


def answer(page, answers) -> None:
    """Give answers as a reader does, question by question."""
    for question in RECORD.questions:
        for option in sorted(answers.get(question.id, ())):
            page.check(f"#question-{question.id}-{option}")


def download(page, label: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def numbered(draft: list) -> list[str]:
    return [text for _, text in draft]


def paragraphs(path: Path) -> list[tuple[str, str]]:
    """(style, text) of every paragraph of a Word file, links and fields included."""
    document = Document(str(path))
    return [(p.style.name, "".join(t.text or "" for t in p._p.iter(f"{W}t"))) for p in document.paragraphs]


def test_over_the_matrix_the_draft_has_the_clauses_that_the_file_says_and_the_files_the_text_of_the_draft(open_builder, tmp_path: Path) -> None:
    assert len(MATRIX) >= 12
    page = open_builder()
    clauses = page.evaluate("window.OTR_POLICY.clauses")
    titles = {clause["id"]: clause["title"] for clause in clauses}

    def stands(clause, answers) -> bool:
        """Whether a condition of the page's data holds: one alternative, of which every question has one of its options chosen."""
        whens = clause["when"]
        return not whens or any(all(set(answers.get(name, ())) & set(options) for name, options in when.items()) for when in whens)

    for index, answers in enumerate(MATRIX):
        # At once, in the page: one by one and by keyboard is tried below.
        ids = [f"question-{question.id}-{option}" for question in RECORD.questions for option in sorted(answers.get(question.id, ()))]
        page.evaluate("(ids) => ids.forEach((id) => document.getElementById(id).click())", ids)
        wanted = [clause["id"] for clause in clauses if stands(clause, answers)]
        found = page.evaluate("[...document.querySelectorAll('.paper-draft h5[data-clause]')].map((n) => n.dataset.clause)")
        assert sorted(found) == sorted(wanted)
        assert len(set(found)) == len(found)
        draft = page.evaluate(DRAFT)
        headings = [re.sub(r"^[\d.]+ ", "", text) for tag, text in draft if tag == "H5"]
        assert [re.sub(r"agency|[A-Z]\w+(?= equipment)", "…", text) for text in headings[: len(found)]] == [titles[id_].replace("agency", "…") for id_ in found]
        counts = page.locator(".builder__counts").text_content()
        blanks = page.locator(".paper-draft a.blank").count()
        assert f"All questions answered. {len(wanted)} clauses." in counts
        assert counts.endswith(f"in {blanks} places.")
        if index % 3 == 0:
            word = paragraphs(download(page, "Word file", tmp_path))
            assert [text for _, text in word] == [re.sub(r"^\d+(\.\d+|\.) ", "", text) if tag in ("H4", "H5") else text for tag, text in draft]
            text = download(page, "Markdown", tmp_path).read_text(encoding="utf-8")
            tree = html.fragment_fromstring(markdown.markdown(text), create_parent="div")
            lines = [" ".join(node.text_content().split()) for node in tree.iter("h1", "h2", "h3", "p", "li") if node.getparent().tag != "li"]
            assert lines[1].startswith("Draft of ")
            assert [lines[0], *lines[2:]] == numbered(draft)
        page.get_by_role("button", name="Start again").click()
    assert page.errors == []
    assert page.evaluate("window.violations") == []
    assert page.evaluate(KEPT) == [[], [], ""]


@pytest.fixture(scope="module")
def word_file(browser, host: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list]:
    """A Word file with something of everything, and the draft that it was made from."""
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(host + PAGE)
    given = "form-full agency-village team-few population-small records-lgs1 scope-staff officials-office-accounts duties-police comments-topic"
    for name in f"{given} moderators-second emergency-calls purposes-listening".split():
        page.check(f"#question-{name}")
    page.fill("#blank-agency-name", 'Village of “Alder” & <Co>')
    path = download(page, "Word file", tmp_path_factory.mktemp("word"))
    draft = page.evaluate(DRAFT)
    context.close()
    return path, draft


def test_the_word_file_has_headings_numbering_lists_and_properties(word_file) -> None:
    path, draft = word_file
    document = Document(str(path))
    assert document.core_properties.title == "Social media policy of the Village of “Alder” & <Co>"
    assert document.core_properties.language == "en-US"
    styles = [p.style.name for p in document.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "List Paragraph"} <= set(styles)
    assert styles.count("Heading 1") == sum(tag == "H4" for tag, _ in draft)
    assert styles.count("Heading 2") == sum(tag == "H5" for tag, _ in draft)
    # The numbers of headings are Word's own, and those that the draft shows.
    formats = {}
    for number in document.part.numbering_part.element.iter(f"{W}num"):
        formats[number.get(f"{W}numId")] = number.find(f"{W}abstractNumId").get(f"{W}val")
    sections, count = [], [0, 0]
    for paragraph in document.paragraphs:
        properties = paragraph._p.pPr.find(f"{W}numPr") if paragraph._p.pPr is not None else None
        if paragraph.style.name.startswith("Heading") and properties is not None:
            level = int(properties.find(f"{W}ilvl").get(f"{W}val"))
            assert level == int(paragraph.style.name[-1]) - 1
            count = [count[0] + 1, 0] if level == 0 else [count[0], count[1] + 1]
            sections.append(f"{count[0]}." if level == 0 else f"{count[0]}.{count[1]}")
        if paragraph.style.name == "List Paragraph":
            assert properties is not None
            assert properties.find(f"{W}numId").get(f"{W}val") in formats
    shown = [match[0] for tag, text in draft if tag in ("H4", "H5") and (match := re.match(r"\d+\.(\d+)?", text))]
    assert sections == shown
    closing = [p.text for p in document.paragraphs if p.style.name == "Heading 2"][-3:]
    assert closing[-1] == "Where the clauses come from"
    assert "Blanks still to fill" in [p.text for p in document.paragraphs if p.style.name == "Heading 2"]


def test_the_word_file_dates_itself_by_the_readers_clock_and_nothing_else(word_file) -> None:
    path, _ = word_file
    document = Document(str(path))
    head = document.sections[0].header.paragraphs[0].text
    foot = document.sections[0].footer.paragraphs[0].text
    assert re.search(r"Draft of [A-Z][a-z]+ \d{1,2}, 20\d\d", head)
    assert re.search(r"Draft of [A-Z][a-z]+ \d{1,2}, 20\d\d, not legal advice\. Page ", foot)


def test_the_cross_references_of_the_word_file_are_fields(word_file) -> None:
    path, draft = word_file
    document = Document(str(path))
    marks = {mark.get(f"{W}name"): "".join(t.text for t in mark.getparent().iter(f"{W}t")) for mark in document.element.iter(f"{W}bookmarkStart")}
    fields = [(node.get(f"{W}instr").split()[1], "".join(t.text for t in node.iter(f"{W}t"))) for node in document.element.iter(f"{W}fldSimple")]
    assert len(fields) > 8
    shown = {text.split(" ", 1)[1]: text.split(" ", 1)[0] for tag, text in draft if tag == "H5" and text[0].isdigit()}
    for name, number in fields:
        assert shown[marks[name]] == number


def test_the_word_file_is_well_formed_and_opens_in_libreoffice(word_file, tmp_path: Path) -> None:
    path, draft = word_file
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        names = package.namelist()
        assert len(set(names)) == len(names)
    office = shutil.which("soffice")
    if office is None:
        reason = "no LibreOffice on this machine: apt-get install libreoffice-writer-nogui"
        without(reason)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", "html:HTML (StarWriter)", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    text = " ".join((tmp_path / path.with_suffix(".html").name).read_text(encoding="utf-8", errors="replace").split())
    tree = html.fromstring(text)
    said = " ".join(tree.text_content().split())
    for tag, block in draft:
        plain = re.sub(r"^\d+(\.\d+|\.) ", "", block) if tag in ("H4", "H5") else block
        assert plain in said, plain
    assert len(tree.findall(".//h1")) == sum(tag == "H4" for tag, _ in draft)


@pytest.mark.walk
def test_nothing_is_asked_of_another_host_and_the_library_only_when_wanted(open_builder, host: str, tmp_path: Path) -> None:
    page = open_builder()
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.requests if url.endswith("assets/docx.js")]
    download(page, "Word file", tmp_path)
    assert len([url for url in page.requests if url.endswith("assets/docx.js")]) == 1
    assert [url for url in page.requests if not url.startswith((host, "data:", "blob:"))] == []
    assert page.evaluate("window.violations") == []
    assert page.errors == []


def test_the_draft_is_kept_only_while_the_reader_wants_it(open_builder) -> None:
    page = open_builder()
    page.check("#question-comments-closed")
    page.fill("#blank-agency-name", "Alder")
    assert page.evaluate(KEPT) == [[], [], ""]
    page.check("#keep-draft")
    assert page.evaluate(KEPT) == [["otr-policy-draft"], [], ""]
    page.fill("#blank-address", "weekdays")
    page.reload()
    assert page.is_checked("#keep-draft")
    assert page.is_checked("#question-comments-closed")
    assert page.input_value("#blank-agency-name") == "Alder"
    assert page.input_value("#blank-address") == "weekdays"
    assert "Social media policy of Alder" in page.text_content(".paper-draft")
    page.get_by_role("button", name="Forget it").click()
    assert page.evaluate(KEPT) == [[], [], ""]
    assert not page.is_checked("#keep-draft")
    page.fill("#blank-address", "Mondays")
    assert page.evaluate(KEPT) == [[], [], ""]
    page.reload()
    assert page.input_value("#blank-agency-name") == ""


@pytest.mark.parametrize("kept", ["no json", "[]", '{"answers": {"comments": "closed", "nothing": ["x"]}, "values": {"lead": 7}, "out": ["gone"], "more": 3}'])
def test_what_is_kept_but_no_longer_fits_is_passed_over(open_builder, kept: str) -> None:
    page = open_builder()
    page.evaluate(f"localStorage.setItem('otr-policy-draft', {json.dumps(kept)})")
    page.reload()
    assert page.locator(".builder__counts").text_content().startswith("1 of ")
    assert page.errors == []


def test_the_whole_way_by_keyboard(open_builder, tmp_path: Path) -> None:
    page = open_builder()

    def tab_to(test: str, limit: int = 400) -> None:
        for _ in range(limit):
            page.keyboard.press("Tab")
            if page.evaluate(f"(() => {{ const n = document.activeElement; return {test}; }})()"):
                return
        raise AssertionError(f"not reached by keyboard: {test}")

    tab_to("n.name === 'agency'")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("#question-agency-town")
    tab_to("n.matches('summary')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('details').open")
    tab_to("n.name === 'comments'")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    assert page.is_checked("#question-comments-closed")
    tab_to("n.id === 'blank-agency-name'")
    page.keyboard.type("Alder")
    assert page.evaluate("document.activeElement.id") == "blank-agency-name"
    page.keyboard.press("Tab")
    assert page.evaluate("[...document.querySelectorAll('.fill__input')].indexOf(document.activeElement)") == 1
    tab_to("n.textContent === 'Word file' && n.tagName === 'BUTTON'")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "draft.docx")
    assert Document(str(tmp_path / "draft.docx")).paragraphs[0].text == "Social media policy of Alder"
    # A blank of the draft leads to its field.
    tab_to("n.matches('.paper-draft a.blank')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.fill__input')")


def test_a_clause_is_left_out_and_put_in_again(open_builder) -> None:
    page = open_builder()
    answer(page, {"form": ["full"]})
    page.locator("details[data-key='use-hours'] > summary").click()
    page.locator("details[data-key='use-hours'] button").click()
    assert page.locator("#draft-use-hours").count() == 0
    assert page.evaluate("document.activeElement.textContent").endswith("not in this draft")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile(r"Put it in\s+Hours on official accounts")).click()
    assert page.evaluate("document.activeElement.id") == "draft-use-hours"


def test_one_person_in_two_roles_is_warned(open_builder) -> None:
    page = open_builder()
    answer(page, {"agency": ["village"], "comments": ["open"]})
    assert page.locator(".builder__warning").count() == 0
    page.fill("#blank-role_account-owner", "Ann Poe, Village Clerk")
    warning = page.locator(".builder__warning").first.text_content()
    assert "One person would hide a comment and confirm it. Name the mayor" in warning


def test_words_are_kept_or_struck(open_builder) -> None:
    page = open_builder()
    answer(page, {"form": ["full"]})
    page.evaluate("document.querySelectorAll('.builder__blanks details').forEach((d) => { d.open = true; })")
    group = page.locator("#blank-or-text")
    group.get_by_role("button", name="Keep these words").click()
    assert "Call or text 911" in page.text_content(".paper-draft")
    assert group.get_by_role("button", name="Keep these words").get_attribute("aria-pressed") == "true"
    group.get_by_role("button", name="Strike them").click()
    assert "Call 911" in page.text_content(".paper-draft")


def test_axe_finds_nothing_with_all_of_it_open(open_builder) -> None:
    page = open_builder()
    answer(page, {"form": ["full"], "agency": ["county"], "comments": ["topic"], "scope": ["staff"], "records": ["lgs1"]})
    page.evaluate("document.querySelectorAll('.builder details').forEach((d) => { d.open = true; })")
    assert in_all_ways(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_works_from_a_disk(open_builder, site: Path, tmp_path: Path) -> None:
    page = open_builder(address=(site / PAGE / "index.html").as_uri())
    page.check("#question-comments-closed")
    word = paragraphs(download(page, "Word file", tmp_path))
    assert len(word) > 50
    # The addresses in the file are those of the site, not of the disk.
    with zipfile.ZipFile(tmp_path / "social-media-policy-draft.docx") as package:
        links = re.findall(r'Target="(http[^"]+|file[^"]+)"', package.read("word/_rels/document.xml.rels").decode())
    assert links
    assert not [link for link in links if not link.startswith("https://onrecord.example/")]
    assert "Social media policy" in download(page, "Markdown", tmp_path).read_text(encoding="utf-8")


def test_without_a_script_it_says_what_it_needs_and_the_questions_can_be_read(open_builder) -> None:
    page = open_builder(java_script_enabled=False)
    text = page.locator("#policy-builder").inner_text()
    assert "Assembling a draft needs JavaScript" in text
    assert page.locator("#policy-builder a[href='../policy-template/']").is_visible()
    assert page.locator("#policy-builder a[href='../policy-template.docx']").is_visible()
    for question in RECORD.questions:
        assert question.title in text
        assert question.options[0].label in text
    assert "It bears on: " in text


def test_paper_shows_the_draft_alone(open_builder) -> None:
    page = open_builder()
    page.emulate_media(media="print")
    assert page.locator(".paper-draft").is_visible()
    for name in (".builder__form", ".builder__tools", ".site-header", ".masthead", ".paper-draft__why"):
        assert not page.locator(name).first.is_visible(), name
