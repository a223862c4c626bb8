"""The policy in every file of the built site, and in the header files as real servers read them."""

from __future__ import annotations

import http.client
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from hooks.site.csp import COMMON, sha256
from tests.hosting import apache, directives, iis, netlify, nginx
from tests.servers import apache_serving, nginx_serving

from .pages import address_of

FORMS = {"_headers": netlify, "_hosting/nginx.conf": nginx, "_hosting/apache.conf": apache}
# What a `type` makes of a script: these hold data and do not run (HTML, 4.12.1).
DATA = ("application/ld+json", "application/json")
# Elements that fetch before the policy is known, if they come before it.
FETCHING = ("script", "link", "style", "img", "iframe", "object", "embed", "base")


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, html.HtmlElement]:
    """Every page by its path below the site."""
    found = {path.relative_to(site).as_posix(): html.parse(str(path)).getroot() for path in sorted(site.rglob("*.html"))}
    assert len(found) > 100
    return found


def files(site: Path) -> list[str]:
    """Every address that a host answers, as the path of a request."""
    paths = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    return [f"/{path.removesuffix('index.html') if path.endswith('/index.html') or path == 'index.html' else path}" for path in paths if path[0] not in "_."]


def stated(tree: html.HtmlElement) -> str:
    (element,) = tree.xpath("//meta[translate(@http-equiv, 'CSP', 'csp') = 'content-security-policy']")
    return element.get("content")


def test_every_page_states_the_policy_that_its_header_states(site: Path, pages: Mapping) -> None:
    rules = (site / "_headers").read_text(encoding="utf-8")
    for path, tree in pages.items():
        header = dict(directives(netlify(rules, f"/{path}")["Content-Security-Policy"]))
        assert header.pop("frame-ancestors") == (("*",) if path.startswith("embed/") else ("'none'",)), path
        assert directives(stated(tree)) == header, path
        assert tree.xpath("//meta[@name='referrer']/@content") == [COMMON["Referrer-Policy"]], path


def test_the_policy_stands_in_the_head_before_anything_that_fetches(pages: Mapping) -> None:
    for path, tree in pages.items():
        names = [node.tag if node.get("http-equiv") is None else node.get("http-equiv") for node in tree.iter() if isinstance(node.tag, str)]
        at = names.index("Content-Security-Policy")
        assert "body" not in names[:at] and not set(FETCHING) & set(names[:at]), path


def test_no_policy_allows_what_is_unsafe(pages: Mapping) -> None:
    for path, tree in pages.items():
        policy = stated(tree)
        assert "unsafe" not in policy and "http" not in policy and "data:" not in policy and "blob:" not in policy, path
        sources = [source for some in directives(policy).values() for source in some]
        assert "*" not in sources, path


def test_nothing_inline_runs_or_styles_but_what_a_hash_names(pages: Mapping) -> None:
    for path, tree in pages.items():
        policy = directives(stated(tree))
        for node in tree.iter():
            if not isinstance(node.tag, str):
                continue
            handlers = [name for name in node.attrib if name.startswith("on")]
            assert not handlers and "style" not in node.attrib, f"{path}: <{node.tag}> has {handlers or 'a style attribute'}"
            for name in ("href", "src", "action", "formaction", "data"):
                assert not (node.get(name) or "").strip().lower().startswith(("javascript:", "data:", "vbscript:")), f"{path}: {node.get(name)}"
            assert node.get("srcdoc") is None, path
            if node.tag == "style":
                assert sha256(node.text or "") in policy["style-src"], f"{path}: a style that no hash names"
            if node.tag == "script" and node.get("src") is None and (node.get("type") or "").lower() not in DATA:
                assert sha256(node.text or "") in policy["script-src"], f"{path}: a script that no hash names"


def test_no_figure_scripts_or_fetches_and_none_has_styles_that_the_policy_refuses(site: Path) -> None:
    figures = sorted(site.rglob("*.svg"))
    assert figures
    for path in figures:
        for node in etree.parse(str(path)).iter(etree.Element):
            tag = etree.QName(node).localname
            assert tag not in ("script", "foreignObject"), path
            assert not [name for name in node.attrib if name.startswith("on")], path
            for name in ("href", "{http://www.w3.org/1999/xlink}href"):
                assert node.get(name, "#").startswith("#"), path
            # The icon follows the reader's light or dark setting, which takes a style; it is shown only as an image.
            if path.parent.name != "assets":
                assert tag != "style" and "style" not in node.attrib, f"{path}: opened by itself it would lose its styles"


