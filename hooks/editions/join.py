"""One PDF out of several: pages in one order, one tree of structure, one set of destinations, one outline, one footing of the pages.

Each is a PDF as `structure.complete` leaves it, conforming by itself, and the first gives the whole its metadata, its output intent and its
attached files. What differs in nothing is held once: see `hooks.editions.shared`.
"""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from hooks.editions.outline import items, outline
from hooks.editions.shared import Shared
from hooks.editions.structure import name_tree, named

_TREE = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/IDTree"}
"""What a structure tree may have: what else there is would be lost."""
_BEFORE, _AFTER = b"q\n", b"\nQ q /VolumeFoot Do Q\n"


@dataclass(frozen=True)
class Joined:
    """The whole, its page count, and the whole without what its pages say, for which each part was checked by itself."""

    pdf: bytes
    pages: int
    frame: bytes


@dataclass
class _Whole:
    """What has been joined so far: pages, by their number from 0; entries of trees; links inside a part and across parts, and what the outline lists."""

    pages: list[Object] = field(default_factory=list)
    parents: list[Object | int] = field(default_factory=list)
    next_key: int = 0
    ids: dict[bytes, Object] = field(default_factory=dict)
    places: dict[bytes, Object] = field(default_factory=dict)
    inside: list[Object] = field(default_factory=list)
    across: list[tuple[Object, bytes]] = field(default_factory=list)
    listed: list[Object] = field(default_factory=list)


def join(parts: Sequence[bytes], feet: Callable[[Sequence[bool]], bytes], address: str) -> Joined:
    """Join PDFs, the first of which opens the whole; equal input gives equal bytes.

    `feet` gives a PDF of as many pages, turned or not, with what stands at their feet. A link to `address#name` becomes one to the
    destination of that name, where there is one.

    Raises:
        ValueError: a part cannot be read, holds what would be lost, or has a destination or an id that another has.
    """
    document = _opened(parts[0])
    whole, shared = _Whole(), Shared()
    _take(whole, shared, document.Root, [page.obj for page in document.pages], address)
    root = document.Root.StructTreeRoot
    body = _only(root)
    for other in parts[1:]:
        carried = _carried(document, _opened(other))
        pages = [_a_page(page) for page in carried.Pages]
        for page in pages:
            document.pages.append(pikepdf.Page(page))
        _take(whole, shared, carried, pages, address)
        part = _only(carried.StructTreeRoot)
        # A publication is a part of the document.
        part.S, part.P = Name.Part, body
        body.K.append(part)
        _merge_roles(root, carried.StructTreeRoot)
    root.ParentTree = document.make_indirect(Dictionary(Nums=Array(whole.parents)))
    root.ParentTreeNextKey = whole.next_key
    if whole.ids:
        root.IDTree = name_tree(document, whole.ids)
    if "/Names" not in document.Root:
        document.Root.Names = Dictionary()
    document.Root.Names.Dests = name_tree(document, whole.places)
    document.Root.Outlines = outline(document, whole.listed)
    _lead(whole)
    _say_which(document, parts, len(whole.pages))
    _foot(document, whole.pages, feet([page.MediaBox[2] > page.MediaBox[3] for page in whole.pages]))
    pdf = _saved(document)
    for page in whole.pages:
        page.Contents = document.make_stream(b"")
    # What is not compressed is written and read faster.
    return Joined(pdf, len(whole.pages), _saved(document, False))


def _opened(part: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(part))
    except pikepdf.PdfError as error:
        raise ValueError(f"a part of it cannot be read: {error}") from error


def _carried(document: pikepdf.Pdf, other: pikepdf.Pdf) -> Object:
    """What is taken over of a part, as objects of the whole. Pages are disguised on the way: what refers to a page is not copied with it."""
    pages = [page.obj for page in other.pages]
    for page in pages:
        del page.Parent
        page.Type = Name.Carried
    root = other.Root
    carried = Dictionary(Pages=Array(pages), StructTreeRoot=root.StructTreeRoot)
    for name in ("/Outlines", "/Names"):
        if name in root:
            carried[name] = root[name]
    return document.copy_foreign(other.make_indirect(carried))


def _a_page(page: Object) -> Object:
    page.Type = Name.Page
    return page


