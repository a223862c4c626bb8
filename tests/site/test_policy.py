"""The policy, and the three header files that state it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import html

from hooks.editions.formats import FORMATS
from hooks.site.csp import COMMON, embed_policy, framing_policy, meta, page_policy, sha256
from hooks.site.hosting import EDITIONS_CACHE, FONTS_CACHE, hosting_files
from tests.hosting import apache, directives, iis, netlify, nginx, redirects
from tests.servers import apache_serving, nginx_serving
from tests.serving import guarded, served

STYLE = "body{color:#123}\np::before{content:'“'}"
SCRIPT = 'document.title = "§ 1; <b>"'
PAGE = page_policy([SCRIPT])
OWN = {"embed": embed_policy([STYLE], [SCRIPT]), "linking": framing_policy([SCRIPT])}
FORMS = {"_headers": netlify, "_hosting/nginx.conf": nginx, "_hosting/apache.conf": apache}
FILES = ("index.html", "404.html", "briefs/records/index.html", "briefs/records/records.pdf", "assets/site.css", "assets/fonts/otr-sans.woff2")
PATHS = ("/", "/briefs/", "/briefs/records/", "/embed/ib-01/", "/linking/", *(f"/{path}" for path in FILES))
DATA = (
    "feed.xml", "feed.json", "about/corrections/feed.xml", "feeds/ib-01.atom", "feeds/ib-01.json", "data/cases.csv", "oembed/ib-01.json", "catalogue.json",
    "catalogue.schema.json", "law/dates.ics", "recommendations.csv", "literature.bib", "briefs/records/records.ris", "embed/ib-01/index.html",
)  # fmt: skip
CLOSED = (*FILES, "briefs/records/records.docx", "search/words.js", "assets/site.js", "sitemap.xml", "linking/index.html", "embedded.html", "newfeed.xml.html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in (*CLOSED, *DATA):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("{}")
    return tmp_path


def files(folder: Path, site_url: str = "https://onrecord.example/") -> dict[str, str]:
    return dict(hosting_files(folder, site_url, PAGE, OWN))


def test_a_page_may_load_only_what_is_its_own_and_run_inline_only_what_is_named() -> None:
    policy = directives(PAGE.header)
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ("'none'",)
    assert policy["script-src"] == ("'self'", sha256(SCRIPT))
    assert {source for sources in policy.values() for source in sources} == {"'self'", "'none'", sha256(SCRIPT)}
    assert directives(page_policy().header)["script-src"] == ("'self'",)
    assert PAGE.headers["X-Frame-Options"] == "DENY"


def test_an_embed_may_be_framed_by_anyone_and_load_nothing() -> None:
    policy = directives(embed_policy([STYLE]).header)
    digest = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode()
    none = ("'none'",)
    only = {"style-src": (f"'sha256-{digest}'",), "script-src": none}
    assert policy == {"default-src": none, **only, "form-action": none, "base-uri": none, "frame-ancestors": ("*",)}
    assert directives(embed_policy([STYLE], [SCRIPT]).header)["script-src"] == (sha256(SCRIPT),)
    assert "X-Frame-Options" not in embed_policy([STYLE]).headers


def test_a_hash_follows_the_text_it_allows() -> None:
    assert sha256("a") != sha256("a ")
    # The example of the CSP specification, 8.4.
    assert sha256("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_the_meta_element_says_all_that_the_header_says_but_who_may_frame() -> None:
    for policy in (PAGE, embed_policy([STYLE])):
        head = html.fragment_fromstring(meta(policy), create_parent="div")
        first = head[0]
        assert first.get("http-equiv") == "Content-Security-Policy"
        said, whole = directives(first.get("content")), dict(directives(policy.header))
        del whole["frame-ancestors"]
        assert said == whole
        assert head[1].get("name") == "referrer" and head[1].get("content") == COMMON["Referrer-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_the_three_header_files_say_the_same(folder: Path, path: str) -> None:
    said = {name: read(files(folder)[name], path) for name, read in FORMS.items()}
    policy = OWN.get(path.split("/")[1], PAGE)
    for name, headers in said.items():
        assert {key: headers.get(key) for key in ("X-Frame-Options", *policy.headers, *COMMON)} == {"X-Frame-Options": None, **policy.headers, **COMMON}, name
        assert headers.get("Cache-Control", "") == FONTS_CACHE if "/fonts/" in path else headers.get("Cache-Control") != FONTS_CACHE


@pytest.mark.parametrize("path", PATHS)
def test_no_header_is_given_twice(folder: Path, path: str) -> None:
    text = files(folder)["_headers"]
    assert all(", default-src" not in value for value in netlify(text, path).values())
    rules = [line for line in text.splitlines() if line.startswith("/")]
    assert len(rules) == len(set(rules)) <= 100, "Cloudflare Pages reads at most a hundred rules"
    assert max(map(len, text.splitlines())) <= 2000, "… and at most 2,000 characters a line"


def test_below_a_path_the_servers_tell_the_embeds_by_their_whole_path(folder: Path) -> None:
    made = files(folder, "https://www.example.gov/on-the.record/")
    for name, read in (("_hosting/nginx.conf", nginx), ("_hosting/apache.conf", apache)):
        assert "X-Frame-Options" not in read(made[name], "/on-the.record/embed/ib-01/")
        for path in ("/on-the.record/briefs/", "/embed/ib-01/", "/on-theXrecord/embed/ib-01/"):
            assert read(made[name], path)["X-Frame-Options"] == "DENY", (name, path)


def test_caching_follows_what_a_file_is(folder: Path) -> None:
    made = files(folder)
    for name, read in (("_hosting/nginx.conf", nginx), ("_hosting/apache.conf", apache)):
        paths = ("/", "/briefs/x/x.pdf", "/briefs/x/x.docx", "/x/x.epub", "/assets/fonts/a.woff2", "/assets/site.js")
        ages = {path: read(made[name], path)["Cache-Control"] for path in paths}
        assert ages["/"] == ages["/assets/site.js"] == "no-cache"
        seconds = {path: int(re.search(r"max-age=(\d+)", age)[1]) for path, age in ages.items() if "max-age" in age}
        assert 0 < seconds["/briefs/x/x.pdf"] == seconds["/briefs/x/x.docx"] == seconds["/x/x.epub"] < seconds["/assets/fonts/a.woff2"]


def test_every_form_of_an_edition_is_kept_as_long_and_named_to_apache(folder: Path) -> None:
    made = files(folder)
    for form in FORMATS:
        path = f"/briefs/x/x.{form.suffix}"
        assert nginx(made["_hosting/nginx.conf"], path)["Cache-Control"] == EDITIONS_CACHE
        said = apache(made["_hosting/apache.conf"], path)
        assert (said["Cache-Control"], said["Content-Type"]) == (EDITIONS_CACHE, form.media_type)


@pytest.mark.parametrize("path", PATHS)
def test_the_file_for_iis_says_what_the_others_say(folder: Path, path: str) -> None:
    said = iis(files(folder)["_hosting/web.config"], path)
    others = apache(files(folder)["_hosting/apache.conf"], path)
    assert {name: said.get(name) for name in ("X-Frame-Options", *PAGE.headers, *COMMON)} == {
        name: others.get(name) for name in ("X-Frame-Options", *PAGE.headers, *COMMON)
    }
    for form in FORMATS:
        assert iis(files(folder)["_hosting/web.config"], f"/x.{form.suffix}")["Content-Type"] == form.media_type


def test_the_file_for_iis_opens_all_data_but_the_citations_beside_a_publication_and_no_page(folder: Path) -> None:
    text = files(folder)["_hosting/web.config"]
    said = {path: iis(text, f"/{path}").get("Access-Control-Allow-Origin") for path in (*DATA, *CLOSED)}
    assert {path for path, value in said.items() if value} == set(DATA) - {"briefs/records/records.ris"}


def test_github_pages_is_told_to_leave_the_files_as_they_are(folder: Path) -> None:
    assert files(folder)[".nojekyll"] == ""


LEADS = {"briefs/records/records-ed1.pdf": "briefs/records/records.pdf", "briefs/a.b/a.b-ed12.pdf": "briefs/a.b/a.b.pdf"}


@pytest.mark.parametrize("base", ["", "/on-the.record"])
def test_the_current_edition_under_its_number_leads_on_at_every_host(folder: Path, base: str) -> None:
    made = hosting_files(folder, f"https://www.example.gov{base}/", PAGE, {"embed": embed_policy([STYLE])}, LEADS)
    expected = {f"{base}/{old}": f"{base}/{new}" for old, new in LEADS.items()}
    assert redirects(made["_redirects"], forced=True) == redirects(made["_redirects"], forced=False) == expected
    for name in ("_hosting/nginx.conf", "_hosting/apache.conf"):
        rules = re.findall(r'(?:rewrite|RedirectMatch 302) "(\S+)" "(\S+)"', made[name])
        assert {old: [new for pattern, new in rules if re.search(pattern, old)] for old in expected} == {old: [new] for old, new in expected.items()}
        assert not [new for pattern, new in rules if re.search(pattern, f"{base}/briefs/aXb/aXb-ed12.pdf")], "a dot is a dot"


def test_a_site_without_an_address_is_taken_to_stand_at_the_root(folder: Path) -> None:
    assert files(folder, "") == files(folder, "https://onrecord.example/")


# What programs read, scripts on other hosts may read too, and nothing else.


@pytest.mark.parametrize("site_url", ["https://onrecord.example/", "https://www.example.gov/on-the.record/"])
def test_the_header_files_open_the_data_and_nothing_else(folder: Path, site_url: str) -> None:
    made, base = files(folder, site_url), site_url.partition("://")[2].partition("/")[2]
    for name, read in FORMS.items():
        below = "" if name == "_headers" else base  # It belongs at the root of what the host publishes.
        said = {path: read(made[name], f"/{below}{path}").get("Access-Control-Allow-Origin") for path in (*DATA, *CLOSED)}
        assert said == {**dict.fromkeys(DATA, "*"), **dict.fromkeys(CLOSED)}, name


def test_a_neighbour_below_another_path_is_not_opened(folder: Path) -> None:
    made = files(folder, "https://www.example.gov/on-the.record/")
    for name, read in (("_hosting/nginx.conf", nginx), ("_hosting/apache.conf", apache)):
        for path in ("/catalogue.json", "/feed.xml", "/embed/ib-01/", "/on-theXrecord/catalogue.json"):
            assert "Access-Control-Allow-Origin" not in read(made[name], path), (name, path)


@contextmanager
def as_netlify(root: Path, headers: Path, scratch: Path) -> Iterator[int]:
    """A server that reads `_headers` as its hosts' documentation says."""
    (root / "_headers").write_text(headers.read_text())
    with guarded(root) as address:
        yield int(address.rstrip("/").rpartition(":")[2])


