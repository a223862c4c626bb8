"""Raising an edition: `make edition BRIEF=ib-08 NOTE="What changed."`, or `python -m hooks.site.new_edition ib-08 --note "What changed."`

The PDF of the present edition is taken from the built site and kept beside the source, where every later build publishes it
at its own address; then `edition`, `revised`, `review_by` and the first line of `changes` are written. All of it is done, or nothing.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

import pikepdf

from hooks.core.cache import write_atomically
from hooks.core.problems import suggestion
from hooks.core.validate import to_record
from hooks.core.yaml_lines import parse
from hooks.series.addresses import beside
from hooks.series.front_matter import NotEditable, edited
from hooks.series.load import load_series
from hooks.series.model import Publication
from hooks.series.sources import DOCS, read_front_matter, split_front_matter
from hooks.series.withheld import scrub

Ask = Callable[[str], str]


class Refused(Exception):
    """Why no edition was raised, and what to do; nothing was written."""


@dataclass(frozen=True)
class Order:
    """What is asked for. `review_by` is None where nobody has said it."""

    publication: str
    note: str
    day: date
    review_by: date | None = None


@dataclass(frozen=True)
class Raised:
    """What was done: the kept files, and the publication's source with its new number; `written` is False where that stood there already."""

    kept: tuple[str, ...]
    path: str
    edition: int
    review_by: date
    law_as_of: date | None
    written: bool
    committed: bool


@dataclass(frozen=True)
class Built:
    """What a PDF says of itself in its XMP metadata, and the source that is embedded in it."""

    id: str
    edition: str
    source: str


def built(pdf: Path, name: str) -> Built:
    """Read the edition in `pdf`, whose source was called `name`. Raises Refused where it is no PDF of ours."""
    try:
        with pikepdf.open(pdf) as document:
            with document.open_metadata() as metadata:
                address, edition = str(metadata.get("dc:identifier", "")), str(metadata.get("xmpMM:VersionID", ""))
            file = document.attachments.get(name)
            source = file.get_file().read_bytes().decode("utf-8") if file is not None else ""
    except (pikepdf.PdfError, OSError, UnicodeDecodeError) as error:
        raise Refused(f"{pdf} cannot be read: {error}. Run `make site`, then this again.") from error
    return Built(PurePosixPath(address).name, edition, source)


def committed_text(root: Path, path: str) -> str | None:
    """The file as it was last committed, None where there is no version control or the file is not in it. Line ends become `\\n`."""
    if shutil.which("git") is None:
        return None
    done = subprocess.run(["git", "-C", str(root), "show", f"HEAD:./{path}"], capture_output=True, check=False)
    try:
        return done.stdout.decode("utf-8-sig").replace("\r\n", "\n") if done.returncode == 0 else None
    except UnicodeDecodeError:
        return None


