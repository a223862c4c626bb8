"""Running a command and measuring it: wall time, CPU time, and peak memory of all its processes together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.25


@dataclass(frozen=True)
class Measure:
    """Seconds of wall and CPU time, peak memory in MiB (proportional set size), and how it ended."""

    wall: float
    cpu: float
    peak: float
    outcome: str


def run(command: list[str], folder: Path, environment: dict[str, str], limit: float, log: Path) -> Measure:
    """Run `command` in `folder` for at most `limit` seconds; its output goes to `log`."""
    start = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    peak, outcome = 0.0, ""
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, _memory(process.pid))
        if time.monotonic() - start > limit:
            outcome = f"stopped after {limit:.0f} s"
            os.killpg(process.pid, signal.SIGKILL)
            _, status, usage = os.wait4(process.pid, 0)
            break
        time.sleep(_EVERY)
    wall = time.monotonic() - start
    code = os.waitstatus_to_exitcode(status)
    return Measure(wall, usage.ru_utime + usage.ru_stime, peak, outcome or ("done" if code == 0 else f"failed with status {code}"))


def _memory(session: int) -> float:
    """What all processes of the session hold, shared pages counted once, in MiB."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) != session:
                continue
            for line in (entry / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue  # it ended meanwhile
    return total / 1024
