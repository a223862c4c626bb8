"""What an author sees under `mkdocs serve`: mistakes on the page, and one clear line where nothing can be served."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html

from hooks.build.serving import Heard, mark_pages
from hooks.core.problems import Problem
from tests import support
from tests.served import Served, command, free_port, serving

QUICK = {"extra": {"series": {"editions": ["pdf"]}}}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample with mistakes of every kind that a page can hold."""
    root = support.copy_sample(tmp_path_factory.mktemp("served") / "project")
    support.prepare(root, **QUICK)
    support.edit(root / "briefs/comments.md", "[](law:sample-comments)", "[](law:sample-coments)")
    support.edit(root / "briefs/comments.md", "[@sampleson2013first, p. 4]", "[@samplesen2013first, p. 4]")
    support.edit(root / "docs/law/sample.yml", "status: persuasive", "status: persuading")
    support.edit(root / "whitepaper/01-purpose.md", "title: Purpose", "title: Purpose: all of it")
    support.edit(root / "docs/glossary/index.md", "title:", "title: 'open\ntitle:")
    support.edit(root / "docs/about/index.md", "Sample data", "[x](nowhere.md) Sample data [y](#gone)")
    (root / "docs/open.md").write_text("---\ntitle: Left open\nsummary: Nothing closes this.\n\nText of the page.\n", encoding="utf-8")
    with serving(root) as running:
        yield running


def notice(page: str) -> html.HtmlElement:
    return html.document_fromstring(page).find_class("build-notice")[0]


def items(root: html.HtmlElement) -> list[str]:
    """The notice's entries that stand open, as text."""
    return [" ".join(" ".join(part.text_content() for part in item).split()) for item in root.findall("./ul/li")]


def test_a_mistake_is_shown_on_its_page_with_message_remedy_file_and_line(served: Served) -> None:
    page = served.page("briefs/comments/")
    here = notice(page)
    assert here.getparent().tag == "main" and here.getparent().index(here) == 0
    assert here.tag == "section" and here.get("aria-labelledby") == here.find("h2").get("id")
    assert here.find("h2").text_content() == "2 problems on this page, 6 problems elsewhere"
    assert items(here) == [
        "briefs/comments.md:38 There is no source “samplesen2013first” in the bibliography. Did you mean “sampleson2013first”?",
        "briefs/comments.md:44 There is no authority “sample-coments”. Did you mean “sample-comments”?",
    ]
    assert '<span class="broken-reference">law:sample-coments</span>' in page
    assert not here.xpath(".//@style | .//script | .//style")


def test_what_is_wrong_elsewhere_is_folded(served: Served) -> None:
    here = notice(served.page(""))
    assert here.find("h2").text_content() == "8 problems elsewhere"
    assert items(here) == []
    text = " ".join(" ".join(part.text_content() for part in here.find("details").iter("p")).split())
    assert "docs/law/sample.yml:43 The value of “status” is not valid." in text
    assert "briefs/comments.md:38" in text


def test_front_matter_that_cannot_be_read_is_reported_and_never_printed(served: Served) -> None:
    for path, place in (("white-paper/purpose/", "whitepaper/01-purpose.md:3"), ("open/", "docs/open.md:1"), ("glossary/", "docs/glossary/index.md:")):
        page = html.document_fromstring(served.page(path))
        assert place in notice(served.page(path)).text_content()
        article = page.find_class("prose")[0].text_content()
        assert "title:" not in article and "summary:" not in article and "---" not in article
    assert "Text of the page." in served.page("open/")


def test_what_mkdocs_finds_is_shown_too(served: Served) -> None:
    found = items(notice(served.page("about/")))
    assert [text.partition(" ")[0].rpartition(":")[0] for text in found] == ["docs/about/index.md"] * 2
    assert "There is a link “nowhere.md”, but the target 'about/nowhere.md' is not found among documentation files." in found[0]
    assert "There is a link “#gone”, but there is no such anchor on this page." in found[1]


def test_the_server_s_own_script_may_run(served: Served) -> None:
    page = html.document_fromstring(served.page(""))
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert "script-src 'self' 'unsafe-inline';" in policy and "style-src 'self';" in policy


@pytest.mark.proof
def test_an_edit_is_shown_and_a_build_that_cannot_be_says_so_on_the_pages(sample: Path) -> None:
    support.prepare(sample, **QUICK)
    config, brief, case = sample / support.CONFIG, sample / "briefs/comments.md", sample / "docs/case-studies/sample-village-2021.md"
    good = {path: path.read_text(encoding="utf-8") for path in (config, brief, case)}
    config.write_text(good[config].replace("watch: []", f"watch: ['{sample / 'briefs'}']"), encoding="utf-8")
    good[config] = config.read_text(encoding="utf-8")
    with serving(sample) as served:
        assert "build-notice" not in served.page("briefs/comments/")
        for path, old, new, told in (
            (brief, "[](law:sample-comments)", "[](law:sample-coments)", "There is no authority “sample-coments”."),
            (config, "nav: null", "nav: null: 1", f"{support.CONFIG}:"),
            (config, "nav: null", "nav: 5", "Config value 'nav'"),
            (config, "editions:", "edition:", "“series.edition” is not a known key."),
            (case, "form: SF-1", "form: SF-1, expires: 2026-02-01", "expired"),
        ):
            support.edit(path, old, new)
            served.until(lambda told=told: told in served.page("briefs/comments/"))
            assert served.page("briefs/comments/").count('class="build-notice"') == 1
            assert "Public comments" in served.page("briefs/comments/")
            path.write_text(good[path], encoding="utf-8")
            served.until(lambda: "build-notice" not in served.page("briefs/comments/"))
    assert "Traceback" not in served.output


