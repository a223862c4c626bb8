"""The one script that stands inline, on every page: the reader's own choice of colors, applied before the first paint.

A file of its own would either hold up the first paint or come after it, and the page would flash. It is one line, it
holds no text of the series, and the policy of the pages names its hash.
"""

from __future__ import annotations

APPLY = (
    'try{const s=localStorage.getItem("otr-scheme");if(s==="light"||s==="dark")document.documentElement.dataset.scheme=s}'
    "catch{/* Storage is refused: the system's setting holds. */}"
)
"""What stands between the tags. Nothing is stored unless the reader chose against the system's setting (assets/site.js)."""
