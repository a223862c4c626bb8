"""Follow the README on a bare Debian, as root: `python3 -m tests.fresh bookworm trixie`.

For each release, debootstrap makes a root with next to nothing in it. There an ordinary user installs what the README names,
clones this project as it is committed, and gives the README's two commands; `--ci` runs `.ci/run` in a clone of its own
instead, and `--only site` the first command alone. What was said is in `<folder>/<release>.log`; at the end stand times,
sizes and counts.

A machine that reaches its registries by a proxy or a certificate of its own says so by `--overlay`, a folder whose files are
laid over the root before anything runs (say `usr/local/share/ca-certificates/ours.crt`), and `--env NAME=VALUE`.
Only the standard library is needed, and debootstrap.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USER = "clerk"
HOME = f"/home/{USER}"
CLONE = "on-the-record"
# Every installed Debian has these, and debootstrap's smallest has not: certificates, and the names of time zones.
_BASE = "ca-certificates,tzdata"
_SCRIPT_OF = {"noble": "gutsy"}
"""debootstrap before 1.0.134 does not know these releases; Ubuntu's all go by one script."""


@dataclass(frozen=True)
class Instructions:
    """What the README tells a newcomer: the packages to install first, those that the tests use, and the commands."""

    packages: tuple[str, ...]
    optional: tuple[str, ...]
    commands: tuple[str, ...]


def instructions(readme: str) -> Instructions:
    """Read them from the section “Two commands”. Raises ValueError where it is not written as this expects."""
    found = re.search(r"^## Two commands\n(.*?)^## ", readme, re.MULTILINE | re.DOTALL)
    block = re.search(r"^```sh\n(.*?)^```", found[1], re.MULTILINE | re.DOTALL) if found else None
    before = re.search(r"`apt-get install ([^`]+)`", found[1][: block.start()]) if found and block else None
    if not found or not block or not before:
        raise ValueError("README.md, “Two commands”: a line with `apt-get install …` and then a block of commands are expected")
    after = re.search(r"^\*\*What the tests use.*$", found[1], re.MULTILINE)
    optional = re.findall(r"`(?:apt-get install )?((?!make )[a-z0-9][a-z0-9 .+-]+)`", after[0]) if after else []
    commands = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    return Instructions(tuple(before[1].split()), tuple(" ".join(optional).split()), tuple(command for command in commands if command))


@dataclass
class Step:
    """What was run, how it ended and how long it took."""

    what: str
    status: int
    seconds: float
    said: str = ""

    def __str__(self) -> str:
        counts = [line for line in self.said.splitlines() if re.search(r"\b\d+ (passed|failed|error)", line)]
        last = f"; {counts[-1].strip(' =')}" if counts else ""
        return f"{self.what}: {'done' if self.status == 0 else f'ended with status {self.status}'} in {self.seconds:.0f} s{last}"


@dataclass
class Machine:
    """A bare root of one release under `folder`."""

    release: str
    folder: Path
    variables: Sequence[str] = ()
    steps: list[Step] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.folder / self.release

    @property
    def log(self) -> Path:
        return self.folder / f"{self.release}.log"

    def make(self, mirror: str, options: Sequence[str], overlay: Path | None) -> None:
        """A new root, with the overlay's files in it."""
        shutil.rmtree(self.root, ignore_errors=True)
        extra = [mirror, _SCRIPT_OF[self.release]] if mirror and self.release in _SCRIPT_OF else [mirror] if mirror else []
        self._run("debootstrap", ["debootstrap", "--variant=minbase", f"--include={_BASE}", *options, self.release, str(self.root), *extra])
        if overlay:
            shutil.copytree(overlay, self.root, dirs_exist_ok=True, symlinks=True)
        self.inside("certificates, a user", f"update-ca-certificates; useradd --create-home --shell /bin/bash {USER}")
        bundle = self.root / "srv" / f"{CLONE}.bundle"
        subprocess.run(["git", "-C", str(ROOT), "bundle", "create", "--quiet", str(bundle), "HEAD"], check=True)
        bundle.chmod(0o644)

    def inside(self, what: str, script: str, user: str = "root", needed: bool = True) -> Step:
        """Run a script in the root, in namespaces of its own, so that nothing stays mounted or running afterwards."""
        home = HOME if user == USER else "/root"
        kept = ["LANG=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", f"HOME={home}", f"USER={user}", *self.variables]
        start = f"su {user} -s /bin/bash -c {shlex.quote(f'cd && {script}')}" if user != "root" else f"cd && {script}"
        command = f"mount -t proc proc /proc && mount -t tmpfs -o mode=1777 tmpfs /dev/shm && env -i {shlex.join(kept)} bash -c {shlex.quote(start)}"
        # An ordinary user's /dev, of a root that lies on a disk mounted without devices.
        outside = f"mount --rbind /dev {shlex.quote(str(self.root / 'dev'))} && exec chroot {shlex.quote(str(self.root))} bash -c {shlex.quote(command)}"
        return self._run(what, ["unshare", "--mount", "--pid", "--fork", "bash", "-c", outside], needed)

    def size(self, *paths: str) -> str:
        """Megabytes on disk, as `du` counts them."""
        there = [path for path in (self.root / path.lstrip("/") for path in paths) if path.exists()]
        done = subprocess.run(["du", "-scm", *map(str, there)], capture_output=True, text=True, check=False)
        return f"{done.stdout.split()[-2]} MB" if there else "nothing"

    def _run(self, what: str, command: Sequence[str], needed: bool = True) -> Step:
        start = time.monotonic()
        with open(self.log, "a", encoding="utf-8") as log:
            print(f"\n===== {what}", file=log, flush=True)
            begun = log.tell()
            status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
        with open(self.log, encoding="utf-8", errors="replace") as log:
            log.seek(begun)
            said = log.read()
        step = Step(what, status, time.monotonic() - start, said)
        self.steps.append(step)
        print(f"{self.release}: {step}", flush=True)
        if status and needed:
            raise RuntimeError(f"{self.release}: {what} failed; its last lines:\n" + "\n".join(said.splitlines()[-15:]))
        return step


