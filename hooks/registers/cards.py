"""The card of a publication as other people's pages show it, and the script that fits its frame, for the page on linking."""

from __future__ import annotations

from hooks.citing.cite_us import HEIGHT, resizer
from hooks.core.tree import E, HtmlElement, element
from hooks.registers.register import Register
from hooks.series.addresses import embed

WIDTHS = (240, 480, 800)
"""Of columns in which cards are shown, in CSS pixels: a narrow one, one of two, a wide one."""


def cards(register: Register) -> HtmlElement:
    """The card of the publication with the longest title, in frames of three widths. (The page's policy must allow frames of its own host.)

    Addresses name the file, so that the frames are filled from a disk too.
    """
    root = element("div", "register register--cards web-only", data_search_exclude="")
    known = [item for item in register.series.publications if item.in_force]
    if not known:
        return root
    item = max(known, key=lambda one: (len(one.full_title), one.id))
    root.append(E.P(f"{item.label}, which has the longest title, in columns of three widths. Nothing is set but the width:"))
    for width in WIDTHS:
        title = f"Card of {item.label}, {width} pixels wide"
        frame = element("iframe", "", src=f"../{embed(item.id)}index.html", title=title, width=str(width), height=str(HEIGHT), loading="lazy")
        scroller = element("div", "card-shown", frame, tabindex="0", role="group", aria_label=f"{width} pixels")
        root.append(element("figure", "", scroller, element("figcaption", "", f"{width} pixels")))
    return root


def fitting(register: Register) -> HtmlElement:
    """The script, to be copied."""
    code = element("pre", "cite-box__code", resizer(register.site_url), data_copy="the script", tabindex="0", role="group", aria_label="The script")
    return element("div", "copyable web-only", element("p", "cite-box__label", "A script for your page"), code)
