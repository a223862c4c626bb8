"""What a browser may do with the site's files: one Content Security Policy, said in every page and in response headers."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

APPLY = (
    'try{const s=localStorage.getItem("otr-scheme");if(s==="light"||s==="dark")document.documentElement.dataset.scheme=s}'
    "catch{/* Storage is refused: the system's setting holds. */}"
)
"""The one script that stands inline, on every page: the reader's own choice of colors, applied before the first paint.

A file of its own would either hold up the paint or come after it, and the page would flash. Nothing is stored unless the reader
chose against the system's setting (assets/site.js)."""


SELF, NONE = "'self'", "'none'"

REFERRER = "same-origin"
"""Other hosts are not told where a reader came from (https://www.w3.org/TR/referrer-policy/)."""

_UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb")

COMMON: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every response, in addition to its policy."""


@dataclass(frozen=True)
class Policy:
    """Directive → its sources. `ancestors`: who may show the page in a frame; that, a `<meta>` cannot say (CSP3, 3.3)."""

    directives: Mapping[str, tuple[str, ...]]
    ancestors: str

    @property
    def meta(self) -> str:
        """The policy as far as a page itself can state it."""
        return "; ".join(f"{name} {' '.join(sources)}" for name, sources in self.directives.items())

    @property
    def header(self) -> str:
        """The whole policy, as the value of the header Content-Security-Policy."""
        return f"{self.meta}; frame-ancestors {self.ancestors}"

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that state this policy. X-Frame-Options is for browsers that do not know `frame-ancestors`."""
        framing = {"X-Frame-Options": "DENY"} if self.ancestors == NONE else {}
        return {"Content-Security-Policy": self.header, **framing}


def sha256(text: str) -> str:
    """The source expression that allows one inline script or style: exactly this text between its tags (CSP3, 8.4)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page_policy(scripts: Iterable[str] = ()) -> Policy:
    """Of every page and file but the embeds; `scripts` is what stands inline. JSON-LD is data, which no policy on scripts concerns."""
    return _page_policy(map(sha256, scripts))


def framing_policy(scripts: Iterable[str] = ()) -> Policy:
    """Of the one page that shows our own cards: as `page_policy`, and frames of this host."""
    return _framing(page_policy(scripts))


def _framing(policy: Policy) -> Policy:
    return Policy({**policy.directives, "frame-src": (SELF,)}, policy.ancestors)


def author_policy() -> Policy:
    """Of the pages that `mkdocs serve` shows to their author: its server puts a script into them that loads them anew after an edit."""
    return _framing(_page_policy(("'unsafe-inline'",)))


def _page_policy(inline: Iterable[str]) -> Policy:
    own = (SELF,)
    return Policy(
        {
            "default-src": (NONE,),
            "script-src": (SELF, *inline),
            "style-src": own,
            "img-src": own,
            "font-src": own,
            "connect-src": own,
            "form-action": own,
            "base-uri": (NONE,),
        },
        NONE,
    )


def embed_policy(styles: Iterable[str], scripts: Iterable[str] = ()) -> Policy:
    """Of the cards that other hosts show in a frame: they load nothing; `styles` and `scripts` are what stands inline."""
    inline = {"style-src": tuple(map(sha256, styles)), "script-src": tuple(map(sha256, scripts)) or (NONE,)}
    return Policy({"default-src": (NONE,), **inline, "form-action": (NONE,), "base-uri": (NONE,)}, "*")


def meta(policy: Policy) -> str:
    """The elements that state the policy in a page. They come first in `<head>`, for they bind only what follows."""
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy.meta, quote=False)}">\n'
        f'  <meta name="referrer" content="{REFERRER}">'
    )
