"""What stands in the way of a first publication is found, each with its remedy; what is right passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.site.hosting import FOLDER, HEADERS_FILE, NO_JEKYLL, REDIRECTS_FILE
from hooks.site.publish_check import HOSTS, MIB, Finding, check, check_address, check_names, check_settings, check_sizes, main, report, resolved, settings_of
from tests.support import ROOT

GOOD = "https://www.example.gov/"
SETTINGS = """site_name: X
site_url: !ENV [SITE_URL, "https://www.example.gov/"]
repo_url: !ENV [REPO_URL, "https://code.example.gov/x"]
plugins:
  - emoji: {index: !!python/name:material.extensions.emoji.twemoji }
extra:
  report: mailto:web@example.gov
  series:
    licence: CC BY 4.0
    licence_url: https://creativecommons.org/licenses/by/4.0/
    licence_confirmed: true
"""
PAGE = '<!doctype html><link rel="canonical" href="https://www.example.gov/"><a class="x" href="law/">Law</a>'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose site can be published anywhere."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    put(tmp_path, "index.html", PAGE)
    links = ("../", "./#x", "..", "a.pdf?x=1&amp;y=2", "//other/x", "mailto:a@b.gov", "#here")
    put(tmp_path, "law/index.html", "".join(f'<a href="{link}">x</a>' for link in links))
    put(tmp_path, "law/a.pdf", "pdf")
    for name in (HEADERS_FILE, REDIRECTS_FILE, NO_JEKYLL, *(f"{FOLDER}/{name}" for name in ("nginx.conf", "apache.conf", "web.config"))):
        put(tmp_path, name, "")
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    path = root / "site" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def stops(root: Path, host: str = "none") -> list[Finding]:
    return [item for item in check(root, root / "site", host) if item.stops]


@pytest.mark.parametrize("host", list(HOSTS))
def test_where_nothing_is_amiss_nothing_stands_in_the_way(project: Path, host: str, capsys) -> None:
    assert stops(project, host) == []
    assert main(["--host", host], project) == 0
    assert "Nothing stands in the way." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "is no whole address"),
        ("www.example.gov/x/", "is no whole address"),
        ("ftp://www.example.gov/", "is no whole address"),
        ("https://[::1/", "is no address"),
        ("https://www.example.gov:x/", "is no address"),
        ("https://onrecord.example/", "is a placeholder"),
        ("https://www.example.org/", "is a placeholder"),
        ("https://site.invalid/", "is a placeholder"),
        ("https://localhost/", "your own network"),
        ("https://intranet/", "your own network"),
        ("https://10.1.2.3/", "your own network"),
        ("http://www.agency.gov/", "begins with http"),
        ("https://www.agency.gov/?x=1", "query or a fragment"),
    ],
)
def test_an_address_that_would_not_do_is_named_with_what_to_give(address: str, said: str) -> None:
    (found,) = [item for item in check_address(address) if item.stops]
    assert said in found.what and found.remedy


@pytest.mark.parametrize("address", [GOOD, "https://www.agency.gov/series/", "https://example.gov/", "https://agency.org.uk:8443/", "https://myexample.com/"])
def test_an_address_that_will_do_passes(address: str) -> None:
    assert list(check_address(address)) == []


def test_a_slash_that_the_build_adds_is_only_noted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (note,) = check_address("https://www.agency.gov/series")
    assert not note.stops and "does not end in a slash" in note.what
    monkeypatch.setenv("SITE_URL", GOOD.rstrip("/"))
    assert stops(project) == []


def test_a_path_is_told_where_the_host_reads_its_files_at_the_root_only() -> None:
    for host in ("netlify", "cloudflare", "github-pages"):
        (note,) = check_address("https://www.agency.gov/series/", host)
        assert not note.stops and "/series/" in note.what
    assert list(check_address("https://www.agency.gov/series/", "nginx")) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("report: mailto:web@example.gov", 'report: ""', "extra.report"),
        ("report: mailto:web@example.gov", "report: web@example.gov", "extra.report"),
        ("licence_confirmed: true", "licence_confirmed: false", "licence_confirmed"),
        ("    licence_confirmed: true\n", "", "licence_confirmed"),
        ('"https://www.example.gov/"]', '"https://x.example/"]', "SITE_URL"),
    ],
)
def test_a_setting_that_is_still_to_be_made_stands_in_the_way(project: Path, old: str, new: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    assert old in SETTINGS
    (project / "mkdocs.yml").write_text(SETTINGS.replace(old, new), encoding="utf-8")
    assert place in {item.place.removeprefix("mkdocs.yml: ").removeprefix("extra.series.") for item in stops(project)} and main([], project) == 1


def test_the_address_of_the_environment_counts_and_an_empty_one_does_not(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://other.gov/")
    assert settings_of(project)["site_url"] == "https://other.gov/"
    (found,) = stops(project)
    assert "built for https://www.example.gov/, not for https://other.gov/" in found.what and "SITE_URL=https://other.gov/ make site" in found.remedy
    monkeypatch.setenv("SITE_URL", "")
    assert settings_of(project)["site_url"] == GOOD


def test_settings_that_a_file_inherits_count_too(project: Path) -> None:
    (project / "mkdocs.yml").rename(project / "base.yml")
    (project / "mkdocs.yml").write_text("INHERIT: base.yml\nextra:\n  series:\n    licence_confirmed: false\n", encoding="utf-8")
    series = settings_of(project)["extra"]["series"]
    assert series["licence_confirmed"] is False and series["licence"] == "CC BY 4.0" and settings_of(project)["site_url"] == GOOD
    (project / "mkdocs.yml").write_text("INHERIT: mkdocs.yml\n", encoding="utf-8")
    assert main([], project) == 2


def test_what_the_project_itself_still_owes_is_told() -> None:
    places = {item.place for item in check_settings(settings_of(ROOT)) if item.stops}
    series = settings_of(ROOT)["extra"]["series"]
    assert ("mkdocs.yml: extra.series.licence_confirmed" in places) == (not series["licence_confirmed"])


@pytest.mark.parametrize(
    ("name", "host", "said"),
    [
        ("law/A.pdf", "github-pages", "by capitals only"),
        ("law/aux/index.html", "iis", "refuses"),
        ("law/a+b.pdf", "iis", "refuses"),
        ("law/bin/index.html", "iis", "hides"),
        ("law/a:b.pdf", "none", "refuses"),
        ("law/x_vti_y.pdf", "none", "refuses"),
        ("law/end./index.html", "none", "refuses"),
        (f"law/{'x' * 320}.pdf", "none", "characters"),
    ],
)
def test_a_name_that_a_host_refuses_is_told(name: str, host: str, said: str) -> None:
    (found,) = check_names(["law/a.pdf", name], host)
    assert found.place == name and said in found.what and found.remedy


def test_names_that_only_windows_refuses_pass_elsewhere() -> None:
    assert list(check_names(["law/aux/index.html", "law/bin/x", "law/a+b.pdf"], "nginx")) == []


@pytest.mark.parametrize(
    ("files", "host", "many"),
    [
        ({"a.pdf": 1_000_000_001}, "github-pages", 1),
        ({"a.pdf": 999_999_999}, "github-pages", 0),
        ({"a.pdf": 25 * MIB, "b.pdf": 25 * MIB + 1}, "cloudflare", 1),
        ({f"{n}": 1 for n in range(20_001)}, "cloudflare", 1),
        ({f"a/{n}": 1 for n in range(54_001)}, "netlify", 1),
        ({f"a/{n}": 1 for n in range(54_000)}, "netlify", 0),
        ({"a.pdf": 5_000_000_000}, "nginx", 0),
    ],
)
def test_what_is_more_than_a_host_takes_is_told(files: dict[str, int], host: str, many: int) -> None:
    assert len(list(check_sizes(files, host))) == many


@pytest.mark.parametrize(("host", "name"), [
    ("github-pages", NO_JEKYLL), ("netlify", HEADERS_FILE), ("netlify", REDIRECTS_FILE), ("cloudflare", HEADERS_FILE),
    ("nginx", f"{FOLDER}/nginx.conf"), ("apache", f"{FOLDER}/apache.conf"), ("iis", f"{FOLDER}/web.config"),
])  # fmt: skip
def test_a_file_that_the_host_needs_and_that_was_not_copied_is_missed(project: Path, host: str, name: str) -> None:
    (project / "site" / name).unlink()
    assert [item.place for item in stops(project, host)] == [name]


def test_header_rules_beyond_what_cloudflare_reads_are_told(project: Path) -> None:
    put(project, HEADERS_FILE, "".join(f"/{n}\n  X-A: b\n" for n in range(101)))
    assert "101 rules" in stops(project, "cloudflare")[0].what and stops(project, "netlify") == []
    put(project, HEADERS_FILE, f"/\n  X-A: {'b' * 2000}\n")
    assert "characters" in stops(project, "cloudflare")[0].what
    put(project, HEADERS_FILE, "")
    put(project, REDIRECTS_FILE, "/a /b 302\n" * 2001)
    assert [item for item in check(project, project / "site", "cloudflare") if "2,001 rules" in item.what and not item.stops]


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("Law/", "tell capitals apart"), ("law/A.pdf", "tell capitals apart"), ("law/b.pdf", "not in the site"), ("../out/", "not in the site"),
        ("gone", "not in the site"),
    ],
)
def test_a_link_that_leads_nowhere_or_only_where_capitals_do_not_count_is_told(project: Path, href: str, said: str) -> None:
    put(project, "index.html", PAGE + f'<p><img alt="" src="{href}">')
    (found,) = stops(project)
    assert found.place == "index.html" and said in found.what


def test_a_link_into_a_folder_that_jekyll_would_drop_is_told_on_github_pages(project: Path) -> None:
    put(project, "law/_x/index.html", "")
    put(project, "index.html", PAGE + '<a href="law/_x/">x</a>')
    assert stops(project, "github-pages") == []
    (project / "site" / NO_JEKYLL).unlink()
    assert any("passes over names" in item.what for item in stops(project, "github-pages"))


@pytest.mark.parametrize(
    ("folder", "href", "expected"),
    [
        ("a/b", "../c/", "a/c/"), ("a/b", "..", "a/"), ("a", "..", ""), ("", "./", ""), ("a", "x.pdf#p", "a/x.pdf"), ("a", "%C3%A9.pdf", "a/é.pdf"),
        ("a", "#p", None), ("a", "mailto:x@y.gov", None), ("a", "/root", None), ("a", "?q=1", None), ("a", ".", "a/"),
    ],
)  # fmt: skip
def test_a_link_is_resolved_as_a_browser_does(folder: str, href: str, expected: str | None) -> None:
    assert resolved(folder, href) == expected


def test_without_a_site_or_settings_that_is_said(tmp_path: Path, capsys) -> None:
    assert main([], tmp_path) == 2 and "mkdocs.yml cannot be read" in capsys.readouterr().err
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    assert main([], tmp_path) == 1 and "There is no finished site." in capsys.readouterr().out
    (tmp_path / "mkdocs.yml").write_text("- a list\n", encoding="utf-8")
    assert main([], tmp_path) == 2 and "holds no settings" in capsys.readouterr().err
    (tmp_path / "mkdocs.yml").write_text("a: [\n", encoding="utf-8")
    assert main([], tmp_path) == 2


def test_an_unknown_host_is_answered_with_the_nearest(project: Path, capsys) -> None:
    assert main(["--host", "githubpages"], project) == 2
    assert "github-pages" in capsys.readouterr().err


def test_many_of_one_kind_are_told_in_part_and_counted_whole() -> None:
    text = report([Finding(f"p{n}", "gone.", "Mend it.") for n in range(9)], GOOD, "X")
    assert text.count("IN THE WAY") == 5 and "… and 4 more like these." in text and "9 things stand in the way." in text
