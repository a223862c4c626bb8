"""The policy in every file of the built site, and in the header files as real servers read them."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import etree, html

from hooks.site.csp import COMMON, sha256
from tests.hosting import apache, directives, netlify, nginx
from tests.machine import without

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
    names = ("Content-Security-Policy", "X-Frame-Options", *COMMON)
    for path in files(site):
        said = {name: {key: read(texts[name], path).get(key) for key in names} for name, read in FORMS.items()}
        assert said["_headers"] == said["_hosting/nginx.conf"] == said["_hosting/apache.conf"], path
        assert said["_headers"]["X-Content-Type-Options"] == "nosniff", path
        assert (said["_headers"]["X-Frame-Options"] is None) == path.startswith("/embed/"), path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name: str, package: str) -> str:
    found = shutil.which(name) or next((path for path in (f"/usr/sbin/{name}",) if os.access(path, os.X_OK)), None)
    if found is None:
        reason = f"no {name} on this machine: apt-get install {package}"
        without(reason)
    return found


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """Run a server in the foreground until the block ends."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(100):
            assert server.poll() is None, server.stdout.read()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(10)


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
    "/catalogue.json",
    "/nothing/",
)


def check_server(site: Path, port: int, form: str) -> None:
    text = (site / form).read_text(encoding="utf-8")
    for path in ASKED:
        status, headers = answers(port, path)
        assert status == (404 if path == "/nothing/" else 200), path
        expected = FORMS[form](text, path)
        for name, value in expected.items():
            assert [given for key, given in headers if key.lower() == name.lower()] == [value], (path, name)
        assert any(key.lower() == "x-frame-options" for key, _ in headers) == ("X-Frame-Options" in expected), path


def test_nginx_reads_its_file(site: Path, tmp_path: Path) -> None:
    port, types = free_port(), Path("/etc/nginx/mime.types")
    config = tmp_path / "nginx.conf"
    folders = "".join(f"{kind}_temp_path {tmp_path / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ {f'include {types};' if types.exists() else ''} access_log off; {folders}\n"
        f"server {{ listen 127.0.0.1:{port}; root {site}; error_page 404 /404.html; include {site}/_hosting/nginx.conf; }} }}\n"
    )
    with running([program("nginx", "nginx-light"), "-p", str(tmp_path), "-e", "stderr", "-c", str(config)], port):
        check_server(site, port, "_hosting/nginx.conf")


@pytest.mark.parametrize("way", ["include", "htaccess"])
def test_apache_reads_its_file(site: Path, tmp_path: Path, way: str) -> None:
    port, modules = free_port(), Path("/usr/lib/apache2/modules")
    command = program("apache2", "apache2-bin")
    names = ("mpm_event", "authz_core", "dir", "mime", "headers", "setenvif")
    root = site
    if way == "htaccess":
        # A copy, for the site stays as it was built.
        root = Path(shutil.copytree(site, tmp_path / "copy"))
        shutil.copyfile(site / "_hosting/apache.conf", root / ".htaccess")
    config = tmp_path / "apache.conf"
    config.write_text(
        "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
        + f"ServerName localhost\nServerRoot {tmp_path}\nPidFile {tmp_path}/pid\nListen 127.0.0.1:{port}\nErrorLog {tmp_path}/log\n"
        + f"DocumentRoot {root}\nDirectoryIndex index.html\nErrorDocument 404 /404.html\nTypesConfig /etc/mime.types\nMutex file:{tmp_path}\n"
        + f"<Directory {root}>\nRequire all granted\nAllowOverride {'FileInfo' if way == 'htaccess' else 'None'}\n</Directory>\n"
        + (f"Include {site}/_hosting/apache.conf\n" if way == "include" else "")
    )
    with running([command, "-f", str(config), "-D", "FOREGROUND"], port):
        check_server(root if way == "include" else site, port, "_hosting/apache.conf")