def test_a_port_that_is_taken_is_one_line_before_anything_is_built(sample: Path) -> None:
    support.prepare(sample)
    with socket.create_server(("127.0.0.1", free_port())) as other:
        port = other.getsockname()[1]
        arguments, variables = command(sample, port)
        done = subprocess.run(arguments, cwd=support.ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and not line.startswith("INFO")]
    assert len(said) == 1 and said[0].startswith(f"127.0.0.1:{port} cannot be served at: address already in use.")
    assert 'make serve SERVE="-a 127.0.0.1:' in said[0]


@pytest.mark.parametrize("strict", [True, False])
def test_a_build_for_readers_holds_no_notice(sample: Path, build: Callable[..., support.Built], strict: bool) -> None:
    if not strict:
        support.edit(sample / "briefs/comments.md", "[](law:sample-comments)", "[](law:sample-coments)")
    built = build(sample, strict=strict, **QUICK)
    assert built.status == 0, built.output
    pages = [path.read_text(encoding="utf-8") for path in built.site.rglob("*.html")]
    assert not any("build-notice" in page or "unsafe-inline" in page for page in pages)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: a: b\n", "mkdocs.yml:1: This is not valid YAML: mapping values are not allowed in this context."),
        ("site_name: x\nextra:\n\tb: 1\n", "mkdocs.yml:3: This is not valid YAML: found character"),
        (None, "mkdocs.yml: This file cannot be read: No such file or directory."),
    ],
)
@pytest.mark.parametrize("what", ["serve", "build"])
def test_a_broken_mkdocs_yml_is_one_line(tmp_path: Path, text: str | None, said: str, what: str) -> None:
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    script = f"import sys; sys.path.insert(0, {str(support.ROOT)!r}); from hooks.build.__main__ import main; sys.exit(main([{what!r}]))"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == "" and done.stderr.startswith(said) and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"series": 5}, "The value of “series” is not valid. Write one “key: value” a line, indented below it."),
        ({"series": {"authors": []}}, "The value of “series.authors” is not valid."),
        ({"series": {"edition": ["pdf"]}}, "“series.edition” is not a known key."),
        ({"series": {"editions": ["pfd"]}}, "The value of “series.editions” is not valid. “pfd” is not allowed. Did you mean “pdf”?"),
        ({"header": [{"label": "Briefs"}]}, "The key “header.url” is missing."),
        ({"header": 7}, "The value of “header” is not valid. Write a list: [one, two]."),
    ],
)
def test_settings_of_the_wrong_kind_are_reported_and_nothing_is_built(
    sample: Path, build: Callable[..., support.Built], extra: dict[str, object], said: str
) -> None:
    built = build(sample, extra=extra)
    assert built.status == 1
    assert "series: mkdocs.yml:" in built.output and said in built.output
    assert "Traceback" not in built.output
    assert not built.site.exists()


def test_a_plugin_that_is_missing_is_named(sample: Path, build: Callable[..., support.Built]) -> None:
    built = build(sample, plugins=["search"])
    assert built.status == 1
    assert "The plugin “bibtex” is missing." in built.output


def test_a_notice_takes_the_place_of_an_older_one_and_goes_when_there_is_nothing(tmp_path: Path) -> None:
    page, stub = tmp_path / "a/index.html", tmp_path / "stub.html"
    page.parent.mkdir()
    page.write_text("<main id='m'><p>Text</p></main>", encoding="utf-8")
    stub.write_text("<p>Moved</p>", encoding="utf-8")
    hostile = Problem("data", "briefs/a.md", 3, "“<script>” is wrong.", "Write </section>.")
    for _ in range(2):
        mark_pages(tmp_path, [("error", hostile), ("note", hostile)], {"a/index.html": "briefs/a.md"})
        text = page.read_text(encoding="utf-8")
        assert text.count("<section") == 1 and "<script>" not in text and "Write &lt;/section&gt;." in text
        assert "1 problem and 1 note on this page" in text and "Note: " in text
    mark_pages(tmp_path, [], {})
    assert page.read_text(encoding="utf-8") == "<main id='m'><p>Text</p></main>"
    assert stub.read_text(encoding="utf-8") == "<p>Moved</p>"


def test_a_warning_that_names_no_page_is_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    heard = Heard(tmp_path)
    # Nobody listens any more when the test is over.
    for logger in heard.loggers:
        monkeypatch.setattr(logger, "handlers", list(logger.handlers))
    heard.begin()
    again = Heard(tmp_path).begin()
    logging.getLogger("mkdocs.structure.nav").warning("A reference to '%s' is included in the 'nav' configuration.", "x.md")
    assert heard.problems == []
    assert again.problems == [Problem("reference", "mkdocs.yml", None, "A reference to 'x.md' is included in the 'nav' configuration.")]
