"""A build that would make again what is there does not begin; any doubt means a build."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hooks.build import up_to_date
from hooks.build.up_to_date import NOTE, RECORD, Doubt, Record, Seen, Watch, read, settings_of, tell_done, written
from hooks.site.promises import OFFERED

from . import support
from .support import ROOT, contents, edit

DAY = date(2026, 11, 29)
STRICT = ("build", "--strict")
ENVIRONMENT = {"SITE_URL": "https://a.example/", "HOME": "/home/x", "SHLVL": "1"}
FILES = {
    "mkdocs.yml": "site_name: X\nsite_url: !ENV [ADDRESS, 'https://b.example/']\n",
    "docs/index.md": "Hello.\n",
    "briefs/one.md": "One.\n",
    "docs/.hidden.md": "Hidden.\n",
    "tests/test_x.py": "x = 1\n",
    "node_modules/@fontsource/inter/package.json": '{"version": "1"}',
    "site/index.html": "<p>Hello.",
    "site/a/b.html": "<p>One.",
    OFFERED: "[]",
}
NOTES = ["series: links.lock: 3 addresses are not promised yet", "series: briefs/one.md:1: A note. [draft]"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def watch(root: Path, arguments: tuple[str, ...] = STRICT, day: date = DAY, **more: str) -> Watch | None:
    return Watch.of(root, arguments, {**ENVIRONMENT, **more}, day)


def build(root: Path, during: Callable[[], object] = lambda: None, say: Callable[[logging.Logger], object] = lambda log: None) -> None:
    """What a build does, as far as its watch is concerned: the site is put in place anew."""
    watching = watch(root)
    assert watching is not None
    log = logging.getLogger("mkdocs.plugins.series")
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    watching.listen()
    for note in NOTES:
        log.info(note, extra={NOTE: True})
    log.info("The editions are set")
    logging.getLogger("mkdocs.commands.build").info("Cleaning site directory")
    say(log)
    during()
    shutil.copytree(root / "site", root / ".site.staging")
    shutil.rmtree(root / "site")
    (root / ".site.staging").rename(root / "site")
    tell_done()


def is_up_to_date(root: Path, arguments: tuple[str, ...] = STRICT, day: date = DAY, **more: str) -> bool:
    found = watch(root, arguments, day, **more)
    notes = found.notes() if found else None
    assert notes in (None, tuple(NOTES))
    return notes is not None


def test_before_the_first_build_and_after_it(project: Path) -> None:
    assert not is_up_to_date(project)
    build(project)
    assert is_up_to_date(project)
    assert is_up_to_date(project)


@pytest.mark.parametrize("path", [name for name in FILES if not name.startswith((".", "tests/")) and ".hidden" not in name] + [OFFERED, "site/a"])
@pytest.mark.parametrize("change", ["edited", "edited to the same length and time", "gone", "a link", "closed"])
def test_a_file_that_is_not_as_it_was_means_a_build(project: Path, path: str, change: str) -> None:
    build(project)
    assert is_up_to_date(project)
    file, times = project / path, (project / path).stat()
    if file.is_dir():
        file.chmod(0o711)
    elif change == "edited":
        file.write_text(f"{FILES[path]}\n# More\n", encoding="utf-8")
    elif change == "edited to the same length and time":
        file.write_text(FILES[path].swapcase(), encoding="utf-8")
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    elif change == "gone":
        file.unlink()
    elif change == "a link":
        file.rename(project / ".elsewhere")
        file.symlink_to(project / ".elsewhere")
    else:
        file.chmod(0o600)
    if FILES.get(path) != FILES.get(path, "").swapcase() or change not in ("edited to the same length and time",):
        assert not is_up_to_date(project)


@pytest.mark.parametrize(
    "path", ["docs/new.md", "new.yml", "site/new.html", "site/new/index.html", "site/.hidden", "node_modules/@fontsource/new/package.json"]
)
def test_a_file_that_was_not_there_means_a_build(project: Path, path: str) -> None:
    build(project)
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("New.\n", encoding="utf-8")
    assert not is_up_to_date(project)
    (project / path).unlink()
    assert is_up_to_date(project) or path == "site/new/index.html"


@pytest.mark.parametrize(
    "path", ["docs/.one.md.swp", "tests/test_x.py", ".git/index", ".cache/pages/x", "site.zip", "docs/__pycache__/x.pyc", "node_modules/x/y.js"]
)
def test_what_no_build_reads_means_none(project: Path, path: str) -> None:
    build(project)
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("New.\n", encoding="utf-8")
    assert is_up_to_date(project)


def test_a_file_that_was_written_again_as_it_was_means_none(project: Path) -> None:
    build(project)
    for name, text in FILES.items():
        (project / name).unlink()
        (project / name).write_text(text, encoding="utf-8")
        os.utime(project / name, (1, 1))
    assert is_up_to_date(project)


def test_a_branch_that_was_visited_means_none(project: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments], cwd=project, check=True, capture_output=True)

    (project / ".gitignore").write_text("/site/\n/.site.*\n/node_modules\n", encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "One")
    build(project)
    git("checkout", "-qb", "other")
    edit(project / "docs/index.md", "Hello", "Good morning")
    (project / "docs/index.md").rename(project / "docs/start.md")
    git("add", ".")
    git("commit", "-qm", "Two")
    assert not is_up_to_date(project)
    git("checkout", "-q", "main")
    assert is_up_to_date(project)


@pytest.mark.parametrize("more", [{"SITE_URL": "https://other.example/"}, {"ADDRESS": "https://c.example/"}, {"SOURCE_DATE_EPOCH": "1"}, {"LC_ALL": "C"}])
def test_another_environment_means_a_build(project: Path, more: dict[str, str]) -> None:
    build(project)
    assert not is_up_to_date(project, **more)
    assert is_up_to_date(project, SHLVL="2", EDITION_PROCESSES="1")


def test_another_day_means_a_build_unless_the_environment_sets_it(project: Path) -> None:
    build(project)
    assert not is_up_to_date(project, day=date(2026, 11, 30))
    fixed = {**ENVIRONMENT, "SOURCE_DATE_EPOCH": "1795305600"}
    of = [up_to_date.surroundings(STRICT, fixed, [], date(2026, 11, day)) for day in (29, 30)]
    assert of[0] == of[1]


@pytest.mark.parametrize("arguments", [("build",), ("build", "--strict", "--clean"), ("build", "-d", "elsewhere"), ("serve",), ("--help",), ()])
def test_other_options_mean_a_build(project: Path, arguments: tuple[str, ...]) -> None:
    build(project)
    assert not is_up_to_date(project, arguments)


def test_other_packages_mean_a_build(project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("packages")
    monkeypatch.syspath_prepend(str(folder))
    (folder / "other-1.0.dist-info").mkdir()
    build(project)
    assert is_up_to_date(project)
    (folder / "other-1.0.dist-info").rename(folder / "other-1.1.dist-info")
    assert not is_up_to_date(project)


def test_other_code_means_a_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = project.parent / f"{project.name}-code" / "hooks"
    code.mkdir(parents=True)
    (code / "one.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(up_to_date, "_CODE", code)
    build(project)
    assert is_up_to_date(project)
    (code / "one.py").write_text("x = 2\n", encoding="utf-8")
    assert not is_up_to_date(project)


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data.replace(b"3 addr", b"4 addr"), lambda data: b"\xff\x00"])
def test_a_damaged_record_means_a_build(project: Path, damage: Callable[[bytes], bytes]) -> None:
    build(project)
    record = project / RECORD
    record.write_bytes(damage(record.read_bytes()))
    assert not is_up_to_date(project)
    build(project)
    assert is_up_to_date(project)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"null", b"[1, 2, 3, 4, 5]", b'[1, "a", {"x": [1]}, {}, []]', b'[1, "a", {"x": ["y", "", ""]}, {}, []]',
        b'[2, "", {}, {}, []]',
    ],
)  # fmt: skip
def test_a_record_of_another_form_is_none(content: bytes) -> None:
    assert read(up_to_date.sealed(content)) is None


def test_a_record_is_read_as_it_was_written() -> None:
    record = Record({"a": Seen(1, "b", "c")}, "d", {"é": Seen(2, "")}, ("Of “x”: no.",))
    assert read(written(record)) == record


def test_a_record_where_a_folder_stands_or_that_cannot_be_written_means_a_build(project: Path) -> None:
    (project / RECORD).mkdir()
    build(project)
    assert not is_up_to_date(project)


def test_a_build_that_told_of_anything_worse_is_not_recorded(project: Path) -> None:
    build(project, say=lambda log: log.warning("A page has no title"))
    assert not is_up_to_date(project)


def test_what_changed_while_it_was_built_is_built_again(project: Path) -> None:
    build(project, during=lambda: edit(project / "docs/index.md", "Hello", "Howdy"))
    assert not is_up_to_date(project)


def test_a_site_that_is_gone_means_a_build(project: Path) -> None:
    build(project)
    shutil.rmtree(project / "site")
    assert not is_up_to_date(project)


def test_a_copy_of_the_project_is_as_up_to_date_as_what_it_was_copied_from(project: Path) -> None:
    build(project)
    copy = project.with_name(f"{project.name}-copy")
    shutil.copytree(project, copy, symlinks=True)
    assert is_up_to_date(copy)
    edit(copy / "docs/index.md", "Hello", "Howdy")
    assert is_up_to_date(project) and not is_up_to_date(copy)


def test_times_vouch_for_a_content_only_once_they_are_past(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up_to_date, "_STILL", 10**15)
    build(project)

    def vouched() -> set[bool]:
        record = read((project / RECORD).read_bytes())
        assert record is not None
        return {bool(seen.stamp) for seen in (*record.read.values(), *record.written.values()) if seen.digest}

    assert vouched() == {False}
    monkeypatch.setattr(up_to_date, "_STILL", -(10**12))
    assert is_up_to_date(project)
    assert vouched() == {True}
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read again") if path.name != RECORD else path.open("rb").read())
    assert is_up_to_date(project)


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "a: [\n", "INHERIT: ../mkdocs.yml\n", "site_dir: ../site\n", "site_dir: /srv/site\n", "site_dir: a/b\n", "site_dir: .x\n",
     "site_dir: !ENV [X]\n", "docs_dir: ../docs\n", "theme: {custom_dir: /usr}\n", "hooks: [a/../../b.py]\n", "a: &a [*a, ../x]\n"],
)  # fmt: skip
def test_settings_that_lead_elsewhere_mean_a_build(project: Path, text: str) -> None:
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(Doubt):
        settings_of(project)
    assert watch(project) is None


def test_settings_name_the_site_and_what_they_take_from_the_environment(project: Path) -> None:
    text = "site_dir: public\nsite_url: !ENV [ONE, TWO, 'x']\nextra: {a: {b: !ENV THREE}}\nnote: /nowhere/at/all\n"
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert settings_of(project) == (project / "public", ["ONE", "TWO", "x", "THREE"])
    assert settings_of(ROOT)[1][:1] == ["SITE_URL"]


def test_the_name_of_what_is_offered_is_that_of_the_promises() -> None:
    assert up_to_date.PROMISES == OFFERED


@pytest.mark.proof
def test_the_command_builds_once_and_says_its_notes_each_time(sample: Path) -> None:
    support.prepare(sample)
    settings = (ROOT / support.CONFIG).read_text(encoding="utf-8")
    settings = re.sub(r"^(watch|nav):\n(?:(?!\w).*\n)+", "", settings, flags=re.MULTILINE).replace("  series:\n", "  series:\n    editions: []\n")
    (sample / support.CONFIG).write_text(settings.replace(" hooks/", f" {ROOT}/hooks/"), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": support.TODAY_EPOCH}

    def run(*arguments: str, **more: str) -> tuple[bool, list[str]]:
        command = [sys.executable, "-X", "importtime", "-m", "hooks.build", "build", "--strict", *arguments]
        done = subprocess.run(command, cwd=sample, env={**environment, **more}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        said = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
        assert re.search(r"\| +mkdocs\b", done.stderr) is None or any("Documentation built" in line for line in said)
        return any("Documentation built" in line for line in said), [line for line in said if "series: " in line and "minute or two" not in line]

    built, notes = run()
    assert built and any("not promised yet" in line for line in notes)
    site = contents(sample / "site")
    assert run() == (False, notes)
    assert run("--force")[0]
    assert run(SITE_URL="https://other.example/")[0]
    assert run()[0]
    edit(sample / "docs/about/index.md", "Sample data", "Sample datum")
    assert run()[0]
    edit(sample / "docs/about/index.md", "Sample datum", "Sample data")
    assert run()[0]
    assert contents(sample / "site") == site
    (sample / "site/about/index.html").unlink()
    assert run()[0]
    assert run() == (False, notes)
