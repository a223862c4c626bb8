"""Outside links, checked against a server on the loopback that redirects, stalls, refuses, and has a bad certificate."""

from __future__ import annotations

import http.server
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hooks.site.linkcheck import CONFIG, REPORT, Finding, findings, main, outside_links, report
from tests.support import ROOT

# The settings leave the loopback alone; here it is all there is.
OPTIONS = ["--exclude-loopback=false", "--exclude-private=false", "--timeout", "2", "--max-retries", "0", "--host-request-interval", "10ms"]


class Host(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/slow"):
            time.sleep(4)
        code = {"/ok": 200, "/moved": 301, "/twice": 308, "/for-now": 302, "/busy": 429, "/closed": 403, "/broken": 503}.get(self.path, 404)
        self.send_response(code)
        if 300 <= code < 400:
            self.send_header("Location", "/moved" if self.path == "/twice" else "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET


def serve(context: ssl.SSLContext | None = None) -> http.server.ThreadingHTTPServer:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A plain host, and one whose certificate nobody has signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the bad certificate: apt-get install openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    Host.asked.clear()
    plain, bad = serve(), serve(context)
    yield f"http://127.0.0.1:{plain.server_port}", f"https://127.0.0.1:{bad.server_port}"
    plain.shutdown()
    bad.shutdown()


def project(folder: Path, *urls: str) -> Path:
    shutil.copy(ROOT / CONFIG, folder / CONFIG)
    (folder / "site/briefs/records").mkdir(parents=True)
    links = "".join(f'<a href="{url}">x</a>' for url in urls)
    (folder / "site/briefs/records/index.html").write_text(f"<!doctype html><title>x</title>{links}<a href='../'>in</a><a href='mailto:a@b.example'>m</a>")
    return folder


def test_every_answer_is_told_apart(tmp_path: Path, hosts: tuple[str, str], capsys) -> None:
    plain, bad = hosts
    paths = ("/ok", "/moved", "/twice", "/for-now", "/gone", "/busy", "/closed", "/broken", "/slow")
    root = project(tmp_path, *(plain + path for path in paths), f"{bad}/ok", "http://127.0.0.1:1/", f"{plain}/ok#part")
    assert main(OPTIONS, root) == 1
    text = (root / REPORT).read_text()
    assert text in capsys.readouterr().out
    parts = {part.split(":")[0]: part for part in text.split("\n## ")}
    assert f"<{plain}/gone>: 404 Not Found" in parts["Dead"]
    assert f"<https://web.archive.org/web/*/{plain}/gone>" in parts["Dead"]
    assert "on: /briefs/records/" in parts["Dead"]
    assert "<http://127.0.0.1:1/>" in parts["Dead"]
    assert f"<{bad}/ok>" in parts["Dead"]
    assert "certificate" in parts["Dead"]
    assert f"<{plain}/moved>: now <{plain}/ok>" in parts["Moved for good"]
    assert f"<{plain}/twice>: now <{plain}/ok>" in parts["Moved for good"]
    assert "/for-now" not in text
    assert f"<{plain}/ok>:" not in text
    for path in ("/busy", "/closed", "/broken", "/slow"):
        assert f"<{plain}{path}>" in parts["Not certain"]


def test_what_was_asked_is_not_asked_again_unless_the_host_was_busy(tmp_path: Path, hosts: tuple[str, str]) -> None:
    plain, _ = hosts
    root = project(tmp_path, f"{plain}/ok", f"{plain}/busy")
    assert main(OPTIONS, root) == 0
    before = Host.asked.count("/busy")
    assert main(OPTIONS, root) == 0
    assert Host.asked.count("/ok") == 1
    assert Host.asked.count("/busy") > before


def test_a_host_is_not_hurried(tmp_path: Path, hosts: tuple[str, str]) -> None:
    plain, _ = hosts
    root = project(tmp_path, *(f"{plain}/ok?{number}" for number in range(5)))
    begun = time.monotonic()
    main([*OPTIONS[:-1], "400ms"], root)
    assert time.monotonic() - begun >= 4 * 0.4 - 0.1


def test_only_outside_links_count_each_once_with_its_pages(tmp_path: Path) -> None:
    root = project(tmp_path, "https://a.example/x#one", "https://a.example/x#two", "https://own.example/guide/")
    (root / "site/index.html").write_text('<a href="https://a.example/x">x</a>')
    assert outside_links(root / "site", "https://own.example/") == {"https://a.example/x": ["", "briefs/records/"]}


def test_no_links_and_bad_settings_say_so(tmp_path: Path, capsys) -> None:
    assert main([], tmp_path) == 2
    assert "make site" in capsys.readouterr().err
    root = project(tmp_path, "https://a.example/")
    (root / CONFIG).write_text("nonsense = true\n")
    assert main(["--offline"], root) == 2
    assert "nonsense" in capsys.readouterr().err


def test_findings_of_an_empty_answer() -> None:
    assert findings({}) == []
    assert report([], {"https://a.example/": [""]}).startswith("# Outside links: 1 addresses asked, 0 to look at")
    assert "on: /briefs/" in report([Finding("https://a.example/", "dead", "404")], {"https://a.example/": ["briefs/"]})
