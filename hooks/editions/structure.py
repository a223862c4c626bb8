"""What Typst cannot yet write, added to its PDF: row headers, and a destination for every id."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from hooks.editions.model import Destination, TablePlan

# A viewer that jumps to a place should show the line itself, not what is below it.
_ABOVE = 12.0


def complete(pdf: bytes, destinations: Sequence[Destination], tables: Sequence[TablePlan],
             properties: Mapping[str, str] = MappingProxyType({}), own: str = "", before: int = 0) -> tuple[bytes, int]:
    """The completed PDF and its page count; equal input gives equal bytes.

    Row headers become TH with Scope Row (ISO 14289-1, 7.5), and the cells of their row refer to
    them. Every destination enters the name tree (ISO 32000-1, 12.3.2.3) under its id in UTF-8.
    `properties` join the XMP metadata; PDF/A knows Dublin Core and Media Management only
    (ISO 19005-3, 6.6.2.3). Where it is to be joined with others, `own` begins the ids of its elements, and is that of no other.
    So many pages `before` all others are taken out; nothing may refer to them.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.pages[:before]
        _name_places(document, destinations)
        _mark_row_headers(document, tables)
        if own:
            _begin_ids(document, own)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata.update({name: value for name, value in properties.items() if value})
        out = io.BytesIO()
        document.save(out, deterministic_id=True, fix_metadata_version=False,
                      compress_streams=True,
                      object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), len(document.pages)


def _name_places(document: pikepdf.Pdf, destinations: Sequence[Destination]) -> None:
    places: dict[bytes, Object] = {}
    for entry in destinations:
        page = document.pages[entry.page - 1]
        height = float(page.mediabox[3])
        top = round(height - max(0.0, entry.y - _ABOVE), 2)
        places[entry.name.encode()] = Array([page.obj, Name.XYZ, None, top, None])
    if not places:
        return
    if "/Names" not in document.Root:
        document.Root.Names = Dictionary()
    document.Root.Names.Dests = name_tree(document, places)


def name_tree(document: pikepdf.Pdf, values: Mapping[bytes, Object]) -> Object:
    """A name tree of one node: keys in byte order (ISO 32000-1, 7.9.6)."""
    flat = Array()
    for key in sorted(values):
        flat.append(String(key))
        flat.append(values[key])
    return document.make_indirect(Dictionary(Names=flat))


def _mark_row_headers(document: pikepdf.Pdf, tables: Sequence[TablePlan]) -> None:
    if not any(row for plan in tables for row in plan.row_headers):
        return
    root = document.Root.StructTreeRoot
    found = [node for node in _nodes(root) if node.get("/S") == Name.Table]
    if len(found) != len(tables):
        raise ValueError(f"{len(tables)} tables were written, {len(found)} are in the PDF")
    ids: dict[bytes, Object] = dict(named(root.get("/IDTree")))
    for number, (table, plan) in enumerate(zip(found, tables, strict=True)):
        rows = [node for node in _nodes(table) if node.get("/S") == Name.TR
                and node.P.get("/S") != Name.THead]
        for r, (row, headers) in enumerate(zip(rows, plan.row_headers, strict=True)):
            cells = [kid for kid in _kids(row) if kid.get("/S") in (Name.TD, Name.TH)]
            for c in sorted(headers):
                key = f"row-header {number} {r} {c}".encode()
                _mark(cells[c], key)
                ids[key] = cells[c]
            keys = [f"row-header {number} {r} {c}".encode() for c in sorted(headers)]
            for c, cell in enumerate(cells):
                if c not in headers:
                    attributes = _table_attributes(cell)
                    attributes.Headers = Array(
                        [*attributes.get("/Headers", Array()), *map(String, keys)])
    root.IDTree = name_tree(document, ids)


def _begin_ids(document: pikepdf.Pdf, own: str) -> None:
    """Let every id of a structure element, and every reference to one, begin with `own`."""
    root, ids = document.Root.StructTreeRoot, {}
    for node in _nodes(root):
        if "/ID" in node:
            node.ID = _begun(own, node.ID)
            ids[bytes(node.ID)] = node
        owned = node.get("/A")
        for entry in owned if isinstance(owned, Array) else [] if owned is None else [owned]:
            if "/Headers" in entry:
                entry.Headers = Array([_begun(own, key) for key in entry.Headers])
    if ids:
        root.IDTree = name_tree(document, ids)


def _begun(own: str, key: Object) -> String:
    # Elements may share their attributes.
    start, said = f"{own} ".encode(), bytes(key)
    return String(said if said.startswith(start) else start + said)


def _mark(cell: Object, key: bytes) -> None:
    cell.S = Name.TH
    cell.ID = String(key)
    _table_attributes(cell).Scope = Name.Row


def _table_attributes(cell: Object) -> Object:
    """The cell's attribute dictionary with owner Table, made if there is none."""
    owned = cell.get("/A")
    entries: list[Object] = list(owned) if isinstance(owned, Array) else [] if owned is None else [owned]
    for entry in entries:
        if entry.get("/O") == Name.Table:
            return entry
    cell.A = Array([Dictionary(O=Name.Table), *entries])
    made: Object = cell.A[0]
    return made


def _kids(node: Object) -> Iterator[Object]:
    kids = node.get("/K")
    for kid in (kids if isinstance(kids, Array) else [] if kids is None else [kids]):
        if isinstance(kid, Dictionary):
            yield kid


def _nodes(node: Object) -> Iterator[Object]:
    """Structure elements below `node`, in reading order."""
    for kid in _kids(node):
        if "/S" in kid:
            yield kid
            yield from _nodes(kid)


def named(node: Object | None) -> Iterator[tuple[bytes, Object]]:
    """The entries of a name tree."""
    if node is None:
        return
    names = node.get("/Names", Array())
    for index in range(0, len(names), 2):
        yield bytes(names[index]), names[index + 1]
    for kid in node.get("/Kids", Array()):
        yield from named(kid)
