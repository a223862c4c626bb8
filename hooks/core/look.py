"""The look of all that is made, from `look.toml`, the one file that states colors, faces and sizes.

What makes something asks `look()`, and takes `look_key()` into the key of what it keeps. A text that names the look in marks,
such as site.css or epub.css, is given it by `fill`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hooks.core.cache import digest
from hooks.core.problems import Problem, suggestion
from hooks.core.validate import to_record
from hooks.core.yaml_lines import Document, Path_

FILE = Path(__file__).parents[1] / "look.toml"
SOURCE = "hooks/look.toml"

_GROUNDS = ("paper", "panel")
_TEXTS = ("ink", "soft", "brand", "link", "accent", "case", "law", "recommendation")
_NEEDED = (*_GROUNDS, *_TEXTS, "rule", "edge", "mark", "blank", "fill_2", "fill_3")
_FACES = ("serif", "sans", "mono", "draft")
# WCAG 2.2: text (1.4.3), and the borders of what can be used (1.4.11).
_CONTRASTS = (*((name, 4.5) for name in _TEXTS), ("edge", 3.0))
_MARK = re.compile(r"look\(([a-z0-9_ -]+)\)")
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


def _hex(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValueError(f"“{value}” is no color. Write # and six digits of 0 to 9 and a to f, such as #123abc.")
    return value


Hex = Annotated[str, AfterValidator(_hex)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Color(_Part):
    """`light` for the page by day and for print, `dark` for the page by night, as #rrggbb."""

    light: Hex
    dark: Hex | None = None

    @property
    def word(self) -> str:
        """As Word has it: `123ABC`."""
        return self.light.removeprefix("#").upper()


class Face(_Part):
    """A face of type; what each key means is said in look.toml."""

    package: str = ""
    weights: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    print: tuple[str, ...] = ()
    office: str = ""

    @property
    def web(self) -> str:
        """What our subset for pages is called."""
        return self.page[0]

    @property
    def file(self) -> str:
        """How the names of its files begin: `otr-sans`."""
        return self.web.lower().replace(" ", "-")

    @property
    def family(self) -> str:
        """What the foundry calls it."""
        return self.print[0]


class StandIn(_Part):
    """A face of the reader's machine, under our name for it and with the measures of ours, in per cent (CSS Fonts 5, 4)."""

    name: str
    local: Annotated[tuple[str, ...], Field(min_length=1)]
    weight: str
    size_adjust: float
    ascent_override: float
    descent_override: float


class Use(_Part):
    """Which face sets headings and large numbers, the text of pages, and the text on paper and in Word."""

    heading: str
    page: str
    print: str


class PageSizes(_Part):
    """CSS lengths."""

    text: str
    title: str
    heading_1: str
    heading_2: str
    heading_3: str


class EpubSizes(_Part):
    """Times the reader's own size."""

    title: float
    heading_1: float
    heading_2: float
    heading_3: float


class PaperSizes(EpubSizes):
    """Points."""

    text: float
    small: float


class Sizes(_Part):
    page: PageSizes
    print: PaperSizes
    word: PaperSizes
    epub: EpubSizes


class Look(_Part):
    """All of look.toml."""

    colors: dict[str, Color]
    faces: dict[str, Face]
    use: Use
    stand_in: tuple[StandIn, ...]
    sizes: Sizes

    def light(self, color: str) -> str:
        """The color by day and in print: `#123abc`."""
        return self.colors[color].light

    def face(self, name: str) -> Face:
        """The face of that name, or the one in that use: `serif`, `heading`."""
        return self.faces[getattr(self.use, name, name)]

    def fill(self, text: str) -> str:
        """`text` with every mark `look(…)` replaced by what it names.

        `accent`, `accent dark`: a color. `sans web`, `heading file`: a face by name or use, and a property of `Face`.
        `page title`, `epub heading_1`: a size. `colors`, `colors light`, `faces`: declarations of custom properties.
        `stand-ins`: rules. Raises KeyError for anything else.
        """
        return _MARK.sub(lambda mark: self._named(mark[1]), text)

    def properties(self, names: tuple[str, ...], scheme: str) -> list[str]:
        """Declarations of colors as custom properties; `scheme` is "light", "dark" or "both"."""
        both = [(name, color.light, color.dark) for name, color in self.colors.items() if color.dark and name in (names or self.colors)]
        return [f"--{name}: {light if scheme == 'light' else dark if scheme == 'dark' else f'light-dark({light}, {dark})'}" for name, light, dark in both]

    def _named(self, name: str) -> str:
        first, _, second = name.partition(" ")
        if first == "colors":
            return "; ".join(self.properties((), second or "both"))
        if name == "faces":
            return "; ".join(self._stacks())
        if name == "stand-ins":
            return "\n".join(self._stand_ins())
        if first in self.colors:
            return str(getattr(self.colors[first], second or "light"))
        if first in Sizes.model_fields and second in PageSizes.model_fields:
            size = getattr(getattr(self.sizes, first), second)
            return size if isinstance(size, str) else f"{size:g}"
        if first in self.faces or first in Use.model_fields:
            return str(getattr(self.face(first), second))
        raise KeyError(f"look({name})")

    def _stacks(self) -> list[str]:
        stacks = [f"--{name}: {stack(face.page)}" for name, face in self.faces.items() if face.page]
        return [*stacks, *(f"--{use}: var(--{getattr(self.use, use)})" for use in ("heading", "page"))]

    def _stand_ins(self) -> list[str]:
        rules = []
        for item in self.stand_in:
            local = ", ".join(f'local("{name}")' for name in item.local)
            measures = "".join(f" {name.replace('_', '-')}: {getattr(item, name):g}%;" for name in ("size_adjust", "ascent_override", "descent_override"))
            rules.append(f'@font-face {{ font-family: "{item.name}"; src: {local}; font-weight: {item.weight};{measures} line-gap-override: 0%; }}')
        return rules


