"""The participant's workbook: every exercise of the course under the heading of the draft that it builds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hooks.pages.model import Draft, Practice
from hooks.pages.tree import HtmlElement, append, element, fragment, inner_html, with_class
from hooks.pages.urls import relative_url

_COPIED = ("table:", "figure:")


def keep_exercises(draft: Draft) -> None:
    """Keep what each exercise of the page holds, numbered but not resolved, for the workbook."""
    places = {node.get("id"): node for node in with_class(draft.tree, "exercise")}
    for index, item in enumerate(draft.practices):
        if item.kind == "exercise" and item.id in places:
            copy = fragment(inner_html(places[item.id]))
            for node in list(copy)[:2]:  # its heading and facts
                copy.remove(node)
            draft.practices[index] = replace(item, html=inner_html(copy))


def workbook(practices: Sequence[Practice], url: str = "course/workbook/") -> HtmlElement:
    """The exercises as one article. A part stands where it is first worked on, with all that later modules add to it."""
    root = element("div", "workbook")
    exercises = [item for item in practices if item.kind == "exercise"]
    for part in dict.fromkeys(item.part for item in exercises):
        root.append(element("h2", "", part, id_=part_id(part)))
        for item in exercises:
            if item.part == part:
                root.extend(_exercise(item, url))
    return root


def part_id(part: str) -> str:
    """The id of a part's heading: "Comments and moderation" → `part-comments-and-moderation`."""
    return "part-" + "-".join(re.findall(r"[a-z0-9]+", part.lower()))


def _exercise(item: Practice, url: str) -> list[HtmlElement]:
    slug = item.module.slug
    body = fragment(item.html)
    ids = {node.get("id") for node in body.iter() if isinstance(node.tag, str) and node.get("id")}
    for node in body.iter():
        if not isinstance(node.tag, str):
            continue
        if node.get("id"):
            node.set("id", f"{slug}-{node.get('id')}")
        href = node.get("href", "")
        if href.startswith("#"):
            node.set("href", f"#{slug}-{href[1:]}" if href[1:] in ids else relative_url(f"{item.module.url}{href}", url))
        elif href.startswith(_COPIED) and "/" not in href:
            scheme, _, name = href.partition(":")
            node.set("href", f"{scheme}:{slug}/{name}")
    facts = element("p", "exercise__facts", element("a", "", href=f"module:{slug}"))
    append(facts, f" · {item.minutes} minutes{', after the session' if item.after else ''}")
    heading = element("h3", "", f"{item.label}. {item.title}", id_=f"{slug}-{item.id}")
    return [heading, facts, *body]