def follow(machine: Machine, told: Instructions, only: str, ci: bool) -> bool:
    """Do as the README says, or as CI does. The result is whether all went well."""
    clone = f"git clone --quiet /srv/{CLONE}.bundle {CLONE}"
    if ci:
        # As on a runner: git and make are there, what the tests need is not.
        machine.inside("what a runner has", "apt-get update -qq && apt-get install -y -qq --no-install-recommends git make python3-venv")
        machine.inside("a clone", clone)
        step = machine.inside(".ci/run", f"cd {CLONE} && bash .ci/run", needed=False)
        print(f"{machine.release}: {machine.size('/root/on-the-record/.installed/')} installed, {machine.size('/')} in all")
        return step.status == 0
    machine.inside("apt-get install " + " ".join(told.packages), f"apt-get update -qq && apt-get install -y -qq {' '.join(told.packages)}")
    machine.inside("a clone", clone, USER)
    before = machine.size("/")
    well = True
    for command in told.commands:
        if only and command != f"make {only}":
            continue
        step = machine.inside(command, f"cd {CLONE} && {command}", USER, needed=False)
        there = f"{HOME}/{CLONE}"
        print(
            f"{machine.release}: {machine.size(f'{there}/.installed')} installed, {machine.size(f'{there}/site')} of site, "
            f"{machine.size(f'{HOME}/.cache', f'{HOME}/.npm')} of pip's and npm's caches; the machine had {before} before",
            flush=True,
        )
        well &= step.status == 0
    return well


def main() -> int:
    options = argparse.ArgumentParser(prog="python3 -m tests.fresh", description=(__doc__ or "").split("\n")[0])
    options.add_argument("releases", nargs="+", metavar="RELEASE", help="as debootstrap names them: bookworm, trixie, noble")
    options.add_argument("--folder", type=Path, default=Path("/var/tmp/on-the-record-fresh"), help="where the roots are made")
    options.add_argument("--overlay", type=Path, help="a folder whose files are laid over each root")
    options.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help="a variable for every command")
    options.add_argument("--mirror", default="", help="debootstrap's mirror")
    options.add_argument("--debootstrap", default="", metavar="OPTIONS", help="more options for debootstrap")
    options.add_argument("--only", default="", choices=["site", "test"], help="one of the README's two commands")
    options.add_argument("--with-optional", action="store_true", help="install what the README says the tests use")
    options.add_argument("--ci", action="store_true", help="run .ci/run instead of the README's commands")
    options.add_argument("--keep", action="store_true", help="leave the roots where they are")
    chosen = options.parse_args()
    if os.geteuid() or not shutil.which("debootstrap"):
        print("To be run as root, with debootstrap installed: apt-get install debootstrap", file=sys.stderr)
        return 2
    told = instructions((ROOT / "README.md").read_text(encoding="utf-8"))
    if chosen.with_optional:
        told = Instructions(told.packages + told.optional, (), told.commands)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    well = True
    for release in chosen.releases:
        machine = Machine(release, chosen.folder, chosen.env)
        machine.log.unlink(missing_ok=True)
        try:
            machine.make(chosen.mirror, shlex.split(chosen.debootstrap), chosen.overlay)
            well &= follow(machine, told, chosen.only, chosen.ci)
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            print(error, file=sys.stderr)
            well = False
        if not chosen.keep:
            shutil.rmtree(machine.root, ignore_errors=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
