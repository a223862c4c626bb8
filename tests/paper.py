"""Reads a PDF as the eye does: the boxes of the words on its pages, and what is wrong with where they stand."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from hooks.core.look import look

OVERPRINT = 1.2
"""Points by which the ink of two words may meet in both directions: accents and italics reach a little into what is beside them."""
HANGING = 4.0
"""Points by which a hyphen, a comma or a quotation mark may hang in the margin."""

SAME_LINE = 4.0
"""Points by which the ink of words in one line may end apart: some have letters that hang below it."""
TEXT_TOP, TEXT_BOTTOM = 64.0, 792 - 64.0
"""Where the text of a report begins and ends on its page of letter size, in points from the top."""
_NUMBERS = 120.0
"""The numbers of recommendations stand left of here."""
_HEADINGS = look().face("heading").family.replace(" ", "")
_TEXT_SIZE, _TWO_LINES = 10.4, 26.0
_SHEET_FOOT = 37.0
"""Points from the bottom of a sheet's page to where its text ends and its foot line begins."""


def broken_badly(pages: Sequence[Sheet], begins_a_page: Collection[str] = ()) -> list[str]:
    """What a printer would not let stand in a report: what `badly_filled` tells, and a heading or the number of a recommendation within
    two lines of the foot."""
    wrong = badly_filled(pages, begins_a_page)
    for sheet in pages:
        for line in sheet.lines(TEXT_TOP, sheet.height - TEXT_TOP):
            numbers = [word for word in line.words if word.left < _NUMBERS and word.size > _TEXT_SIZE]
            room = _TWO_LINES / 2 if numbers else _TWO_LINES
            if any(_is_heading(word) for word in line.words) and line.bottom > sheet.height - TEXT_TOP - room:
                wrong.append(f"page {sheet.number} of {len(pages)} ends with “{line.text}”")
    return wrong


def badly_filled(pages: Sequence[Sheet], begins_a_page: Collection[str] = ()) -> list[str]:
    """A page under a quarter full before the last, and a last page of three lines.

    What has one of the headings `begins_a_page` does so on purpose, and so ends the page before it."""
    wrong = []
    for sheet in pages:
        turned = sheet.width > sheet.height
        last = sheet is pages[-1]
        lines = sheet.lines(TEXT_TOP, sheet.height - TEXT_TOP)
        full = (lines[-1].bottom - TEXT_TOP) / (sheet.height - 2 * TEXT_TOP) if lines else 0
        # A turned table takes a page, and so ends the one before it.
        before_turned = not last and pages[sheet.number].width > pages[sheet.number].height
        ended = not last and pages[sheet.number].first_line in begins_a_page
        if full < 0.25 and not last and not turned and not before_turned and not ended:
            wrong.append(f"page {sheet.number} of {len(pages)} is {full:.0%} full: {' … '.join(line.text for line in lines[:2])}")
        if last and len(lines) <= 3:
            wrong.append(f"the last page, {sheet.number}, has {len(lines)} lines")
    return wrong


def broken_badly_in_columns(pages: Sequence[Sheet]) -> list[str]:
    """The headings of a sheet in two columns that have fewer than two lines under them in theirs; of the last column, that have none."""
    columns = [(sheet, lines) for sheet in pages for column in sheet.columns() if (lines := column.lines(0, sheet.height - _SHEET_FOOT))]
    return [f"a column of page {sheet.number} of {len(pages)} ends with “{line.text}”"
            for place, (sheet, lines) in enumerate(columns, 1) for line in lines[-1 if place == len(columns) else -2:]
            if any(_is_heading(word) for word in line.words)]


def _is_heading(word: Word) -> bool:
    """Headings and numbers are set in the face of headings, unlike the words of a picture and the boxes of a checklist."""
    return word.size > _TEXT_SIZE and _HEADINGS in word.face


@dataclass(frozen=True)
class Word:
    """Characters without white space between them: `left`, `top`, `right`, `bottom` bound their ink, in points from the top left corner.

    `face` is the name of the font in the file, of the first character.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    face: str

    def covers(self, other: Word) -> bool:
        """Whether the ink of one stands in that of the other, by more than faces do by themselves."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > OVERPRINT and down > OVERPRINT