def test_the_header_files_agree_on_every_file_of_the_site(site: Path) -> None:
    texts = {name: (site / name).read_text(encoding="utf-8") for name in FORMS}
    names = ("Content-Security-Policy", "X-Frame-Options", "Access-Control-Allow-Origin", *COMMON)
    for path in files(site):
        sent = {name: read(texts[name], path) for name, read in FORMS.items()}
        said = {name: {key: headers.get(key) for key in names} for name, headers in sent.items()}
        assert said["_headers"] == said["_hosting/nginx.conf"] == said["_hosting/apache.conf"], path
        assert said["_headers"]["X-Content-Type-Options"] == "nosniff", path
        assert (said["_headers"]["X-Frame-Options"] is None) == path.startswith("/embed/"), path
        data = path.rpartition(".")[2] in ("atom", "bib", "csv", "ics", "json", "ris") or path.rpartition("/")[2] == "feed.xml"
        assert said["_headers"]["Access-Control-Allow-Origin"] == ("*" if data or path.startswith("/embed/") else None), path


def test_iis_is_given_the_type_of_every_file(site: Path) -> None:
    """It answers 404.3 for a file whose type it does not know; these it has known since version 7."""
    text = (site / "_hosting/web.config").read_text(encoding="utf-8")
    known = {".html", ".css", ".js", ".png", ".gz", ".zip"}
    # What ends in a slash is answered with a page, also where a numbered PDF leads on.
    unknown = {Path(path).suffix for path in files(site) if path[-1] != "/" and Path(path).suffix and "Content-Type" not in iis(text, path)}
    assert unknown <= known


def answers(port: int, path: str) -> tuple[int, list[tuple[str, str]]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.getheaders()


ASKED = (
    "/",
    f"/{address_of('ib-10')}",
    f"/{address_of('ib-10')}{address_of('ib-10').split('/')[1]}.pdf",
    "/assets/fonts/otr-sans.woff2",
    "/assets/site.css",
    "/embed/ib-01/",
    "/id/ib-01/",
    "/linking/",
    "/catalogue.json",
    "/oembed/ib-01.json",
    "/feed.xml",
    "/sitemap.xml",
    "/law/dates.ics",
    "/search/words.js",
    "/nothing/",
)


def check_leads(site: Path, port: int) -> None:
    """A server that reads its file leads the current edition under its number on to the PDF itself, and not to the page that stands there."""
    stem = f"/{address_of('ib-10')}{address_of('ib-10').split('/')[1]}"
    number = next(site.glob(f"{stem[1:]}-ed*.pdf/index.html")).parent.name.removeprefix(stem.rpartition("/")[2])
    status, headers = answers(port, f"{stem}{number}")
    assert status == 302
    assert [urlsplit(value).path for key, value in headers if key.lower() == "location"] == [f"{stem}.pdf"]


def check_server(site: Path, port: int, form: str) -> None:
    text = (site / form).read_text(encoding="utf-8")
    for path in ASKED:
        status, headers = answers(port, path)
        assert status == (404 if path == "/nothing/" else 200), path
        expected = FORMS[form](text, path)
        for name, value in expected.items():
            assert [given for key, given in headers if key.lower() == name.lower()] == [value], (path, name)
        for name in ("X-Frame-Options", "Access-Control-Allow-Origin"):
            assert any(key.lower() == name.lower() for key, _ in headers) == (name in expected), (path, name)


def test_nginx_reads_its_file(site: Path, tmp_path: Path) -> None:
    with nginx_serving(site, site / "_hosting/nginx.conf", tmp_path) as port:
        check_server(site, port, "_hosting/nginx.conf")
        check_leads(site, port)


@pytest.mark.parametrize("way", ["include", "htaccess"])
def test_apache_reads_its_file(site: Path, tmp_path: Path, way: str) -> None:
    root, headers = site, site / "_hosting/apache.conf"
    if way == "htaccess":
        # A copy, for the site stays as it was built.
        root = Path(shutil.copytree(site, tmp_path / "copy"))
        shutil.copyfile(headers, root / ".htaccess")
    with apache_serving(root, headers if way == "include" else None, tmp_path) as port:
        check_server(site, port, "_hosting/apache.conf")
        check_leads(site, port)
