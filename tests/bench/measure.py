"""Running a command and measuring it: wall time, CPU time, and peak memory of all its processes together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

_EVERY = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measure:
    """Seconds of wall and CPU time, peak memory in MiB (proportional set size), and how it ended."""

    wall: float
    cpu: float
    peak: float
    outcome: str


@dataclass
class _Family:
    """A process and all that came of it: a browser leaves its parent's session, so parents are followed.

    `times` is the CPU time of each, by process id and start time: that of a browser's processes reaches no parent.
    """

    first: int
    times: dict[tuple[int, int], float] = field(default_factory=dict)
    known: set[tuple[int, int]] = field(default_factory=set)

    def sample(self) -> float:
        """Note the CPU time of every process, and return what they hold, shared pages counted once, in MiB."""
        rows = {row[0]: row for entry in Path("/proc").iterdir() if entry.name.isdigit() and (row := _row(entry))}
        members = {pid for pid, _, start, _ in rows.values() if pid == self.first or (pid, start) in self.known}
        while more := {pid for pid, parent, _, _ in rows.values() if parent in members} - members:
            members |= more
        total = 0
        for pid in members:
            _, _, start, used = rows[pid]
            self.known.add((pid, start))
            self.times[pid, start] = used
            total += _held(pid)
        return total / 1024

    def kill(self) -> None:
        """End whatever is left."""
        for pid, start in self.known:
            row = _row(Path(f"/proc/{pid}"))
            if row and row[2] == start:
                os.kill(pid, signal.SIGKILL)


def run(command: list[str], folder: Path, environment: dict[str, str], limit: float, log: Path) -> Measure:
    """Run `command` in `folder` for at most `limit` seconds; its output goes to `log`."""
    start = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    peak, outcome, family = 0.0, "", _Family(process.pid)
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, family.sample())
        if time.monotonic() - start > limit:
            outcome = f"stopped after {limit:.0f} s"
            family.kill()
            _, status, usage = os.wait4(process.pid, 0)
            break
        time.sleep(_EVERY)
    wall = time.monotonic() - start
    family.kill()
    code = os.waitstatus_to_exitcode(status)
    # Short-lived processes are only in the first sum, those that no parent waits for only in the second.
    used = max(usage.ru_utime + usage.ru_stime, sum(family.times.values()))
    return Measure(wall, used, peak, outcome or ("done" if code == 0 else f"failed with status {code}"))


def checked(measure: Measure, lacking: Sequence[str]) -> Measure:
    """The measure; one of a build that said it had finished counts as such only where nothing is `lacking`."""
    if measure.outcome != "done" or not lacking:
        return measure
    more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
    return replace(measure, outcome=f"said that it had finished, without {lacking[0]}{more}")


def _row(entry: Path) -> tuple[int, int, int, float] | None:
    """Process id, parent, start time in ticks, and CPU time in seconds (proc(5)); None where it has ended."""
    try:
        rest = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(entry.name), int(rest[1]), int(rest[19]), (int(rest[11]) + int(rest[12])) / _TICKS


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