@dataclass(frozen=True)
class Sheet:
    """A page: its number from 1, its size in points, and its words in the order in which they were set."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]

    def overprints(self) -> Iterator[tuple[Word, Word]]:
        """Pairs of words that stand on each other."""
        standing = sorted(self.words, key=lambda word: word.left)
        open_: list[Word] = []
        for word in standing:
            open_ = [other for other in open_ if other.right > word.left]
            yield from ((other, word) for other in open_ if other.covers(word))
            open_.append(word)

    def beyond(self, left: float, right: float) -> list[Word]:
        """Words that begin before `left` or end behind `right`, both in points from the left edge, or leave the page above or below."""
        return [word for word in self.words
                if word.left < left - HANGING or word.right > right + HANGING or word.top < 0 or word.bottom > self.height]

    @property
    def first_line(self) -> str:
        """What the text of a report begins with on this page; empty where there is none."""
        lines = self.lines(TEXT_TOP, self.height - TEXT_TOP)
        return lines[0].text if lines else ""

    def columns(self) -> tuple[Sheet, Sheet]:
        """The page of a sheet as its two columns, each with the words that begin in it."""
        left = tuple(word for word in self.words if word.left < self.width / 2)
        right = tuple(word for word in self.words if word.left >= self.width / 2)
        return replace(self, words=left), replace(self, words=right)

    def lines(self, top: float, bottom: float) -> list[Line]:
        """The lines of text whose ink ends between `top` and `bottom`, downward; what stands side by side is one."""
        found: list[Line] = []
        for word in sorted(self.words, key=lambda word: word.bottom):
            if not top < word.bottom <= bottom:
                continue
            if found and word.bottom - found[-1].bottom < SAME_LINE:
                last = found[-1]
                found[-1] = Line((*last.words, word), max(last.bottom, word.bottom), max(last.size, word.size))
            else:
                found.append(Line((word,), word.bottom, word.size))
        return found


@dataclass(frozen=True)
class Line:
    """Words at one height: where their ink ends, and the size of the largest."""

    words: tuple[Word, ...]
    bottom: float
    size: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in sorted(self.words, key=lambda word: word.left))


def sheets(pdf: Path | bytes) -> list[Sheet]:
    """Every page of `pdf` with its words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_sheet(number, page) for number, page in enumerate(document, 1)]
    finally:
        document.close()


def _sheet(number: int, page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    text = page.get_textpage()
    words: list[Word] = []
    letters: list[tuple[str, float, float, float, float, float]] = []

    def end() -> None:
        if letters:
            words.append(_word(letters, height, _face(text, starts)))
            letters.clear()

    starts = 0
    box = [ctypes.c_double() for _ in range(4)]
    for index in range(pdfium.FPDFText_CountChars(text.raw)):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if letter.isspace() or letter in "\x00\xad\ufffe" or pdfium.FPDFText_IsGenerated(text.raw, index) == 1:
            # The library makes spaces and line ends up; a soft hyphen is a line end.
            end()
            continue
        pdfium.FPDFText_GetCharBox(text.raw, index, *map(ctypes.byref, box))
        left, right, bottom, top = (value.value for value in box)
        # A word that goes on in another line or far away is two.
        if letters and (left < letters[-1][1] - 1 or left > letters[-1][2] + 0.5 * letters[-1][5] or not _level(letters[-1], top, bottom)):
            end()
        starts = starts if letters else index
        letters.append((letter, left, right, bottom, top, pdfium.FPDFText_GetFontSize(text.raw, index)))
    end()
    text.close()
    return Sheet(number, width, height, tuple(words))


def _level(last: tuple[str, float, float, float, float, float], top: float, bottom: float) -> bool:
    """Whether a letter may belong to the line of the one before: a comma and a superscript do."""
    return top > last[3] - last[5] * 0.5 and bottom < last[4] + last[5] * 0.5


def _face(text: pypdfium2.PdfTextPage, index: int) -> str:
    """`SourceSerif4-600-Regular`."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text.raw, index, name, 128, ctypes.byref(flags))
    return name.value.decode("utf-8", "replace")


def _word(letters: Sequence[tuple[str, float, float, float, float, float]], height: float, face: str) -> Word:
    return Word("".join(letter[0] for letter in letters), min(letter[1] for letter in letters), height - max(letter[4] for letter in letters),
                max(letter[2] for letter in letters), height - min(letter[3] for letter in letters), max(letter[5] for letter in letters), face)
