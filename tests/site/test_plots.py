"""Plots from data files: what is drawn, that it is the same each time, and what is said of bad data."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from hooks.core.cache import Cache
from hooks.core.look import look
from hooks.editions.plots import drawn_figures, plot_svg
from hooks.series.plot_data import read_plot
from tests import support

STEM = "whitepaper/figures/data/uses"
CSV = 'place,uses,year,source\n"Town, small",12,2023,us\nCity,30.5,2023,us\n"Town, small",14,2025,us\nCity,9,2025,us\n'
YML = """kind: bar
title: Uses by place
x: place
y: uses
unit: uses a week
series: year
alt: Bars for a town and a city, which say how often each used it in two years.
source: "our count"
"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    support.change(tmp_path, {"files": {f"{STEM}.csv": CSV, f"{STEM}.yml": YML}})
    return tmp_path


def messages(root: Path, known: dict | None = None) -> list[str]:
    return [str(problem) for problem in read_plot(root, STEM, known)[1]]


@pytest.mark.parametrize("kind", ["bar", "stacked-bar"])
def test_a_plot_is_real_text_in_our_font_with_title_and_description(data: Path, kind: str) -> None:
    support.edit(data / f"{STEM}.yml", "kind: bar", f"kind: {kind}")
    spec, problems = read_plot(data, STEM, None)
    assert problems == []
    svg = plot_svg(spec)
    tree = etree.fromstring(svg.encode())
    texts = ["".join(node.itertext()) for node in tree.iter(f"{SVG}text")]
    assert {"30.5", "12", "9", "14"} <= set(texts)
    assert any("uses a week" in text for text in texts)
    assert {node.get("font-family") for node in tree.iter(f"{SVG}text")} == {f"'{look().face('sans').family}', sans-serif"}
    assert [tree[0].text, tree[1].tag] == ["Uses by place", f"{SVG}desc"]
    assert tree.get("width") == "720"
    assert "style=" not in svg and "<style" not in svg and "<!DOCTYPE" not in svg
    assert svg == plot_svg(spec)


def test_series_differ_in_more_than_hue(data: Path) -> None:
    """Grey values at least 25 of 100 apart, or a hatch."""
    spec, _ = read_plot(data, STEM, None)
    tree = etree.fromstring(plot_svg(spec).encode())
    fills = {node.get("fill") for node in tree.iter(f"{SVG}path")} - {None, "none", "#fdfcf9"}
    grey = sorted(sum(w * int(fill[i : i + 2], 16) for w, i in ((0.3, 1), (0.59, 3), (0.11, 5))) / 2.55 for fill in fills if fill.startswith("#"))
    assert grey[1] - grey[0] > 25


def test_a_fifth_series_cannot_be_told_apart_and_is_refused(data: Path, tmp_path: Path) -> None:
    rows = "".join(f"City,{n},{n},us\n" for n in range(1, 6))
    support.change(data, {"files": {f"{STEM}.csv": "place,uses,year,source\n" + rows}})
    drawn, problems = drawn_figures(data, Cache(tmp_path / "c"), None)
    assert drawn == {}
    assert "at most 4" in str(problems[0])


