"""Pictures, set by Typst from the series' own fonts, at build time: of a publication for link previews elsewhere, 1200 × 630, and of a
notice, for an agency to post, 1200 × 1500."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hooks.core.cache import Cache, digest
from hooks.core.code import code_digest
from hooks.core.look import look_key
from hooks.core.workers import Call, WorkerEnded, here
from hooks.editions.engine import look_source
from hooks.editions.fonts import faces

WIDTH, HEIGHT = 1200, 630
_CARD = """
#let data = json(bytes(sys.inputs.card))
#set page(width: 1200pt, height: 630pt, margin: (x: 88pt, y: 76pt), fill: colors.paper)
#set text(font: faces.sans, size: 30pt, fill: colors.soft, lang: "en", hyphenate: false)
#place(top + left, dx: -88pt, dy: -76pt, rect(width: 24pt, height: 630pt, fill: colors.brand))
#block[#data.kind]
#v(34pt)
#let fits(sizes, make) = context layout(room => {
  // The largest of the sizes at which everything stands on the picture.
  let fitting = sizes.filter(size => measure(width: room.width, make(size)).height <= 320pt)
  make(if fitting.len() > 0 { fitting.first() } else { sizes.last() })
})
#let figure-of(number) = text(font: faces.heading, size: 230pt, weight: 300, fill: colors.accent, top-edge: "cap-height", bottom-edge: "baseline", number)
#let words(size) = block({
  set par(leading: 0.32em)
  text(font: faces.heading, size: size, weight: 600, fill: colors.ink, top-edge: "cap-height", data.title)
  if data.subtitle != "" { v(12pt); text(font: faces.heading, size: calc.max(size * 0.45, 26pt), data.subtitle) }
})
#block(height: 340pt, inset: (top: 10pt), clip: true, grid(columns: if data.number == "" { (1fr,) } else { (auto, 1fr) }, column-gutter: 44pt, align: top,
  ..if data.number == "" { () } else { (figure-of(data.number),) },
  fits((80pt, 64pt, 52pt, 42pt, 34pt), words)))
#place(bottom + left, text(weight: 600, fill: colors.brand, data.series))
"""


_NOTICE = """
#let data = json(bytes(sys.inputs.card))
#set page(width: 1200pt, height: 1500pt, margin: (left: 120pt, right: 96pt, y: 110pt), fill: colors.paper)
#set text(font: faces.sans, fill: colors.ink, lang: "en", hyphenate: false)
#place(top + left, dx: -120pt, dy: -110pt, rect(width: 36pt, height: 1500pt, fill: colors.brand))
#let run((bold, words)) = text(weight: if bold { 600 } else { 400 }, words)
#let notice(size) = {
  set text(size: size)
  set par(leading: 0.55em, spacing: 1.1em)
  if data.head != "" {
    set par(leading: 0.34em)
    block(below: 0.9em, text(font: faces.heading, size: size * 1.5, weight: 600, data.head))
  }
  for runs in data.said { par(runs.map(run).join()) }
}
#align(horizon, context layout(room => {
  // The largest of the sizes at which everything stands on the picture.
  let fitting = (84pt, 75pt, 66pt, 60pt, 54pt, 48pt, 43pt, 38pt, 34pt, 30pt).filter(size => measure(width: room.width, notice(size)).height <= room.height)
  notice(if fitting.len() > 0 { fitting.first() } else { 26pt })
}))
"""


@dataclass(frozen=True)
class Notice:
    """What the picture of a notice says: its first words in large type, or none, and its paragraphs as runs of (bold, text)."""

    head: str
    said: tuple[tuple[tuple[bool, str], ...], ...]

    @classmethod
    def of(cls, said: tuple[tuple[tuple[bool, str], ...], ...]) -> Notice:
        """Of these paragraphs. The bold words that begin the first are its head."""
        first = said[0] if said else ()
        if not first or not first[0][0]:
            return cls("", said)
        (_, head), *rest = first
        rest = [(bold, words.lstrip() if number == 0 else words) for number, (bold, words) in enumerate(rest)]
        after = (tuple(rest),) if any(words.strip() for _, words in rest) else ()
        return cls(head.strip(), (*after, *said[1:]))


@dataclass(frozen=True)
class Card:
    """What the picture of a publication says."""

    kind: str
    number: str
    title: str
    subtitle: str
    series: str


_SOURCES = {Card: _CARD, Notice: _NOTICE}


def pictures(wanted: Sequence[Card | Notice], fonts: Path, cache: Cache, run: Callable[[Sequence[Call]], Iterator[Any]] = here) -> list[bytes]:
    """The pictures as PNG. Equal input gives equal bytes; `fonts` is a folder made by `editions.fonts.build_fonts`.

    `run` makes the calls that are needed and gives their results in order.
    """
    own = (code_digest(__name__), look_key(), *faces(fonts))
    texts = [json.dumps(asdict(card), ensure_ascii=False, sort_keys=True) for card in wanted]
    keys = [digest(type(item).__name__, version("typst"), text, *own) for item, text in zip(wanted, texts, strict=True)]
    found = [cache.get("cards", key) for key in keys]
    missing = [index for index, picture in enumerate(found) if picture is None]
    for index, made in zip(missing, run([(draw, (_SOURCES[type(wanted[index])], texts[index], fonts)) for index in missing]), strict=True):
        if isinstance(made, WorkerEnded):
            raise OSError(None, f"the process that drew it ended with {made}", f"The picture of “{_name(wanted[index])}”")
        found[index] = cache.put("cards", keys[index], made)
    return [picture for picture in found if picture is not None]


def _name(item: Card | Notice) -> str:
    return item.title if isinstance(item, Card) else item.head or " ".join(words for runs in item.said for _, words in runs)


def draw(template: str, text: str, fonts: Path) -> bytes:
    """The picture that says `text`, a `Card` or `Notice` as JSON."""
    import typst

    source = (look_source() + template).encode()
    own = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    return bytes(typst.compile(source, format="png", ppi=72.0, sys_inputs={"card": text}, font_paths=own))