def _take(whole: _Whole, shared: Shared, root: Object, pages: Sequence[Object], address: str) -> None:
    """Enter what a part has, numbered on from what there is."""
    tree = root.StructTreeRoot
    if unknown := set(tree.keys()) - _TREE:
        raise ValueError(f"a part of it has {', '.join(sorted(unknown))} in its structure")
    for page in pages:
        shared.share(page)
        if "/StructParents" in page:
            page.StructParents += whole.next_key
        for link in page.get("/Annots", ()):
            if "/StructParent" in link:
                link.StructParent += whole.next_key
            _note_link(whole, link, address)
    whole.pages += pages
    whole.parents += _renumbered(tree.ParentTree, whole.next_key)
    whole.next_key += int(tree.ParentTreeNextKey)
    _enter(whole.ids, named(tree.get("/IDTree")), "id")
    _enter(whole.places, named(root.get("/Names", Dictionary()).get("/Dests")), "destination")
    whole.listed += items(root.get("/Outlines"))


def _note_link(whole: _Whole, link: Object, address: str) -> None:
    action = link.get("/A")
    if action is None:
        whole.inside.append(link)
    elif action.get("/S") == Name.URI:
        there, mark, name = bytes(action.URI).decode("utf-8", "replace").partition("#")
        if mark and there == address:
            whole.across.append((link, unquote(name).encode()))


def _lead(whole: _Whole) -> None:
    """Let links that lead to another part lead to its destination, and let all inside say the number of its page, for screen readers."""
    numbers = {page.objgen: str(number) for number, page in enumerate(whole.pages, 1)}
    for link, name in whole.across:
        if name in whole.places:
            del link.A
            link.Dest, link.Contents = String(name), String("page 0")
            whole.inside.append(link)
    for link in whole.inside:
        place = link.get("/Dest")
        found = place if isinstance(place, Array) or place is None else whole.places.get(bytes(place))
        if found is not None:
            link.Contents = String(re.sub(r"(?<=\bpage )\d+$", numbers[found[0].objgen], str(link.get("/Contents", ""))))


def _renumbered(tree: Object, more: int) -> Iterator[Object | int]:
    """The keys and values of a part's number tree, its keys numbered on."""
    if "/Nums" not in tree:
        raise ValueError("the parents of its structure are not one list")
    for index, item in enumerate(tree.Nums):
        yield item if index % 2 else int(item) + more


def _enter(entries: dict[bytes, Object], more: Iterator[tuple[bytes, Object]], what: str) -> None:
    for name, value in more:
        if name in entries:
            raise ValueError(f"two parts have the {what} “{name.decode('utf-8', 'replace')}”")
        entries[name] = value


def _only(root: Object) -> Object:
    """The element that holds all others."""
    kids = root.K if isinstance(root.K, Array) else [root.K]
    if len(kids) != 1 or kids[0].get("/S") != Name.Document:
        raise ValueError("the structure of a part is not one document")
    return kids[0]


def _merge_roles(root: Object, other: Object) -> None:
    for name, role in other.get("/RoleMap", Dictionary()).items():
        if "/RoleMap" not in root:
            root.RoleMap = Dictionary()
        if root.RoleMap.get(name, role) != role:
            raise ValueError(f"two parts say otherwise what {name} is")
        root.RoleMap[name] = role


def _foot(document: pikepdf.Pdf, pages: Sequence[Object], pdf: bytes) -> None:
    """Set a foot on every page, from the page of `pdf` with the same number. It is marked there as what it is, an artifact."""
    before, after = document.make_stream(_BEFORE), document.make_stream(_AFTER)
    with pikepdf.open(io.BytesIO(pdf)) as feet:
        if len(feet.pages) != len(pages):
            raise ValueError(f"there are feet for {len(feet.pages)} pages, and it has {len(pages)}")
        for page, foot in zip(pages, feet.pages, strict=True):
            own = page.get("/Resources", Dictionary())
            marks = Dictionary(dict(own.get("/XObject", Dictionary()).items()) | {"/VolumeFoot": document.copy_foreign(foot.as_form_xobject())})
            page.Resources = Dictionary(dict(own.items()) | {"/XObject": marks})
            page.Contents = Array([before, page.Contents, after])


def _say_which(document: pikepdf.Pdf, parts: Sequence[bytes], pages: int) -> None:
    """Let the metadata of what opens the whole say how many pages it has, and name this very file (XMP Media Management)."""
    written = document.Root.Metadata.read_bytes()
    own = b64encode(hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()[:16])
    written = re.sub(rb"(<xmpTPg:NPages>)\d+(?=</)", rb"\g<1>%d" % pages, written)
    for instance in re.findall(rb"<xmpMM:InstanceID>([^<]+)</", written):
        written = written.replace(instance, own)
    document.Root.Metadata.write(written)


def _saved(document: pikepdf.Pdf, compressed: bool = True) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True, fix_metadata_version=False, compress_streams=compressed,
                  stream_decode_level=None if compressed else pikepdf.StreamDecodeLevel.generalized,
                  object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