def stack(names: tuple[str, ...]) -> str:
    """The value of `font-family`."""
    return ", ".join(f'"{name}"' if " " in name else name for name in names)


def look() -> Look:
    """The look as look.toml states it now. Raises ValueError where `check_look` has something to say."""
    made, problems = read_look(FILE.read_bytes())
    if made is None or problems:
        raise ValueError(str(problems[0]))
    return made


def look_key() -> str:
    """What the key of everything must hold that is made from the look."""
    return digest(FILE.read_bytes())


def check_look() -> list[Problem]:
    """What is wrong with look.toml."""
    try:
        return list(read_look(FILE.read_bytes())[1])
    except OSError as error:
        return [Problem("data", SOURCE, None, f"This file cannot be read: {error.strerror or error}.")]


@cache
def read_look(content: bytes) -> tuple[Look | None, tuple[Problem, ...]]:
    """The look, and what is wrong with it, each at its line."""
    try:
        text = content.decode("utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, (Problem("encoding", SOURCE, None, "This file is not UTF-8.", "Save the file as UTF-8."),)
    except tomllib.TOMLDecodeError as error:
        line, what = re.search(r"at line (\d+)", str(error)), str(error).partition(" (at ")[0]
        message = f"This is not valid TOML: {what}."
        return None, (Problem("data", SOURCE, int(line[1]) if line else None, message, "Check the quotation marks and brackets there."),)
    document = Document(data, _lines(text))
    made, problems = to_record(Look, data, document, SOURCE)
    # TOML's way to write what YAML writes with a colon.
    problems = [replace(problem, remedy=problem.remedy.replace(": …”", " = …”")) for problem in problems]
    return made, tuple(problems or _wrong(made, document) if made else problems)


def _lines(text: str) -> dict[Path_, int]:
    """The line of each table and key, by its path. It knows what look.toml has: tables, arrays of tables, a key a line."""
    lines: dict[Path_, int] = {}
    table: Path_ = ()
    for number, row in enumerate(text.split("\n"), 1):
        if head := _TABLE.match(row):
            table = tuple(head[2].split("."))
            if head[1] == "[[":
                table = (*table, sum(1 for path in lines if path[:-1] == table and isinstance(path[-1], int)))
            lines[table] = number
        elif key := _KEY.match(row):
            lines[(*table, key[1])] = number
    return lines


def _wrong(made: Look, document: Document) -> Iterator[Problem]:
    """What no single value shows: names that are missing, and text too pale for its ground."""
    for table, known, needed in (("colors", made.colors, _NEEDED), ("faces", made.faces, _FACES)):
        for name in needed:
            if name not in known:
                yield Problem("data", SOURCE, document.line((table,)), f"“{name}” is missing from [{table}].", "It is in use: give it back.")
    for use, form in (("heading", ""), ("page", "page"), ("print", "print")):
        name = getattr(made.use, use)
        face = made.faces.get(name)
        forms = [form] if form else ["page", "print", "package", "office"]
        if face is None:
            remedy = suggestion(name, made.faces, f"There are: {', '.join(made.faces)}.")
            yield Problem("data", SOURCE, document.line(("use", use)), f"There is no face “{name}”.", remedy)
        elif lacking := [key for key in forms if not getattr(face, key)]:
            message = f"The face “{name}” has no “{lacking[0]}”, which it needs for “{use}”."
            yield Problem("data", SOURCE, document.line(("use", use)), message, "Give it one, or use another.")
    for scheme in ("light", "dark"):
        for name, least in _CONTRASTS:
            for ground in _GROUNDS:
                color, back = (getattr(made.colors[item], scheme) if item in made.colors else None for item in (name, ground))
                if color and back and (ratio := contrast(color, back)) < least:
                    message = f"“{name}” has a contrast of {ratio:.2f} to “{ground}” ({scheme}); {least} is the least that can be read."
                    yield Problem("data", SOURCE, document.line(("colors", name)), message, "Make it darker." if scheme == "light" else "Make it lighter.")


def contrast(one: str, other: str) -> float:
    """The contrast of two colors (WCAG 2.2, “contrast ratio”): 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
