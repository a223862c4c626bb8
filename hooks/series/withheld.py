"""Records whose interviewee has withdrawn consent: they are not built, and what refers to them becomes a neutral note.

One edit, `withdrawn: <date>` in the record's consent, is enough. The id itself may tell who it was, so it goes too:
from pages, from previews and registers, from the Markdown attached to PDF editions.
"""

from __future__ import annotations

import re
from collections.abc import Collection

NOTE = "a case study that is no longer published"
EVIDENCE = "no-longer-published"
"""What stands for such a case in a recommendation's `evidence:`."""
_OPENING = re.compile(r"^(\s*)(/{3,})\s*case\s*\|\s*(\S+)\s*$")


def scrub(text: str, ids: Collection[str]) -> str:
    """Markdown `text` with every reference to the cases `ids` replaced by a neutral note.

    A callout goes with all its text, for that may repeat what was said; so does the text of a link.
    """
    if not any(id_ in text for id_ in ids):
        return text
    text = _callouts(text, ids)
    names = "|".join(re.escape(id_) for id_ in sorted(ids, key=len, reverse=True))
    own = rf"(?:{names})(?![\w-])"
    text = re.sub(rf"""^(\s*-\s+)["']?case:{own}["']?\s*$""", rf"\g<1>{EVIDENCE}", text, flags=re.MULTILINE)
    text = re.sub(rf"""^(\s*evidence:\s*)["']?case:{own}["']?\s*$""", rf"\g<1>{EVIDENCE}", text, flags=re.MULTILINE)
    text = re.sub(rf"\[[^\]\[]*\]\((?:case:|[^)\s]*/){own}[^)]*\)", NOTE, text)
    text = re.sub(rf"case:{own}(#[\w-]+)?", EVIDENCE, text)
    return re.sub(rf"(?<![\w-]){own}", EVIDENCE, text)


def _callouts(text: str, ids: Collection[str]) -> str:
    out: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence:
            if line.strip() == fence:
                fence = ""
            continue
        opening = _OPENING.match(line)
        if opening and opening[3] in ids:
            fence = opening[2]
            out += [f"{opening[1]}*A case study that stood here is no longer published.*", ""]
        else:
            out.append(line)
    return "\n".join(out)


def is_withheld_address(address: str, ids: Collection[str]) -> bool:
    """Whether a promised address is that of a withheld record: no promise outlasts consent."""
    path = address.partition("#")[0]
    return any(path.startswith((f"case-studies/{id_}/", f"id/{id_}/", f"embed/{id_}/", f"oembed/{id_}.")) for id_ in ids)
