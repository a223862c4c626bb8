"""Building beside the site, and putting the new one in place only when it is whole; one build of a folder at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_FOLDER_MODE, _FILE_MODE = 0o755, 0o644
"""What a web server, which is another user, can read, whatever the umask of whoever builds."""


class Lock:
    """A folder, held against other builds of it. It goes with the process, however that ends; nothing is left in the folder."""

    def __init__(self, folder: Path, wait: Callable[[], object]) -> None:
        """Hold `folder`; where another process does, call `wait` and wait for it."""
        self._handle: int | None = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        except OSError:
            # Some network disks know no locks: that is no reason not to build.
            pass

    def release(self) -> None:
        """Let go of it, for good."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


@dataclass(frozen=True)
class Staging:
    """The folder a build writes to, and the site it is to replace. Both lie in one folder, so a rename suffices."""

    site: Path

    @classmethod
    def of(cls, site: Path) -> Staging:
        """For a site at that path; one that is a link is published where the link leads."""
        return cls(site.resolve() if site.is_symlink() else site)

    @property
    def folder(self) -> Path:
        return self.site.with_name(f".{self.site.name}.staging")

    @property
    def woven(self) -> Path:
        """The file that keeps the weaving of its pages for the next build."""
        return self.site.with_name(f".{self.site.name}.woven")

    @property
    def _previous(self) -> Path:
        return self.site.with_name(f".{self.site.name}.previous")

    def restore(self) -> None:
        """Put back the site that a build had set aside when it was killed."""
        if self._previous.exists() and not self.site.exists():
            self._previous.rename(self.site)

    def refusal(self) -> str:
        """Why no site can be put there, in one line with the remedy; empty where one can."""
        if self.site.exists() and not self.site.is_dir():
            return f"{self.site} is a file, and the site would be put there. Move it away."
        if os.path.ismount(self.site):
            return f"{self.site} is a mount point, which no new site can replace. Set `site_dir` to a folder below it."
        parent = next(folder for folder in self.site.parents if folder.exists())
        if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
            return f"{parent} cannot be written to, and the site would be built there. Give leave to write, or set `site_dir` to another folder."
        for folder in (self.folder, self._previous):
            _clear(folder)
            if os.path.lexists(folder):
                return f"{folder}, which an earlier build left, cannot be deleted. Delete it."
        return ""

    def begin(self) -> None:
        """An empty folder to build in. What a killed build left is cleared, and a site it had set aside is put back."""
        self.restore()
        self.discard()
        self.folder.mkdir(parents=True)

    def finish(self) -> None:
        """Let the built folder take the site's place. Raises OSError where it cannot, and leaves the old site there."""
        _open_to_all(self.folder)
        if self.site.exists():
            self.site.rename(self._previous)
        try:
            self.folder.rename(self.site)
        except OSError:
            self.restore()
            raise
        _clear(self._previous)

    def discard(self) -> None:
        """Drop what was built; the site stays as it was."""
        _clear(self.folder)
        if self.site.exists():
            _clear(self._previous)


def _clear(folder: Path) -> None:
    """Delete a folder if it can be, also one whose folders are not to be written to."""
    if not folder.is_dir() or folder.is_symlink():
        folder.unlink(missing_ok=True)
        return
    for here, _, _ in os.walk(folder):
        if not os.access(here, os.W_OK | os.X_OK):
            _set_mode(Path(here), _FOLDER_MODE)
    shutil.rmtree(folder, ignore_errors=True)


def _open_to_all(folder: Path) -> None:
    for here, _, names in os.walk(folder):
        _set_mode(Path(here), _FOLDER_MODE)
        for name in names:
            _set_mode(Path(here, name), _FILE_MODE)


def _set_mode(path: Path, mode: int) -> None:
    if stat.S_IMODE(path.stat().st_mode) == mode:
        return
    # A disk without modes, such as FAT, gives everybody leave.
    with contextlib.suppress(OSError):
        path.chmod(mode)
