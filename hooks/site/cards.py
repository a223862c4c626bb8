"""Pictures for link previews elsewhere: 1200 × 630, set by Typst from the series' own fonts, at build time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hooks.cache import Cache, digest
from hooks.editions.workers import Call, WorkerEnded, here

WIDTH, HEIGHT = 1200, 630
_CARD = """
#let data = json(bytes(sys.inputs.card))
#set page(width: 1200pt, height: 630pt, margin: (x: 88pt, y: 76pt), fill: rgb("#fdfcf9"))
#set text(font: "Public Sans", size: 30pt, fill: rgb("#545b64"), lang: "en", hyphenate: false)
#place(top + left, dx: -88pt, dy: -76pt, rect(width: 24pt, height: 630pt, fill: rgb("#12405a")))
#block[#data.kind]
#v(34pt)
#let fits(sizes, make) = context layout(room => {
  // The largest of the sizes at which everything stands on the picture.
  let fitting = sizes.filter(size => measure(width: room.width, make(size)).height <= 320pt)
  make(if fitting.len() > 0 { fitting.first() } else { sizes.last() })
})
#let figure-of(number) = text(font: "Source Serif 4", size: 230pt, weight: 300, fill: rgb("#a63d1f"), top-edge: "cap-height", bottom-edge: "baseline", number)
#let words(size) = block({
  set par(leading: 0.32em)
  text(font: "Source Serif 4", size: size, weight: 600, fill: rgb("#1c2127"), top-edge: "cap-height", data.title)
  if data.subtitle != "" { v(12pt); text(font: "Source Serif 4", size: calc.max(size * 0.45, 26pt), data.subtitle) }
})
#block(height: 340pt, inset: (top: 10pt), clip: true, grid(columns: if data.number == "" { (1fr,) } else { (auto, 1fr) }, column-gutter: 44pt, align: top,
  ..if data.number == "" { () } else { (figure-of(data.number),) },
  fits((80pt, 64pt, 52pt, 42pt, 34pt), words)))
#place(bottom + left, text(weight: 600, fill: rgb("#12405a"), data.series))
"""


@dataclass(frozen=True)
class Card:
    """What one picture says."""

    kind: str
    number: str
    title: str
    subtitle: str
    series: str


def cards(wanted: Sequence[Card], fonts: Path, cache: Cache, run: Callable[[Sequence[Call]], Iterator[Any]] = here) -> list[bytes]:
    """The pictures as PNG. Equal input gives equal bytes; `fonts` is a folder made by `editions.fonts.build_fonts`.

    `run` makes the calls that are needed and gives their results in order.
    """
    faces = [f"{path.name}:{path.stat().st_size}" for path in sorted(fonts.glob("*.ttf"))]
    texts = [json.dumps(asdict(card), ensure_ascii=False, sort_keys=True) for card in wanted]
    keys = [digest("card", version("typst"), _CARD, text, *faces) for text in texts]
    found = [cache.get("cards", key) for key in keys]
    missing = [index for index, picture in enumerate(found) if picture is None]
    for index, made in zip(missing, run([(draw, (texts[index], fonts)) for index in missing]), strict=True):
        if isinstance(made, WorkerEnded):
            raise OSError(None, f"the process that drew it ended with {made}", f"The preview picture of “{wanted[index].title}”")
        found[index] = cache.put("cards", keys[index], made)
    return [picture for picture in found if picture is not None]


def draw(text: str, fonts: Path) -> bytes:
    """The picture that says `text`, a `Card` as JSON."""
    import typst

    return bytes(typst.compile(_CARD.encode(), format="png", ppi=72.0, sys_inputs={"card": text}, font_paths=[str(fonts)], ignore_system_fonts=True))