def test_the_figure_stands_where_a_page_names_it_and_comes_from_the_cache(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, problems = drawn_figures(data, Cache(tmp_path / "c"), None)
    assert (list(first), problems) == (["whitepaper/figures/uses.svg"], [])
    monkeypatch.setattr("hooks.editions.plots.plot_svg", lambda spec: pytest.fail("drawn again"))
    assert drawn_figures(data, Cache(tmp_path / "c"), None)[0] == first


@pytest.mark.parametrize(
    ("suffix", "old", "new", "says"),
    [
        (".csv", "30.5", "30,5", "uses.csv:3: This row has more or fewer cells than the header. Quote a cell that holds a comma. [figure]"),
        (
            ".csv",
            "30.5",
            "many",
            "uses.csv:3: “many” in the column “uses” is not a number. Write digits, with a point for decimals; leave out a row that has no value. [figure]",
        ),
        (".csv", "30.5", "nan", "uses.csv:3: “nan”"),
        (".csv", "30.5", "", "uses.csv:3: “”"),
        (".csv", "City,9,2025", "City,9,2023", "uses.csv:5: “City, 2023” stands twice. Keep one of the rows. [figure]"),
        (".csv", "City,9", ",9", "uses.csv:5: The column “place” is empty here. Name the row, or take it out. [figure]"),
        (".csv", "place,uses", "place,use", "uses.csv:1: There is no column “uses”. Did you mean “use”?"),
        (".csv", CSV.split("\n", 1)[1], "", "uses.csv:1: There is no row of data. Add one row a value under the header. [figure]"),
        (
            ".csv",
            '"Town, small",12',
            '"Town" x,12',
            "uses.csv:2: This is not valid CSV: ',' expected after '\"'. Quote a cell that holds a comma or a quotation mark. [figure]",
        ),
        (".yml", "kind: bar", "kind: pie", "uses.yml:1: The value of “kind” is not valid."),
        (".yml", "unit: uses a week\n", "", "uses.yml:1: The key “unit” is missing."),
        (".yml", "series: year\n", "", "stands twice"),
        (".yml", "kind: bar", "kind: stacked-bar\n#", ""),
        (
            ".yml",
            'source: "our count"',
            'source: "@smith2020"',
            "uses.yml:8: There is no source “smith2020” in the bibliography. Did you mean “smith2021”? [figure]",
        ),
        (".yml", "title: Uses", "title: [Uses", "not valid YAML"),
    ],
)
def test_bad_data_is_told_with_file_and_line(data: Path, suffix: str, old: str, new: str, says: str) -> None:
    support.edit(data / f"{STEM}{suffix}", old, new)
    found = messages(data, {"smith2021": 1})
    if says:
        assert any(says in message and message.endswith("[figure]") for message in found), found
    else:
        assert found == []


def test_a_description_of_several_lines_is_one(data: Path) -> None:
    support.edit(data / f"{STEM}.yml", "alt: Bars for a town and a city, which", "alt: |\n  Bars for a town and a city, which\n ")
    spec, problems = read_plot(data, STEM, None)
    assert problems == [] and spec.alt == "Bars for a town and a city, which say how often each used it in two years."


def test_half_a_plot_is_a_problem(data: Path) -> None:
    (data / f"{STEM}.csv").unlink()
    assert messages(data) == [f"{STEM}.yml: Its other half, uses.csv, is missing. A plot is a .csv and a .yml of one name. [figure]"]


def test_stacked_bars_need_what_tells_them_apart(data: Path) -> None:
    support.edit(data / f"{STEM}.yml", "kind: bar", "kind: stacked-bar")
    support.edit(data / f"{STEM}.yml", "series: year\n", "")
    told = f"{STEM}.yml:1: A stacked-bar plot needs the column that tells its series apart. Add “series: …”, or write “kind: bar”. [figure]"
    assert told in messages(data)


def test_data_that_is_not_utf8_is_a_problem(data: Path) -> None:
    (data / f"{STEM}.csv").write_bytes(b"place,uses,year\nM\xfcnster,1,2\n")
    assert "not UTF-8" in messages(data)[0]


def test_a_drawing_of_the_same_name_is_a_problem(data: Path, tmp_path: Path) -> None:
    (data / "whitepaper/figures/uses.svg").write_text("<svg/>", encoding="utf-8")
    _, problems = drawn_figures(data, Cache(tmp_path / "c"), None)
    assert "there already" in str(problems[0])


def test_a_figure_is_in_the_page_the_site_and_the_edition(sample: Path, build) -> None:
    support.change(sample, {"files": {f"{STEM}.csv": CSV, f"{STEM}.yml": YML}})
    page = sample / "whitepaper/01-purpose.md"
    figure = "\n\n![Bars for a town and a city.](figures/uses.svg)\n\n/// figure-caption | uses\nUses\n///\n"
    page.write_text(page.read_text(encoding="utf-8") + figure, encoding="utf-8")
    built = build(sample)
    assert built.status == 0, built.output
    assert (built.site / "white-paper/figures/uses.svg").exists()
    assert "figures/uses.svg" in built.page("white-paper/purpose/index.html")