def raise_edition(root: Path, site: Path, order: Order, ask: Ask | None = None) -> Raised:
    """Keep the present edition of a publication and begin the next. `ask` puts a question to the author, where there is one to ask.

    Raises Refused, with nothing written, where that cannot be done rightly.
    """
    series, problems = load_series(root)
    item = _find(series.publications, order.publication)
    if item is None:
        broken = [str(problem) for problem in problems if problem.path in series.unread]
        known = [p.id for p in series.publications]
        remedy = suggestion(order.publication, known) or suggestion(order.publication, [p.slug for p in series.publications], f"Known are: {', '.join(known)}.")
        raise Refused("\n".join([f"There is no publication “{order.publication}”. {remedy}", *broken]))
    if not item.in_force:
        raise Refused(f"{item.label} is {'a draft: its first edition begins when it is published' if item.draft else item.mark}. No edition was raised.")
    pdf = site / beside(item, "pdf")
    if not pdf.exists():
        raise Refused(f"{_shown(pdf, root)} is not there, and it is what is to be kept: run `make site` first, with every edition switched on.")
    found, number = built(pdf, PurePosixPath(item.path).name), item.front.edition
    if found.id != item.id:
        raise Refused(f"{_shown(pdf, root)} is an edition of “{found.id}”, not of “{item.id}”. Run `make site`, then this again.")
    already = found.edition == str(number - 1)
    if found.edition != str(number) and not already:
        raise Refused(f"{_shown(pdf, root)} is edition {found.edition or '?'}, and {item.path} says {number}. Run `make site`, then this again.")
    committed = _check_text(root, item, found, series.withheld)
    kept = _kept(root, site, item, int(found.edition))
    if already:
        _write(kept, {})
        return Raised(_names(kept, root), item.path, number, item.front.review_by, item.front.law_as_of, False, committed)
    review_by = _review_by(item, order, ask)
    text = (root / item.path).read_bytes().decode("utf-8")
    values = {"edition": str(number + 1), "revised": order.day.isoformat(), "review_by": review_by.isoformat()}
    try:
        new = edited(text, values, (number + 1, order.day, order.note))
    except NotEditable as error:
        raise Refused(f"{item.path}: {error} No edition was raised.") from error
    _check_front(item, new)
    _write(kept, {root / item.path: new.encode()})
    return Raised(_names(kept, root), item.path, number + 1, review_by, item.front.law_as_of, True, committed)


