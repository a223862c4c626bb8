"""What pages of several documents draw with, held once where it is the same: fonts, color spaces, pictures."""

from __future__ import annotations

import hashlib

from pikepdf import Array, Dictionary, Object, Stream

_KINDS = ("/Font", "/ColorSpace", "/XObject", "/Pattern", "/ExtGState", "/Shading")


class Shared:
    """Objects of one PDF by a digest of all that they hold."""

    def __init__(self) -> None:
        self._known: dict[bytes, Object] = {}
        self._digests: dict[tuple[int, int], bytes] = {}

    def share(self, page: Object) -> None:
        """Let the page draw with what another page draws with already, where the two are the same."""
        resources = page.get("/Resources", Dictionary())
        for kind in _KINDS:
            entries = resources.get(kind, Dictionary())
            for name, item in list(entries.items()):
                if item.is_indirect:
                    entries[name] = self._known.setdefault(self._digest(item), item)

    def _digest(self, item: Object) -> bytes:
        if item.is_indirect and item.objgen in self._digests:
            return self._digests[item.objgen]
        if not isinstance(item, Stream) and b" R" not in (text := item.unparse(resolved=True)):
            total = hashlib.sha256(b"plain" + text)
        elif isinstance(item, Stream):
            total = hashlib.sha256(b"stream" + self._of_entries(item) + item.read_raw_bytes())
        elif isinstance(item, Dictionary):
            total = hashlib.sha256(b"dictionary" + self._of_entries(item))
        elif isinstance(item, Array):
            total = hashlib.sha256(b"array" + b"".join(self._of(part) for part in item))
        else:
            total = hashlib.sha256(b"value" + text)
        if item.is_indirect:
            self._digests[item.objgen] = total.digest()
        return total.digest()

    def _of_entries(self, item: Object) -> bytes:
        return b"".join(hashlib.sha256(name.encode()).digest() + self._of(value) for name, value in sorted(item.items()) if name != "/Length")

    def _of(self, value: object) -> bytes:
        return self._digest(value) if isinstance(value, Object) else hashlib.sha256(repr(value).encode()).digest()
