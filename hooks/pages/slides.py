"""The slides of a module as a page: each a section, with the speaker's notes."""

from __future__ import annotations

from hooks.pages.course_parts import ONLY_IN_MODULES, misplaced, scenario, take_options
from hooks.pages.model import Draft
from hooks.pages.tree import E, HtmlElement, element, text_of, with_class
from hooks.series.course import Slides


def expand_slides(draft: Draft, slides: Slides) -> None:
    """Wrap each `##` and what follows it into a slide, numbered, with its notes at the end."""
    for name in ONLY_IN_MODULES:
        misplaced(draft, name, "a course module (docs/course/)")
    for node in list(with_class(draft.tree, "scenario")):
        scenario(draft, node, "Example")
    groups: list[list[HtmlElement]] = []
    for node in list(draft.tree):
        if node.tag == "h2":
            groups.append([])
        if not groups:
            message = f"Something stands before the first slide: “{text_of(node)[:40]}”."
            draft.problems.append(draft.page.problem("module", text_of(node)[:40], message, "Begin with “## Title {#id}”."))
            continue
        groups[-1].append(node)
    about(draft, slides)
    if not groups:
        draft.problems.append(draft.page.problem("module", None, "There is no slide here.", "Begin each with “## Title {#id}”."))
    for number, group in enumerate(groups, 1):
        section = element("section", "slide", aria_labelledby=group[0].get("id") or "")
        group[0].addprevious(section)
        section.append(element("p", "slide__number web-only", f"{number} of {len(groups)}"))
        section.extend(group)
        for notes in list(with_class(section, "notes")):
            take_options(notes)
            notes.insert(0, element("p", "notes__label", "Speaker’s notes"))
            section.append(notes)


def about(draft: Draft, slides: Slides) -> None:
    """Above the slides: what they are for, and the same as PDF."""
    module = slides.module
    about = element("div", "slides-about web-only", element("p", "", "For ", element("a", "", href=f"module:{module.slug}"), "."))
    about.append(element("ul", "edition-links", E.LI(element("a", "", "The slides as PDF", href=f"../{module.slug}-slides.pdf"))))
    draft.tree.insert(0, about)
