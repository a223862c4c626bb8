"""look.toml is the one place of colors, faces and sizes: nothing else states one, all that is made follows it, and a fault in it is told kindly."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from hooks.core import look as looks
from hooks.core.cache import Cache
from hooks.core.look import check_look, look, read_look
from hooks.editions.cards import Card, pictures
from hooks.editions.compile import make_edition
from hooks.editions.epub import make_epub
from hooks.editions.fonts import build_fonts
from hooks.editions.plots import plot_svg
from hooks.editions.web_fonts import preloaded, web_faces
from hooks.editions.word import make_word
from hooks.series.plot_data import PlotSpec, Point
from hooks.site.embeds import card_policy, card_style
from tests.support import ROOT, Built, change, edit

from .samples import request

ACCENT, BRAND = "#0a7a3c", "#5b1a6e"
GENERIC = {"serif", "sans-serif", "monospace", "system-ui", "ui-monospace"}
WHITE = {
    "hooks/theme/assets/tools.css": "what stays white in forced colors, so that the bars on it are seen",
    "hooks/editions/epub.css": "the ground of pictures, which are drawn for paper, in a book that is read white on black",
}


def texts() -> dict[str, str]:
    files = [path for path in (ROOT / "hooks").rglob("*") if path.suffix in (".py", ".css", ".js", ".html", ".svg", ".typ", ".xml", ".yml", ".toml")]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files if path.name != "look.toml"}


def test_no_other_file_states_a_color_or_names_a_face() -> None:
    made = look()
    colors = {value.removeprefix("#") for color in made.colors.values() for value in (color.light, color.dark) if value}
    families = {family for face in made.faces.values() for family in (*face.page, *face.print, face.office) if family}
    names = (families | {name for item in made.stand_in for name in (item.name, *item.local)}) - GENERIC
    longest = sorted(names, key=len, reverse=True)
    stated = re.compile("|".join([rf"#?\b(?:{'|'.join(colors)})\b", *(rf"\b{re.escape(name)}\b" for name in longest)]), re.IGNORECASE)
    # Any other color would be one that look.toml does not know.
    written = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?=[^{]*?[;)\"'}])", re.IGNORECASE)
    found = []
    for path, text in texts().items():
        for number, line in enumerate(text.split("\n"), 1):
            hits = [hit[0] for hit in stated.finditer(line)]
            if path.endswith((".css", ".svg", ".html")):
                hits += [hit[0] for hit in written.finditer(re.sub(r"&#\d+;|href=\"#[^\"]*\"", "", line))]
            found += [f"{path}:{number}: {hit}" for hit in hits if not (hit == "#fff" and path in WHITE)]
    assert not found, "These belong into hooks/look.toml:\n" + "\n".join(found)
    assert all("#fff" in texts()[path] for path in WHITE), "an exception that is none any more"


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A look of its own: the same as ours until a test changes it."""
    path = tmp_path / "look.toml"
    path.write_bytes(looks.FILE.read_bytes())
    monkeypatch.setattr(looks, "FILE", path)
    return path


def colors_of(picture: bytes) -> set[str]:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in image.getcolors(2**24)}


def face_of(pdf: bytes, words: str) -> str:
    """The name of the font that the first letter of `words` is set in, on the first page."""
    import pypdfium2
    from pypdfium2 import raw

    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    index, _ = text.search(words).get_next()
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, index, name, 100, ctypes.byref(ctypes.c_int()))
    return name.value.decode().partition("+")[2] or name.value.decode()


def member(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return files.read(name)


def first_page(pdf: bytes) -> set[str]:
    import pypdfium2

    out = io.BytesIO()
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=2).to_pil().save(out, "png")
    return colors_of(out.getvalue())


@pytest.mark.proof
def test_the_accent_and_the_heading_face_change_everywhere(packages: Path, fonts: Path, other: Path, tmp_path: Path) -> None:
    made = request('<h2 id="issue">The issue</h2><p>Text.</p>')
    card = Card("Issue brief", "8", "Citizen conduct", "", "On the Record")

    def all_of(fonts: Path) -> dict[str, bytes]:
        return {
            "page": look().fill((ROOT / "hooks/theme/assets/site.css").read_text("utf-8")).encode(),
            "icon": look().fill((ROOT / "hooks/theme/assets/favicon.svg").read_text("utf-8")).encode(),
            "pdf": make_edition(made, fonts).pdf,
            "word": make_word(made, fonts),
            "epub": make_epub(made, fonts),
            "card": pictures([card], fonts, Cache(tmp_path / "cache"))[0],
            "embed": card_style().encode(),
        }

    before, policy = all_of(fonts), card_policy()
    ours = look().light("accent")
    edit(other, f'accent = {{ light = "{ours}"', f'accent = {{ light = "{ACCENT}"')
    edit(other, 'heading = "serif"', 'heading = "sans"')
    after = all_of(build_fonts(packages, tmp_path / "fonts"))

    assert [name for name in before if before[name] == after[name]] == []
    assert f"--accent: {ACCENT}".encode() in after["page"] and b"--heading: var(--sans)" in after["page"]
    assert b"fonts/otr-sans-figures.woff2" in after["page"]
    for name in ("page", "icon", "embed"):
        assert ours.encode() in before[name] and ours.encode() not in after[name]
    assert card_policy() != policy
    assert ours in first_page(before["pdf"]) and ACCENT in first_page(after["pdf"])
    for words in ("Citizen conduct: comments", "The issue"):
        assert [face_of(each["pdf"], words).removesuffix("-Regular") for each in (before, after)] == ["SourceSerif4-600", "PublicSans-600"]
    assert ours in colors_of(before["card"]) and ACCENT in colors_of(after["card"])
    heading = re.compile(rb'w:styleId="Heading1".*?w:ascii="(\w+)"', re.DOTALL)
    assert [heading.search(member(each["word"], "word/styles.xml"))[1] for each in (before, after)] == [b"Georgia", b"Arial"]
    assert member(before["epub"], "EPUB/media/cover.png") != member(after["epub"], "EPUB/media/cover.png")