def _find(publications: Sequence[Publication], name: str) -> Publication | None:
    """By id, by path, or by a slug that only one has."""
    slugs = [p for p in publications if p.slug == name]
    return next((p for p in publications if name in (p.id, p.path)), slugs[0] if len(slugs) == 1 else None)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _check_text(root: Path, item: Publication, found: Built, withheld: frozenset[str]) -> bool:
    """Whether the PDF's text is the one that was committed under its number; False where version control does not say. Raises Refused if it is another."""
    last = committed_text(root, item.path)
    document = read_front_matter(last, item.path)[0] if last is not None else None
    if last is None or document is None or not isinstance(document.data, dict) or str(document.data.get("edition")) != found.edition:
        return False
    if scrub(last, withheld) == found.source:
        return True
    now = (root / item.path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    what = f"The PDF of {item.id} in site/ is not made from the text that was committed as edition {found.edition}"
    if now == last:
        raise Refused(f"{what}: site/ is of another day. Run `make site`, then this again.")
    raise Refused(
        f"{what}, so it is not what readers have as edition {found.edition}.\n"
        "Put your changes aside, build what was published, raise the edition, commit that, and take your changes back:\n"
        "    git stash\n    make site\n    make edition …\n    git add -A\n"
        f"    git commit -m \"Edition {int(found.edition) + 1} of {item.id} begins\"\n    git stash pop"
    )


def _kept(root: Path, site: Path, item: Publication, edition: int) -> dict[Path, bytes]:
    """The files of that edition under its number, by where they are kept. One that is kept already must be the same."""
    first = PurePosixPath(item.path).parts[0]
    folder = root / first / (item.url if first == DOCS else item.url.partition("/")[2])
    stem = f"{item.slug}-ed{edition}"
    found = {folder / path.name: path.read_bytes() for path in sorted((site / item.url).glob(f"{stem}.*")) if path.is_file()}
    # The PDF that was looked into, under whatever number it stands.
    found[folder / f"{stem}.pdf"] = (site / beside(item, "pdf")).read_bytes()
    for path, content in found.items():
        if path.exists() and path.read_bytes() != content:
            raise Refused(f"{_shown(path, root)} is there already and differs from the edition in site/. Compare the two, and take away the one that is wrong.")
    return found


def _names(kept: dict[Path, bytes], root: Path) -> tuple[str, ...]:
    return tuple(_shown(path, root) for path in kept)


def _review_by(item: Publication, order: Order, ask: Ask | None) -> date:
    """The day of the next review: as ordered, or asked for with the usual distance as the offer."""
    front = item.front
    if order.day < front.revised:
        raise Refused(f"The date {order.day} is before {front.revised}, when {item.id} was last revised. Give a later one.")
    offer = order.day + max(front.review_by - front.revised, timedelta(days=1))
    chosen = order.review_by
    while chosen is None:
        if ask is None:
            raise Refused(f"By when is {item.id} to be reviewed again? Say REVIEW_BY={offer} or another day; it was {front.review_by}.")
        answer = ask(f"By when is {item.id} to be reviewed again? [{offer}] ").strip()
        try:
            chosen = date.fromisoformat(answer) if answer else offer
        except ValueError:
            continue
    if chosen <= order.day:
        raise Refused(f"The review by {chosen} would not be after {order.day}, the day of the edition. Give a later one.")
    return chosen


def _check_front(item: Publication, text: str) -> None:
    front, _, _ = split_front_matter(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    document, problems = parse(front or "", item.path, first_line=2, rule="front-matter")
    if document is not None:
        problems += to_record(type(item.front), document.data, document, item.path, rule="front-matter")[1]
    if problems:
        raise Refused("\n".join(["The new front matter would not be right, so no edition was raised:", *map(str, problems)]))


def _write(kept: dict[Path, bytes], sources: dict[Path, bytes]) -> None:
    """Write all the files; take back the new ones if one cannot be written."""
    new: list[Path] = []
    try:
        for path, content in {**kept, **sources}.items():
            there = path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            if not there:
                new.append(path)
    except OSError as error:
        for path in new:
            path.unlink(missing_ok=True)
        raise Refused(f"{error.filename or 'A file'} cannot be written: {error.strerror or error}. No edition was raised.") from error


def _order(options: argparse.Namespace) -> Order:
    """What the command line asks for, or every reason why it asks for nothing."""
    wrong, days = [], {}
    if not options.publication.strip():
        wrong.append("Which publication? Give its id: BRIEF=ib-08.")
    if not options.note.strip():
        wrong.append('What changed? Give it in a sentence, as readers will see it: NOTE="The rule on blocking after Lindke."')
    for name in ("date", "review_by"):
        text = getattr(options, name).strip()
        try:
            days[name] = date.fromisoformat(text) if text else None
        except ValueError:
            wrong.append(f"{name.upper()} is “{text}”. Write a date as 2026-11-22.")
    if wrong:
        raise Refused("\n".join(wrong))
    return Order(options.publication.strip(), " ".join(options.note.split()), days["date"] or date.today(), days["review_by"])


def _said(done: Raised) -> str:
    lines = [f"{name}: kept." for name in done.kept]
    if done.written:
        lines.append(f"{done.path}: edition {done.edition}, to be reviewed by {done.review_by}.")
    else:
        lines.append(f"{done.path} said edition {done.edition} already: nothing was changed in it.")
    if done.law_as_of:
        lines.append(f"Law as of {done.law_as_of}: set `law_as_of` if you have read the law again.")
    if not done.committed:
        lines.append("Version control does not have the text of the kept edition: open the file and see that it is the one that readers have.")
    return "\n".join([*lines, "Now `make site`. When you publish, `make links`, and commit the kept file with the rest."])


def main(arguments: list[str] | None = None, root: Path | None = None, ask: Ask | None = None) -> int:
    """Exit status 0 if the edition was raised, 1 if something is missing or in the way."""
    parser = argparse.ArgumentParser(prog="python -m hooks.site.new_edition", description="Keep the present edition of a publication and begin the next.")
    parser.add_argument("publication", nargs="?", default="", help="its id, e.g. ib-08")
    parser.add_argument("--note", default="", help="what changed, in a sentence")
    parser.add_argument("--date", default="", help="the day of the new edition (today)")
    parser.add_argument("--review-by", default="", help="by when it is to be reviewed again")
    root = root or Path.cwd()
    if ask is None and sys.stdin.isatty():
        ask = input
    try:
        print(_said(raise_edition(root, root / "site", _order(parser.parse_args(arguments)), ask)))
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nNo edition was raised.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
