"""Building beside the site, and putting the new one in place only when it is whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Staging:
    """The folder a build writes to, and the site it is to replace. Both lie in one folder, so a rename suffices."""

    site: Path

    @property
    def folder(self) -> Path:
        return self.site.with_name(f".{self.site.name}.staging")

    @property
    def _previous(self) -> Path:
        return self.site.with_name(f".{self.site.name}.previous")

    def begin(self) -> None:
        """An empty folder to build in. What a killed build left is cleared, and a site it had set aside is put back."""
        if self._previous.exists() and not self.site.exists():
            self._previous.rename(self.site)
        self.discard()
        self.folder.mkdir(parents=True)

    def finish(self) -> None:
        """Let the built folder take the site's place."""
        if self.site.exists():
            self.site.rename(self._previous)
        self.folder.rename(self.site)
        shutil.rmtree(self._previous, ignore_errors=True)

    def discard(self) -> None:
        """Drop what was built; the site stays as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.site.exists():
            shutil.rmtree(self._previous, ignore_errors=True)
