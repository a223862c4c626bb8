"""axe-core over pages of the site: WCAG 2.0 to 2.2, levels A and AA, and best practices.

https://github.com/dequelabs/axe-core/blob/develop/doc/API.md, and rule-descriptions.md beside it.
"""

from __future__ import annotations

from .conftest import load_axe

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules whose verdict hangs on colors. A scheme changes nothing else, so the second one is asked these only.
COLORS = ["color-contrast", "link-in-text-block"]
# Those and the rules whose verdict hangs on the width.
LAYOUT = [*COLORS, "scrollable-region-focusable", "target-size"]
# Two frames first: in the first the page measures itself at its new size, as for tables that come to scroll.
_RUN = """(only) => new Promise((laidOut) => requestAnimationFrame(() => requestAnimationFrame(laidOut)))
  .then(() => axe.run({runOnly: only, resultTypes: ['violations']})).then(
  (found) => found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`))"""


def violations(page, only: list[str] = TAGS) -> list[str]:
    """Broken rules with the first elements that break them; axe-core must be in the page already."""
    return page.evaluate(_RUN, {"type": "tag" if only == TAGS else "rule", "values": only})


def in_all_ways(page) -> list[str]:
    """Broken rules of the opened page at both widths and in both schemes, each with the way in which it is broken."""
    load_axe(page)
    return [rule for width in WIDTHS for scheme in SCHEMES for rule in in_one_way(page, width, scheme, TAGS if scheme == SCHEMES[0] else COLORS)]


def in_two_ways(page) -> list[str]:
    """Broken rules of the opened page: all rules narrow and light, then wide and dark those that hang on width or colors."""
    load_axe(page)
    return [*in_one_way(page, WIDTHS[0], SCHEMES[0]), *in_one_way(page, WIDTHS[1], SCHEMES[1], LAYOUT)]


def in_one_way(page, width: int, scheme: str, only: list[str] = TAGS) -> list[str]:
    """Broken rules at one width in one scheme; axe-core must be in the page already."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    return [f"{rule} ({width} px, {scheme})" for rule in violations(page, only)]
