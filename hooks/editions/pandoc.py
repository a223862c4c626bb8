"""pandoc, run so that it reads what it is given and nothing else."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypandoc

from .model import EditionError

READER = "html+epub_html_exts-raw_html-raw_tex-tex_math_dollars-smart-auto_identifiers"
"""Texts are texts: no mathematics, no raw HTML or TeX, no emphasis marks or smart quotes."""
_PATIENCE = 180
"""Seconds. The longest publication takes about one."""


def run_pandoc(html: str, arguments: Sequence[str], source: Path) -> bytes:
    """What pandoc makes of `html`: the same for the same input, on any day.

    Raises:
        EditionError: pandoc is missing, refuses its input, or does not end. Names `source`.
    """
    # pandoc reads no file but those that the arguments name, and asks no network: --sandbox.
    command = [_program(source), "--sandbox", "-f", READER, *arguments, "-o", "-"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    try:
        done = subprocess.run(command, input=html.encode(), capture_output=True, check=False, env=environment, timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise EditionError(source, f"pandoc did not end within {_PATIENCE} seconds") from error
    if done.returncode:
        raise EditionError(source, f"pandoc says: {done.stderr.decode('utf-8', 'replace').strip() or f'status {done.returncode}'}")
    return done.stdout


def _program(source: Path) -> str:
    try:
        return pypandoc.get_pandoc_path()
    except OSError as error:
        raise EditionError(source, "pandoc is not installed; `make site` installs it with the package pypandoc_binary") from error
