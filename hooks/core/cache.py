"""A content-addressed cache: what was made once from the same inputs is not made again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "BUILD_CACHE"
"""The environment variable that names the folder of the cache, which several projects and builders may share."""
_HOUR = 3600


def cache_folder(root: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the cache of the project at `root`: the one that the variable names, else `.cache` in it."""
    named = environment.get(VARIABLE, "").strip()
    return root / (Path(named).expanduser() if named else ".cache")


def digest(*parts: bytes | str) -> str:
    """The SHA-256, in hex, of `parts`; a part's end is part of the sum, so ("ab", "c") differs from ("a", "bc")."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def sealed(content: bytes) -> bytes:
    """The content behind its own digest, so that whoever reads it knows it is whole."""
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def opened(stored: bytes) -> bytes | None:
    """What was `sealed`; None where it is damaged."""
    checksum, _, content = stored.partition(b"\n")
    return content if checksum == hashlib.sha256(content).hexdigest().encode() else None


@dataclass(frozen=True)
class Cache:
    """Entries under `folder`, each a file that begins with the digest of its content, and whose time is that of its last use.

    A damaged entry counts as missing; an entry is written under another name first, so a killed build leaves none half done, and builds that
    share the folder find whole ones only. No key and no entry holds a path of the machine: a copy of the folder serves anywhere.
    """

    folder: Path

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry, or None where there is none or it is damaged."""
        try:
            with (self.folder / kind / key).open("rb") as file:
                stored = file.read()
                if abs(time.time() - os.fstat(file.fileno()).st_mtime) > _HOUR:
                    with contextlib.suppress(OSError):
                        os.utime(file.fileno())
        except OSError:
            return None
        return opened(stored)

    def put(self, kind: str, key: str, content: bytes) -> bytes:
        """Store `content` and return it. A cache that cannot be written to is no reason to fail."""
        path = self.folder / kind / key
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, sealed(content))
        except OSError:
            pass
        return content

    def remember(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """The entry, made now if there is none."""
        stored = self.get(kind, key)
        return self.put(kind, key, make()) if stored is None else stored


def unwritable(folder: Path) -> str:
    """Why nothing can be kept in `folder`, in one line with the remedy; empty where something can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return f"{folder} cannot be written to: {error.strerror or error}. Give leave to write there, or delete it: it holds only what can be made again."


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that under its name there is the whole content or what was there before."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
