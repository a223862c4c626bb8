"""Which cells of a table are headers, as somebody who cannot see the table is told."""

from __future__ import annotations

import pytest
from lxml import html

from hooks.core.tree import inner_html
from hooks.linking.anchors import header_cells


def rows(*cells: str) -> list[str]:
    """The rows of the body of a table with a head, each of these rows as its HTML."""
    table = html.fromstring(f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>")
    header_cells(table)
    assert [cell.get("scope") for cell in table.iterfind("./thead/tr/th")] == ["col", "col"]
    return [inner_html(row) for row in table.iterfind("./tbody/tr")]


@pytest.mark.parametrize(
    ("first", "header"),
    [
        ("<td><strong>Open</strong></td>", '<th scope="row">Open</th>'),
        ("<td> <strong>Open</strong></td>", '<th scope="row">Open</th>'),
        ("<td><strong>An <em>open</em> page</strong></td>", '<th scope="row">An <em>open</em> page</th>'),
        ("<td><strong>Open</strong>, always</td>", '<th scope="row"><strong>Open</strong>, always</th>'),
        ("<td><strong>Open</strong> <em>now</em></td>", '<th scope="row"><strong>Open</strong> <em>now</em></th>'),
    ],
)
def test_the_first_cell_is_a_header_where_it_begins_in_bold(first: str, header: str) -> None:
    assert rows(f"{first}<td>Yes</td>") == [f"{header}<td>Yes</td>"]


@pytest.mark.parametrize("first", ["<td>Open</td>", "<td>Wide <strong>open</strong></td>", "<td><em>Open</em></td>", "<td></td>"])
def test_no_row_has_a_header_where_none_begins_in_bold(first: str) -> None:
    assert rows(f"{first}<td><strong>Yes</strong></td>") == [f"{first}<td><strong>Yes</strong></td>"]


def test_every_row_has_a_header_where_one_has() -> None:
    assert rows("<td>Closed</td><td>No</td>", "<td><strong>Open</strong></td><td>Yes</td>") == [
        '<th scope="row">Closed</th><td>No</td>', '<th scope="row">Open</th><td>Yes</td>',
    ]  # fmt: skip


def test_what_an_author_made_a_header_stays_as_it_is_and_a_row_may_be_empty() -> None:
    own = '<th scope="rowgroup" colspan="2"><strong>Pages</strong></th>'
    assert rows(own, "", "<td><strong>Open</strong></td><td>Yes</td>") == [own, "", '<th scope="row">Open</th><td>Yes</td>']
    assert rows(own, "<td>Open</td><td>Yes</td>") == [own, "<td>Open</td><td>Yes</td>"]