@contextmanager
def as_htaccess(root: Path, headers: Path, scratch: Path) -> Iterator[int]:
    (root / ".htaccess").write_text(headers.read_text())
    with apache_serving(root, None, scratch) as port:
        yield port


@pytest.mark.browser
@pytest.mark.parametrize(
    ("form", "serving"),
    [("_headers", as_netlify), ("_hosting/nginx.conf", nginx_serving), ("_hosting/apache.conf", apache_serving), ("_hosting/apache.conf", as_htaccess)],
    ids=["_headers", "nginx", "apache", "htaccess"],
)
def test_a_script_of_another_origin_reads_the_data_and_nothing_else(browser, folder: Path, tmp_path_factory, form: str, serving) -> None:
    scratch, outside = tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("outside")
    (scratch / "made").write_text(files(folder)[form])
    (outside / "index.html").write_text("<!doctype html><title>Elsewhere</title>")
    context = browser.new_context()
    page = context.new_page()
    with served(outside) as elsewhere, serving(folder, scratch / "made", scratch) as port:
        page.goto(elsewhere)
        ask = """async ([port, paths]) => Object.fromEntries(await Promise.all(paths.map(async (path) =>
          [path, await fetch(`http://127.0.0.1:${port}/${path}`).then((answer) => answer.text(), () => null)])))"""
        paths = [path.removesuffix("index.html") for path in (*DATA, *CLOSED)]
        read = page.evaluate(ask, [port, paths])
    context.close()
    assert {path: text is not None for path, text in read.items()} == {path: path in {each.removesuffix("index.html") for each in DATA} for path in paths}
