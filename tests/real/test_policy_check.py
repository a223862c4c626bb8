"""“Check my policy” in a real browser: paste and open, keyboard, small screens, paper, Word files, privacy."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from .axe import in_all_ways
from .conftest import until

pytestmark = pytest.mark.browser

CHECK = "tools/check/"
POLICY = """Comment policy
The purpose of this page is to share news of the Village. This page is not monitored 24/7.
Comments are public records under the Freedom of Information Law. The following will be removed:
- Offensive or abusive language
- Clearly off-topic comments
- Anything we deem inappropriate, at our sole discretion
Repeat offenders may be banned.
"""
SECRET = "Xylophone-Quibble-7391"


def checked(page, text: str = POLICY) -> None:
    page.locator("#policy-text").fill(text)
    page.get_by_role("button", name="Check it").click()
    page.locator("#findings:focus").wait_for()


def told(page) -> str:
    return page.locator(".checker__form [role=status]").inner_text()


@pytest.mark.walk
def test_a_pasted_policy_is_read_and_nothing_leaves_the_page(visit, address: str) -> None:
    page = visit(CHECK)
    before = len(page.requests)
    checked(page, POLICY + SECRET)
    assert "phrases that have been questioned" in told(page)
    heads = page.locator(".checker__ground h4").all_inner_texts()
    assert any("off topic" in head.lower() for head in heads)
    assert any("without a standard" in head for head in heads)
    marked = page.locator(".checker__ground mark").all_inner_texts()
    assert "off-topic" in marked
    elements = page.locator(".checker__elements")
    levels = dict(zip(elements.locator(".checker__head strong").all_inner_texts(), elements.locator(".checker__level").all_inner_texts(), strict=True))
    assert levels["Citizen conduct"] == "There"
    assert levels["Security"] == "Missing"
    ground = page.locator(".checker__ground").first
    assert ground.locator(".rule__law a, .rule__practice").count() > 0
    assert ground.locator(".rule__clauses a").count() > 0
    assert "as of" in ground.locator(".rule__law").inner_text()
    assert [url for url in page.requests[before:] if not url.endswith("/favicon.svg")] == []
    assert all(url.startswith(address) for url in page.requests)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.hash, location.search]") == [0, 0, "", "", ""]
    page.reload()
    assert page.locator("#policy-text").input_value() == ""
    assert page.errors == []


def test_the_policy_of_the_page_forbids_sending_elsewhere(visit) -> None:
    page = visit(CHECK)
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert page.evaluate("fetch('https://example.org/?text').then(() => 'sent', () => 'refused')") == "refused"


def test_it_works_by_keyboard_and_says_what_it_found(visit) -> None:
    page = visit(CHECK)
    page.locator("#policy-text").focus()
    page.keyboard.insert_text("Profane language is not allowed in comments.")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check it"
    page.keyboard.press("Enter")
    page.locator("#findings:focus").wait_for()
    assert "1 phrase that has been questioned" in told(page)
    assert page.locator(".checker__body .notice").inner_text().startswith("This is a short text.")
    page.get_by_role("button", name="Clear").click()
    assert page.evaluate("document.activeElement.id") == "policy-text"
    assert page.locator(".checker__findings").is_hidden()


def test_nothing_to_read_is_met_kindly(visit) -> None:
    page = visit(CHECK)
    page.get_by_role("button", name="Check it").click()
    assert told(page) == "Paste the text of a policy first, or open a file."
    # Set, and not typed: to lay out so long a line takes a busy machine longer than a driver waits.
    page.locator("#policy-text").evaluate("(field, length) => { field.value = 'a '.repeat(length / 2); }", 400_002)
    page.get_by_role("button", name="Check it").click()
    assert "longer than" in told(page)
    assert page.errors == []


def test_it_is_accessible_and_fits(visit) -> None:
    page = visit(CHECK)
    checked(page)
    assert in_all_ways(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def word_file(tmp_path: Path) -> Path:
    document = Document()
    document.add_heading("Comment policy", 1)
    document.add_paragraph("The following comments are removed:")
    for text in ("Offensive language", "Libelous statements"):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "Comments are public records."
    document.save(str(tmp_path / "policy.docx"))
    return tmp_path / "policy.docx"


def test_a_word_file_is_opened_in_the_page(visit, tmp_path: Path) -> None:
    page = visit(CHECK)
    page.locator("#policy-file").set_input_files(word_file(tmp_path))
    page.locator("#findings:focus").wait_for()
    text = page.locator("#policy-text").input_value()
    assert text.splitlines()[0] == "Comment policy"
    assert "- Offensive language" in text
    assert "Comments are public records." in text
    assert page.locator(".checker__ground").count() == 2
    assert page.errors == []


def packed(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("policy.pdf", b"%PDF-1.7 ...", "A PDF cannot be opened here."),
        ("policy.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "This is an older Word file"),
        ("policy.docx", b"PK\x03\x04 broken", "This is no Word file"),
        ("policy.docx", packed("other.xml", "<a/>"), "This is no Word file"),
        ("policy.docx", packed("word/document.xml", "<broken"), "This is no Word file"),
        ("bomb.docx", packed("word/document.xml", "a" * 31 * 1024 * 1024), "This file is larger"),
        ("picture.png", bytes([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0]), "This is no Word file"),
        ("empty.txt", b"  \n ", "No text was found"),
    ],
)
def test_a_file_that_cannot_be_read_is_met_kindly(visit, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    page = visit(CHECK)
    (tmp_path / name).write_bytes(content)
    page.locator("#policy-file").set_input_files(tmp_path / name)
    until(page, f"document.querySelector('.checker__form [role=status]').textContent.startsWith({said!r})")
    # The browser's own notice of broken XML has a style, which the policy refuses.
    assert [error for error in page.errors if "inline style" not in error] == []
    assert page.locator(".checker__findings").is_hidden()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_text_in_any_usual_encoding_is_read(visit, tmp_path: Path, encoding: str) -> None:
    page = visit(CHECK)
    (tmp_path / "policy.txt").write_bytes("Offensive comments are removed — always, in our café.".encode(encoding))
    page.locator("#policy-file").set_input_files(tmp_path / "policy.txt")
    page.locator("#findings:focus").wait_for()
    assert page.locator("#policy-text").input_value().endswith("— always, in our café.")


def test_the_proposed_changes_are_a_word_file_that_can_be_read(visit, tmp_path: Path) -> None:
    page = visit(CHECK)
    checked(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Word file of proposed changes").click()
    download.value.save_as(tmp_path / "changes.docx")
    document = Document(str(tmp_path / "changes.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == ["Phrases to change", "Elements to add or fill", "What else to say", "Model clauses"]
    assert "Now: “- Clearly off-topic comments”" in text
    assert "Mansky (2018): controlling in New York" in text
    assert "Instead: A closed list of grounds" in text
    assert "a moderator may hide or delete a comment only if it:" in text
    assert "undefined" not in text
    assert page.errors == []


def test_without_a_script_the_rules_are_a_list_with_their_evidence(visit) -> None:
    page = visit(CHECK, java_script_enabled=False)
    assert page.locator(".checker__without").is_visible()
    rules = page.locator(".rule")
    assert rules.count() == 25
    for rule in rules.all():
        assert rule.locator(".rule__clauses a").count() > 0
        assert rule.locator(".rule__law a, .rule__evidence a").count() > 0
    assert page.locator("main button:visible, main textarea, main input:visible").count() == 0


def test_on_paper_stand_the_findings_and_not_the_rules(visit) -> None:
    page = visit(CHECK)
    checked(page)
    page.emulate_media(media="print")
    assert page.locator(".checker__ground").first.is_visible()
    assert page.locator("#limits").is_visible()
    assert not page.locator(".rule").first.is_visible()
    assert page.locator("main button:visible").count() == 0
