"""Whole builds of the sample: what is written, what is reported, and that a build that fails leaves the old site."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from hooks.build.mkdocs_glue import SETTINGS
from hooks.site.csp import APPLY
from hooks.site.embeds import SCRIPT

from . import support
from .support import ROOT, Built, contents, edit

Build = Callable[..., Built]
LATIN_1 = "---\ntitle: About\n---\nCafé\n".encode("latin-1")


@pytest.fixture
def published(sample: Path, built_sample: Built) -> dict[str, bytes]:
    """The files of a site that is already there."""
    support.prepare(sample)
    return contents(Path(shutil.copytree(built_sample.site, sample / "site")))


def left_beside(built: Built) -> list[str]:
    """The folders that a build left beside the site."""
    return [path.name for path in built.site.parent.iterdir() if path.name.startswith(".site") and path.is_dir()]


def test_a_good_build_writes_every_page_edition_and_download(built_sample: Built) -> None:
    built = built_sample
    assert "WARNING" not in built.output
    pages = ["", "about/", "briefs/", "briefs/comments/", "briefs/records/", "case-studies/", "case-studies/sample-county-2020/", "glossary/"]
    pages += ["case-studies/sample-village-2021/", "law/", "literature/", "recommendations/", "white-paper/", "white-paper/purpose/"]
    permanent = ["ib-01", "ib-01-r1", "ib-01-r2", "ib-02", "ib-02-r1", "wp", "wp-01", "wp-01-r1", "sample-county-2020", "sample-village-2021"]
    expected = [f"{page}index.html" for page in [*pages, *(f"id/{id_}/" for id_ in permanent)]]
    expected += [f"{stem}.pdf" for stem in ("briefs/comments/comments", "briefs/records/records", "white-paper/white-paper", "white-paper/purpose/purpose")]
    expected += ["404.html", "catalogue.json", "catalogue.schema.json", "literature.bib", "literature.json", "recommendations.csv", "sitemap.xml"]
    expected += ["search/index.html", "search/words.js", "search/text-0.js", "white-paper/figures/two-steps.svg", "assets/site.css", "assets/search-words.js"]
    expected += ["white-paper/white-paper.epub"]
    assert set(expected) <= set(contents(built.site))
    assert left_beside(built) == []


def test_a_page_carries_its_article_and_what_stands_around_it(built_sample: Built) -> None:
    page = html.document_fromstring(built_sample.page("briefs/comments/index.html"))
    text = page.text_content()
    assert page.find(".//h1").text_content() == "Public comments: What a page may hide"
    for part in ("At a glance", "Issue Brief 2, Keeping posts", "References", "Law cited", "Sampleson, Alex. 2013a.", "Sample Comments Act"):
        assert part in text
    assert page.xpath("//a[@href='comments.pdf']")
    assert page.xpath("//section[@id='how-to-cite']//a[@href='https://onrecord.example/id/ib-01/']")
    assert not page.xpath("//*[contains(@class, 'broken-reference')]")
    assert len(page.xpath("//div[contains(@class, 'previews')]")) == 1


@pytest.mark.parametrize("ready", [False, True])
def test_what_a_copy_says_of_itself_follows_its_settings(sample: Path, build: Build, ready: bool) -> None:
    settings = {"site_url": "https://www.agency.gov/x/", "extra": {"series": {"licence_confirmed": True}}} if ready else {}
    built = build(sample, **settings)
    page = html.document_fromstring(built.page("briefs/comments/index.html"))
    text = page.text_content()
    assert ("This copy has no public address yet" in text) is ("No body has published these pages yet" in text) is not ready
    edition = page.get_element_by_id("this-edition")
    assert "It is not fixed yet: no release has been made" in edition.text_content() and edition.xpath(".//a/@href") == ["../../catalogue.json"]
    licence = "Text licensed CC BY 4.0; cite the permanent address." if ready else "Text not licensed yet; cite the permanent address."
    assert page.xpath("//meta[@name='DC.rights']/@content") == [licence]
    package = json.loads(built.page("data/datapackage.json"))
    assert ("licenses" in package) is ready and (licence in package["description"]) is not ready
    assert f"<rights>{licence}</rights>" in built.page("feed.xml") and licence in built.page("briefs/comments/comments.txt")


def test_the_catalogue_says_what_the_files_are(built_sample: Built) -> None:
    files = contents(built_sample.site)
    catalogue = json.loads(files["catalogue.json"])
    entries = [*catalogue["publications"], *catalogue["publications"][0]["chapters"]]
    assert len(entries) == 6
    for entry in entries:
        assert f"{entry['url']}index.html" in files
        assert len(files[entry["pdf"]["url"]]) == entry["pdf"]["bytes"]


def test_every_mistake_is_reported_in_one_run_and_the_old_site_stays(sample: Path, build: Build, published: dict[str, bytes]) -> None:
    edit(sample / "briefs/comments.md", "[](law:sample-comments)", "[](law:sample-coments)")
    edit(sample / "briefs/comments.md", "[@sampleson2013first, p. 4]", "[@samplesen2013first, p. 4]")
    edit(sample / "briefs/comments.md", "/// checklist", "/// chekclist")
    edit(sample / "briefs/comments.md", "    who: Communications\n", "")
    edit(sample / "briefs/records.md", "### How long", "#### How long")
    edit(sample / "whitepaper/01-purpose.md", "Two boxes joined by an arrow: first the purpose, then the post.", "")
    edit(sample / "docs/law/sample.yml", "status: persuasive", "status: persuading")
    edit(sample / "docs/case-studies/sample-village-2021.md", "year: 2021", "yaer: 2021")
    (sample / "docs/about/index.md").write_bytes(LATIN_1)
    built = build(sample)
    assert built.status == 1
    assert "Traceback" not in built.output
    reported = [line.partition("series: ")[2] for line in built.output.splitlines() if "series: " in line]
    assert reported == [
        "briefs/comments.md:38: There is no source “samplesen2013first” in the bibliography. Did you mean “sampleson2013first”? [citation]",
        "briefs/comments.md:44: There is no authority “sample-coments”. Did you mean “sample-comments”? [reference]",
        "briefs/comments.md:69: The recommendation ib-01-r1 does not say who acts. Add “who: …” under its first line, as text, indented by four spaces."
        " [recommendation]",
        "briefs/comments.md:109: There is no block “chekclist”. Did you mean “checklist”? [block]",
        "briefs/records.md:22: The heading “How long” jumps from level 2 to level 4. Write it with ###. [heading]",
        "docs/about/index.md:4: This file is not UTF-8. Save the file as UTF-8 (in most editors: Save with encoding). [encoding]",
        "docs/case-studies/sample-village-2021.md:7: “yaer” is not a known key. Did you mean “year”? [front-matter]",
        "docs/law/sample.yml:43: The value of “status” is not valid. “persuading” is not allowed. Did you mean “persuasive”? [data]",
        "whitepaper/01-purpose.md:20: The image “two-steps.svg” has no text alternative. Say between the square brackets what the image tells the reader:"
        " ![…](…). [image-alt]",
    ]
    assert f"{len(reported)} problems to mend, listed above. The site was left as it was." in built.output
    assert contents(built.site) == published
    assert left_beside(built) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "reported"),
    [
        ("docs/literature/sample.bib", "volume = {1},", "volume = {1,", "docs/literature/sample.bib:3: The entry “sampleson2013first” is broken"),
        ("docs/literature/sample.bib", "volume = {1},", "volume = {1}", "docs/literature/sample.bib:8: This is not valid BibTeX"),
        ("docs/literature/sample.bib", "volume = {1},", "month = foo,", "docs/literature/sample.bib:7: This is not valid BibTeX"),
        ("briefs/comments.md", "title: Public", "title: Public: all", "briefs/comments.md:3: This is not valid YAML"),
        ("briefs/comments.md", "revised: 2026-06-01", "revised: 2026-06-31", "briefs/comments.md:12: The value of “revised” is not valid"),
        ("docs/about/index.md", "title: About", "title: [About", "docs/about/index.md:3: This is not valid YAML"),
        ("docs/glossary/terms.yml", "term: Post", "term: \"Post", "docs/glossary/terms.yml:"),
    ],
)
def test_a_source_that_cannot_be_read_is_the_only_thing_reported(
    path: str, old: str, new: str, reported: str, sample: Path, build: Build, published: dict[str, bytes]
) -> None:
    edit(sample / path, old, new)
    built = build(sample)
    assert built.status == 1
    assert "Traceback" not in built.output
    assert built.output.count("series: ") == 1
    assert f"series: {reported}" in built.output
    assert contents(built.site) == published


def test_without_strict_a_site_with_visible_gaps_is_built(sample: Path, build: Build) -> None:
    edit(sample / "briefs/comments.md", "[](law:sample-comments)", "[](law:sample-coments)")
    edit(sample / "briefs/comments.md", "[@sampleson2013first, p. 4]", "[@samplesen2013first, p. 4]")
    (sample / "docs/about/index.md").write_bytes(LATIN_1)
    built = build(sample, strict=False)
    assert built.status == 0, built.output
    assert "briefs/comments.md:44: There is no authority “sample-coments”." in built.output
    page = built.page("briefs/comments/index.html")
    assert '<span class="broken-reference">law:sample-coments</span>' in page
    assert '<span class="broken-reference">[@samplesen2013first, p. 4]</span>' in page
    assert "about/index.html" not in contents(built.site)


@pytest.mark.parametrize(
    ("link", "warning"),
    [("[x](nowhere.md)", "contains a link 'nowhere.md'"), ("[x](#nowhere)", "no such anchor on this page"), ("[x](/briefs/)", "absolute link '/briefs/'")],
)
def test_a_warning_of_mkdocs_leaves_the_old_site_too(
    link: str, warning: str, sample: Path, build: Build, published: dict[str, bytes]
) -> None:
    edit(sample / "docs/about/index.md", "Sample data", f"{link} Sample data")
    built = build(sample)
    assert built.status == 1
    assert warning in built.output
    assert "Traceback" not in built.output
    assert contents(built.site) == published
    assert left_beside(built) == []


def test_a_rebuild_in_the_same_process_picks_up_what_changed(sample: Path, build: Build, published: dict[str, bytes]) -> None:
    edit(sample / "briefs/records.md", "A post is a record [@sampleson2013second, p. 7].", "A post is a letter [@later2025].")
    bibliography = sample / "docs/literature/later.bib"
    bibliography.write_text("@book{later2025, author = {Later, Dana}, title = {A Later Book}, year = {2025}, keywords = {records}}\n")
    # A file restored from elsewhere keeps its old date: it is new all the same.
    os.utime(bibliography, (0, 0))
    (sample / "docs/case-studies/sample-village-2021.md").rename(sample / "docs/case-studies/sample-town-2021.md")
    for path in ("docs/case-studies/sample-town-2021.md", "briefs/comments.md", "whitepaper/01-purpose.md"):
        edit(sample / path, "sample-village-2021", "sample-town-2021")
    built = build(sample)
    assert built.status == 0, built.output
    assert "A post is a letter" in built.page("briefs/records/index.html")
    assert ">Later 2025</a>" in built.page("briefs/records/index.html")
    files = contents(built.site)
    assert "case-studies/sample-town-2021/index.html" in files
    assert "case-studies/sample-village-2021/index.html" not in files
    assert files["briefs/records/records.pdf"] != published["briefs/records/records.pdf"]


def test_equal_sources_give_an_equal_site(sample: Path, build: Build, published: dict[str, bytes]) -> None:
    assert contents(build(sample).site) == published


def test_a_rule_may_be_a_note_or_off(sample: Path, build: Build) -> None:
    edit(sample / "docs/about/index.md", "title: About\n---\n", "title: About\n---\n#### Deep\n\n![](box.svg)\n\n")
    (sample / "docs/about/box.svg").write_bytes((sample / "whitepaper/figures/two-steps.svg").read_bytes())
    built = build(sample, extra={"rules": {"heading": "note", "image-alt": False}})
    assert built.status == 0, built.output
    assert "INFO    -  series: docs/about/index.md:4: The heading “Deep” jumps from level 1 to level 4. Write it with ##. [heading]" in built.output
    assert "text alternative" not in built.output


def test_an_unknown_rule_stops_the_build(sample: Path, build: Build) -> None:
    built = build(sample, extra={"rules": {"headings": "off"}})
    assert built.status == 1
    assert "series: mkdocs.yml: extra.rules names no known rule: “headings”. Did you mean “heading”? [data]" in built.output


def test_the_public_address_is_set_in_one_place(sample: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://records.sample.example/series/")
    built = build(sample)
    assert built.status == 0, built.output
    page = built.page("briefs/comments/index.html")
    assert "https://records.sample.example/series/id/ib-01/" in page
    assert '<link rel="canonical" href="https://records.sample.example/series/briefs/comments/">' in page
    named = [path for path, content in contents(built.site).items() if b"onrecord.example" in content]
    assert named == []


def test_an_address_that_is_set_but_empty_counts_as_not_set(sample: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.setenv(name, "")
    built = build(sample)
    assert built.status == 0, built.output
    assert "https://onrecord.example/id/ib-01/" in built.page("briefs/comments/index.html")


def test_an_address_that_nobody_gave_is_one_clear_line(sample: Path, build: Build) -> None:
    built = build(sample, site_url="")
    assert built.status == 1
    assert "`site_url` is empty" in built.output
    assert "Traceback" not in built.output
    assert not built.site.exists()
    assert left_beside(built) == []


@pytest.mark.proof
def test_the_caller_s_settings_are_not_those_of_the_tests(tmp_path: Path) -> None:
    """`make test` gives the same result in a shell that is set up to publish."""
    names = re.findall(r"!ENV \[?(\w+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert set(names) == set(SETTINGS), "hooks/build/mkdocs_glue.py names the variables that mkdocs.yml reads"
    probe = tmp_path / "test_probe.py"
    probe.write_text(f"import os\n\ndef test_none_is_seen():\n    assert not {{*{[*names, 'SOURCE_DATE_EPOCH']}}} & {{*os.environ}}\n", encoding="utf-8")
    caller = {**os.environ, **dict.fromkeys(names, "https://caller.example/"), "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(probe)]
    done = subprocess.run(command, cwd=ROOT, env=caller, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.proof
@pytest.mark.parametrize("command", ["mkdocs", "hooks.build"])
def test_the_second_of_two_builds_waits_and_says_so(sample: Path, command: str) -> None:
    support.prepare(sample, extra={"series": {"editions": []}})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    lock = os.open(sample, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    second = subprocess.Popen(
        [sys.executable, "-m", command, "build", "--strict"], cwd=sample, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert second.stdout is not None
    while "Another build of this folder is under way; this one waits for it." not in (line := second.stdout.readline()):
        assert line, "it ended without waiting"
    assert second.poll() is None and not (sample / "site").exists()
    os.close(lock)
    said, _ = second.communicate(timeout=300)
    assert second.returncode == 0, said
    assert (sample / "site/index.html").exists()


def test_packages_that_are_not_installed_are_named(sample: Path, build: Build) -> None:
    (sample / "node_modules").mkdir()
    built = build(sample)
    assert built.status == 1
    assert "`make site` installs them all" in built.output
    assert "Traceback" not in built.output
    assert left_beside(built) == []


@pytest.mark.proof
def test_text_that_would_be_markup_is_escaped_on_every_page(sample: Path, build: Build) -> None:
    hostile = 'A <script>alert(1)</script> & "B"'
    edit(sample / "briefs/comments.md", "title: Public comments", f"title: {hostile}")
    edit(sample / "briefs/comments.md", "question: May we", f"question: {hostile}")
    edit(sample / "briefs/comments.md", "summary: Sample data.", f"summary: {hostile}")
    edit(sample / "briefs/comments.md", "The survey of 2024 added.", hostile)
    edit(sample / "whitepaper/index.md", "title: The sample series", f"title: {hostile}")
    edit(sample / "docs/case-studies/sample-county-2020.md", "title: Sample County", f"title: {hostile}")
    edit(sample / "docs/case-studies/sample-county-2020.md", "agency: Sample County", f"agency: {hostile}")
    edit(sample / "docs/law/sample.yml", "short: Sample Comments Act § 1", f"short: {hostile}")
    edit(sample / "docs/law/sample.yml", "name: Sample Comments Act", f"name: {hostile}")
    edit(sample / "docs/glossary/terms.yml", "term: Public forum", f"term: {hostile}")
    edit(sample / "docs/about/index.md", "title: About", f"title: {hostile}")
    built = build(sample)
    assert built.status == 0, built.output
    pages = {path: content.decode() for path, content in contents(built.site).items() if path.endswith(".html")}
    assert [path for path, page in pages.items() if "<script>alert" in page] == []
    assert sum("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages.values()) > 10
    assert "</script" not in built.page("search/words.js") + built.page("search/text-0.js")
    for page in pages.values():
        for script in html.document_fromstring(page).iter("script"):
            assert script.get("src") or script.text in (APPLY, SCRIPT) or isinstance(json.loads(script.text), dict)


@pytest.mark.proof
def test_properdocs_makes_the_same_site(sample: Path, published: dict[str, bytes], tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("properdocs")
    if not command.exists():
        pytest.skip("properdocs is not installed: pip install -e .[dev]")
    other = tmp_path / "properdocs"
    done = subprocess.run(
        [command, "build", "--strict", "-f", str(sample / support.CONFIG), "--site-dir", str(other)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    theirs = contents(other)
    assert set(published) == set(theirs)
    assert [path for path in theirs if theirs[path] != published[path]] == []
