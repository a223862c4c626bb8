"""nginx and Apache as they are installed here, serving a folder with the header file that was made for them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import without


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _program(name: str, package: str) -> str:
    found = shutil.which(name) or next((path for path in (f"/usr/sbin/{name}",) if os.access(path, os.X_OK)), None)
    if found is None:
        reason = f"no {name} on this machine: apt-get install {package}"
        without(reason)
    return found


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
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


@contextmanager
def nginx_serving(root: Path, headers: Path, scratch: Path) -> Iterator[int]:
    """The port at which nginx serves `root` with the file `headers` included."""
    port, types = _free_port(), Path("/etc/nginx/mime.types")
    config = scratch / "nginx.conf"
    folders = "".join(f"{kind}_temp_path {scratch / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config.write_text(
        f"daemon off; master_process off; pid {scratch}/pid; error_log stderr; events {{}}\n"
        f"http {{ {f'include {types};' if types.exists() else ''} access_log off; {folders}\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}; error_page 404 /404.html; include {headers}; }} }}\n"
    )
    with _running([_program("nginx", "nginx-light"), "-p", str(scratch), "-e", "stderr", "-c", str(config)], port):
        yield port


@contextmanager
def apache_serving(root: Path, headers: Path | None, scratch: Path) -> Iterator[int]:
    """The port at which Apache serves `root` with the file `headers` included, or with the `.htaccess` that stands there."""
    port, modules = _free_port(), Path("/usr/lib/apache2/modules")
    command = _program("apache2", "apache2-bin")
    names = ("mpm_event", "authz_core", "dir", "mime", "headers", "setenvif", "alias")
    config = scratch / "apache.conf"
    config.write_text(
        "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
        + f"ServerName localhost\nServerRoot {scratch}\nPidFile {scratch}/pid\nListen 127.0.0.1:{port}\nErrorLog {scratch}/log\n"
        + f"DocumentRoot {root}\nDirectoryIndex index.html\nErrorDocument 404 /404.html\nTypesConfig /etc/mime.types\nMutex file:{scratch}\n"
        + f"<Directory {root}>\nRequire all granted\nAllowOverride {'None' if headers else 'FileInfo'}\n</Directory>\n"
        + (f"Include {headers}\n" if headers else "")
    )
    with _running([command, "-f", str(config), "-D", "FOREGROUND"], port):
        yield port
