"""The tools that are compared: how a project for each is laid out, and how it is built."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from hooks.core.cache import Cache
from hooks.editions.fonts import cached_fonts
from hooks.editions.web_fonts import cached_web_fonts
from tests.machine import find_browser

from .corpus import write_briefs

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / ".cache" / "bench"
# What a brief is given out as; the other forms are of other kinds of publications.
_SUFFIXES = {"pdf": ".pdf", "word": ".docx"}
_EXTENSIONS = ["tables", "footnotes", "admonition", "attr_list"]
# The Chromium plugin takes no path to a browser, so its environment starts the one that is there.
_PATCH = """\
import os
from playwright.async_api import BrowserType

_launch = BrowserType.launch


async def launch(self, **options):
    options["executable_path"] = os.environ["BENCH_CHROMIUM"]
    options["args"] = [*(options.get("args") or []), "--no-sandbox"]
    return await _launch(self, **options)


BrowserType.launch = launch
"""


@dataclass(frozen=True)
class Tool:
    """`name` as it is reported; `package` is what its environment holds, empty where it is this project's own environment.

    `editions` are those that this project makes; a tool of neither makes pages alone.
    """

    name: str
    package: str
    plugins: tuple[object, ...] = ()
    editions: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        return bool(self.editions)


TOOLS = (
    Tool("this project, PDF editions", "", editions=("pdf",)),
    Tool("this project, all editions", "", editions=("pdf", "word", "epub", "series")),
    Tool("mkdocs-exporter (Chromium)", "mkdocs-exporter", ("search", {"exporter": {"formats": {"pdf": {"enabled": True, "concurrency": os.cpu_count()}}}})),
    Tool("mkdocs-to-pdf (WeasyPrint)", "mkdocs-to-pdf", ("search", {"to-pdf": {"cover": False}})),
    Tool("MkDocs alone, no PDFs", "", ("search",)),
)


def environment(tool: Tool) -> Path:
    """The Python of the tool's own environment, made if it is not there."""
    if not tool.package:
        return Path(sys.executable)
    folder = BENCH / tool.package.removeprefix("mkdocs-")
    python = folder / "bin" / "python"
    if not (folder / "bin" / "mkdocs").exists():
        import subprocess

        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "mkdocs<2", "mkdocs-material<10", tool.package], check=True)
    if tool.package == "mkdocs-exporter":
        packages = next((folder / "lib").glob("python*/site-packages"))
        (packages / "bench_browser.py").write_text(_PATCH, encoding="utf-8")
        (packages / "bench_browser.pth").write_text("import bench_browser\n", encoding="utf-8")
    return python


def command(tool: Tool, python: Path) -> list[str]:
    """How the tool is asked for a build. Ours ends with an error where an edition cannot be made; the others know no such thing."""
    return [str(python), "-m", "hooks.build", "build", "--strict"] if tool.ours else [str(python), "-m", "mkdocs", "build"]


def lacking(tool: Tool, site: Path, count: int) -> list[str]:
    """What a build of `count` briefs should have left in `site` and did not, by address below it; of the peers, how many PDFs."""
    if tool.package:
        due = 1 if tool.package == "mkdocs-to-pdf" else count
        there = sum(1 for path in site.rglob("*.pdf") if _is_pdf(path))
        return [f"{due - there} PDFs"] if there < due else []
    if not tool.ours:
        return []
    names = [f"briefs/brief-{number:04}/brief-{number:04}" for number in range(1, count + 1)]
    due_files = [f"{name}{suffix}" for name in names for form, suffix in _SUFFIXES.items() if form in tool.editions]
    due_files += ["series.pdf"] if "series" in tool.editions else []
    return [name for name in due_files if not (_is_pdf(site / name) if name.endswith(".pdf") else _is_zip(site / name))]


def _is_pdf(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:5] == b"%PDF-"


def _is_zip(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:2] == b"PK"


def variables() -> dict[str, str]:
    chromium = find_browser() or ""
    return {**os.environ, "BENCH_CHROMIUM": chromium, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795305600"}


def lay_out(tool: Tool, folder: Path, count: int) -> None:
    """A project of `count` briefs for `tool`, with nothing in any cache but fonts."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not tool.ours:
        write_briefs(folder / "docs", count, ours=False)
        (folder / "docs/index.md").write_text("# Synthetic series\n", encoding="utf-8")
        settings: dict[str, object] = {
            "site_name": "Bench",
            "theme": {"name": "material", "font": False},
            "plugins": list(tool.plugins),
            "markdown_extensions": _EXTENSIONS,
        }
    else:
        write_briefs(folder / "briefs", count, ours=True)
        (folder / "briefs/index.md").write_text("---\ntitle: Issue briefs\n---\n/// listing | briefs\n///\n", encoding="utf-8")
        (folder / "docs/literature").mkdir(parents=True)
        (folder / "docs/index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
        (folder / "docs/literature/bench.bib").write_text(
            "@book{a,\n  author = {A, B},\n  title = {C},\n  year = {2020},\n  keywords = {use-and-reach}\n}\n", encoding="utf-8"
        )
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        # Fonts are made once for a machine, as a browser is installed once: no build that is measured makes those that the present code asks for.
        packages = ROOT / "node_modules"
        if packages.is_dir():
            cached_fonts(packages, Cache(ROOT / ".cache"))
            cached_web_fonts(packages, Cache(ROOT / ".cache"))
        for name in ("fonts", "typst-fonts"):
            if (ROOT / ".cache" / name).is_dir():
                shutil.copytree(ROOT / ".cache" / name, folder / ".cache" / name)
        base = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Tolerant)
        settings = {
            "INHERIT": str(ROOT / "mkdocs.yml"),
            "theme": {"custom_dir": str(ROOT / "hooks/theme")},
            "hooks": [str(ROOT / "hooks/mkdocs_events.py")],
            "watch": ["briefs"],
            "nav": None,
            "extra": {"series": base["extra"]["series"] | {"editions": list(tool.editions)}},
        }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


class _Tolerant(yaml.SafeLoader):
    """Reads mkdocs.yml without MkDocs: `!ENV` counts as nothing."""


_Tolerant.add_multi_constructor("!", lambda loader, tag, node: None)


def first_brief(tool: Tool, folder: Path) -> Path:
    return folder / ("briefs" if tool.ours else "docs") / "brief-0001.md"