def test_the_fonts_of_pages_follow_the_heading_face(other: Path) -> None:
    edit(other, 'heading = "serif"', 'heading = "sans"')
    assert [face.name for face in web_faces()] == ["otr-sans.woff2", "otr-serif.woff2", "otr-sans-figures.woff2", "otr-sans-italic.woff2"]
    assert preloaded() == ("otr-sans.woff2", "otr-serif.woff2")


def test_a_plot_takes_its_colors_from_the_look(other: Path) -> None:
    spec = PlotSpec("bar", "Uses", "uses", "A bar.", (Point("Town", 3.0, "3"),))
    edit(other, f'brand = {{ light = "{look().light("brand")}"', f'brand = {{ light = "{BRAND}"')
    assert f'fill="{BRAND}"' in plot_svg(spec)


def test_the_sizes_of_text_and_headings_are_set_in_one_place(fonts: Path, other: Path) -> None:
    made = request("<h2>The issue</h2><p>Text.</p>")
    text = other.read_text("utf-8")
    text = re.sub(r"(?<=\[sizes\.page\]\n)text = .*", 'text = "1.25rem"', text)
    text = re.sub(r"(\[sizes\.word\]\n(?:.*\n)*?heading_1 = )\d+", r"\g<1>19", text)
    other.write_text(re.sub(r"(\[sizes\.epub\]\n(?:.*\n)*?heading_1 = )[\d.]+", r"\g<1>1.45", text), "utf-8")
    assert "400 1.25rem/1.62" in look().fill((ROOT / "hooks/theme/assets/site.css").read_text("utf-8"))
    assert b'<w:sz w:val="38"' in member(make_word(made, fonts), "word/styles.xml")
    assert b"h2 { font-size: 1.45em; }" in member(make_epub(made, fonts), "EPUB/styles/stylesheet1.css")


def test_every_mark_in_the_theme_names_something(other: Path) -> None:
    marked = [path for path, text in texts().items() if path.endswith((".css", ".js", ".svg")) and "look(" in text]
    assert "hooks/theme/assets/site.css" in marked
    for path in marked:
        assert not re.search(r"look\([a-z]", look().fill(texts()[path])), path
    with pytest.raises(KeyError, match="look\\(accents\\)"):
        look().fill("color: look(accents)")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('accent = { light = "#a63d1f"', 'accent = { light = "#a63d1"', "“#a63d1” is no color. Write # and six digits"),
        ('accent = { light = "#a63d1f"', 'accent = { light = "red"', "“red” is no color."),
        ('accent = { light = "#a63d1f", dark', 'accent = { light = "#a63d1f", drak', "“colors.accent.drak” is not a known key. Did you mean “dark”?"),
        ('accent = { light = "#a63d1f"', 'accent = { light = "#f0b0a0"', "“accent” has a contrast of 1.79 to “paper” (light)"),
        ('dark = "#a9b0b7"', 'dark = "#545b64"', "to “paper” (dark); 4.5 is the least that can be read. Make it lighter."),
        ("accent = {", "acent = {", "“accent” is missing from [colors]."),
        ('heading = "serif"', 'heading = "serf"', "There is no face “serf”. Did you mean “serif”?"),
        ('heading = "serif"', 'heading = "mono"', "The face “mono” has no “package”"),
        ("size_adjust = 105.15", 'size_adjust = "wide"', "The value of “stand_in.size_adjust” is not valid."),
        ("size_adjust = 98.35\n", "", "The key “stand_in.size_adjust” is missing. Add “size_adjust = …”."),
        ("[use]", "[use", "This is not valid TOML:"),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_remedy(other: Path, old: str, new: str, said: str) -> None:
    edit(other, old, new)
    line = other.read_text("utf-8").split(new or "[[stand_in]]\nname = \"Sans Fallback\"\nlocal = [\"Arial Bold\"")[0].count("\n") + 1
    (problem, *_) = check_look()
    assert said in str(problem)
    assert (problem.path, problem.rule) == ("hooks/look.toml", "data")
    assert problem.line is not None and (abs(problem.line - line) <= 1 or "missing" in said)
    with pytest.raises(ValueError, match=re.escape("hooks/look.toml")):
        look()


def test_a_file_that_is_no_text_or_not_there(other: Path) -> None:
    assert read_look(b"\xff")[1][0].rule == "encoding"
    other.unlink()
    assert "hooks/look.toml: This file cannot be read" in str(check_look()[0])


def test_a_bad_look_stops_the_build_and_leaves_the_site(sample: Path, build, other: Path) -> None:
    change(sample, {"files": {"site/index.html": "the site before"}})
    edit(other, 'light = "#a63d1f"', 'light = "#a63"')
    built: Built = build(sample)
    line = other.read_text("utf-8").split('light = "#a63"')[0].count("\n") + 1
    assert built.status and f"hooks/look.toml:{line}: The value of “colors.accent.light” is not valid." in built.output
    assert "Traceback" not in built.output and built.page("index.html") == "the site before"
