"""Slides: what each shows, the exercises that they lead into, the slides that a deck takes over, and the posts and questions on them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from urllib.parse import urljoin, urlsplit

from hooks.blocks.course import ONLY_IN_MODULES, misplaced, misplaced_keys, refuse, scenario, take_options
from hooks.core.locate import heading
from hooks.core.problems import suggestion
from hooks.core.tree import E, HtmlElement, element, text_of, with_class
from hooks.core.urls import relative_url
from hooks.linking.model import Draft
from hooks.series.addresses import slides_file
from hooks.series.model import Series, Slides
from hooks.series.slides import FIRST, taken_id
from hooks.series.sources import COURSE

POSTS: Mapping[str, str] = {"post": "Invented post", "comment": "Invented comment", "message": "Invented message"}
"""The kinds of posts to look at, each with its label: none is ever taken for a real one."""
_TAKEN = "slide-taken"
_EXERCISE = "exercise"
"""The attribute of a heading that names the exercise its slide leads into."""
_BASE = "https://site.invalid/"


def complete_posts(draft: Draft, series: Series) -> None:
    """Draw every post of a page: whose it is, what is said, and that it is invented. Outside of the course there is none."""
    there = draft.page.path.startswith(f"{COURSE}/")
    for node in list(with_class(draft.tree, "post")):
        if node.get("data-options") is None:
            continue
        name, options = node.get("data-name", ""), take_options(node)
        if not there:
            refuse(draft, "post", name, "A post block stands only in the course (docs/course/).", "Move it there.")
        kind, by = str(options.get("kind") or "post"), str(options.get("by") or "")
        if kind not in POSTS:
            refuse(draft, "post", name, f"There is no kind of post “{kind}”.", suggestion(kind, POSTS, f"It is one of: {', '.join(POSTS)}."))
            kind = "post"
        if not by:
            refuse(draft, "post", name, "A post does not say whose it is.", "Write “by: …” below “/// post”, indented by four spaces: the name of the account.")
        if not text_of(node):
            refuse(draft, "post", name, "A post says nothing.", "Write its words below its options, after an empty line.")
        where = ", ".join(str(options[key]) for key in ("on", "when") if options.get(key))
        node.set("class", f"post post--{kind}")
        node.set("aria-label", f"{POSTS[kind]}, {by}" if by else POSTS[kind])
        line = element("p", "post__by", element("strong", "", by))
        line[0].tail = f" · {where}" if where else None
        node.insert(0, element("p", "post__label", POSTS[kind]))
        node.insert(1, line)
    if draft.page.path not in (*series.slides_by_path, *series.unread):
        for block, name in (("ask", "question"), (_TAKEN, "slide")):
            for node in list(with_class(draft.tree, block)):
                take_options(node)
                where = "slides (docs/course/slides/ and docs/course/decks/)" if name == "question" else "a deck (docs/course/decks/)"
                refuse(draft, name, node.get("data-slide", ""), f"A {name} block stands only in {where}.", "Move it there.")
        for node in draft.tree.iter("h2", "h3", "h4", "h5"):
            if node.attrib.pop(_EXERCISE, None) is not None:
                draft.report("module", heading(text_of(node)), f"“{text_of(node)}” is no slide, and leads into no exercise.", "Take “exercise=…” out.")


def take_over(drafts: Sequence[Draft], series: Series) -> None:
    """Put into each deck the slides that it takes from those of modules, as Markdown left them: text and notes stand once, with the module."""
    by_path = {draft.page.path: draft for draft in drafts}
    of_modules = {slides.slug: by_path[slides.path] for slides in series.slides if slides.module is not None and slides.path in by_path}
    for slides in series.decks.values():
        draft = by_path.get(slides.path)
        for node in list(with_class(draft.tree, _TAKEN)) if draft is not None else ():
            assert draft is not None
            take_options(node)
            name = node.get("data-slide", "")
            slug, _, id_ = name.partition("#")
            source = of_modules.get(slug)
            found = _slide(source, id_) if source is not None else []
            if text_of(node):
                message = f"The block “slide” holds words of its own: “{text_of(node)[:40]}”."
                refuse(draft, "slide", name, message, "It takes a slide over as it is; close it at once.")
            if source is None:
                what = f"There are no slides of a module “{slug}”." if slug else "A slide block does not say which slide it takes over."
                refuse(draft, "slide", name, what, suggestion(slug, of_modules, "Write “/// slide | comments#setting”: the module and the id of its slide."))
            elif not found:
                known = [place.id for place in series.slides_by_path[source.page.path].places]
                refuse(draft, "slide", name, f"The slides of “{slug}” have none “{id_}”.", suggestion(id_, known, f"They are: {', '.join(known)}."))
            for part in found:
                node.addprevious(_moved(part, slug, source, draft.page.url) if source is not None else part)
            node.drop_tree()


def _slide(source: Draft, id_: str) -> list[HtmlElement]:
    """The heading of that slide and what stands below it, copied."""
    head = next((node for node in source.tree if node.tag == "h2" and node.get("id") == id_), None)
    if head is None:
        return []
    found = [head]
    for node in head.itersiblings():
        if node.tag == "h2":
            break
        found.append(node)
    return [deepcopy(node) for node in found]


def _moved(part: HtmlElement, slug: str, source: Draft, url: str) -> HtmlElement:
    """The same with ids of its own, and with its addresses as they read on the page at `url`."""
    for node in part.iter():
        for name in ("id", "data-name"):
            if node.get(name):
                node.set(name, taken_id(slug, node.get(name, "")))
        if node.get(_EXERCISE):
            node.set(_EXERCISE, f"{slug}#{node.get(_EXERCISE)}")
        for name in ("href", "src"):
            address = node.get(name)
            if address and not urlsplit(address).scheme and not address.startswith("/"):
                whole = urljoin(f"{_BASE}{source.page.url}", address).removeprefix(_BASE)
                node.set(name, relative_url(whole, url))
    return part


def expand_slides(draft: Draft, slides: Slides, modules: Mapping[str, Draft]) -> None:
    """Wrap each `##` and what follows it into a slide, numbered, with its notes at the end.

    `modules` are the finished modules by their slugs: what a slide says of an exercise is theirs.
    """
    for name in ONLY_IN_MODULES:
        misplaced(draft, name, "a course module (docs/course/)")
    misplaced_keys(draft)
    misplaced(draft, "sheet", "a course module (docs/course/)")
    for node in list(with_class(draft.tree, "scenario")):
        scenario(draft, node, "Invented example", "")
    for node in list(with_class(draft.tree, "ask")):
        _question(draft, node)
    if slides.front is None:
        for node in list(with_class(draft.tree, _TAKEN)):
            refuse(draft, "slide", node.get("data-slide", ""), "A slide block stands only in a deck (docs/course/decks/).", "Move it there.")
    groups: list[list[HtmlElement]] = []
    for node in list(draft.tree):
        if node.tag == "h2":
            groups.append([])
        if not groups:
            message = f"Something stands before the first slide: “{text_of(node)[:40]}”."
            draft.problems.append(draft.page.problem("module", text_of(node)[:40], message, "Begin with “## Title {#id}”."))
            continue
        groups[-1].append(node)
    _about(draft, slides)
    if not groups:
        draft.problems.append(draft.page.problem("module", None, "There is no slide here.", "Begin each with “## Title {#id}”."))
    shown: set[str] = set()
    for number, group in enumerate(groups, FIRST):
        section = element("section", "slide", aria_labelledby=group[0].get("id") or "")
        group[0].addprevious(section)
        section.append(element("p", "slide__number web-only", f"Slide {number} of {len(groups) + FIRST - 1}"))
        section.extend(group)
        shown |= _exercise(draft, slides, section, group[0], modules)
        for notes in list(with_class(section, "notes")):
            take_options(notes)
            notes.insert(0, element("p", "notes__label", "Speaker’s notes"))
            section.append(notes)
    # What is wrong in a module is mended there first.
    own = modules.get(slides.module.slug) if slides.module is not None else None
    if own is not None and not own.problems:
        for practice in own.practices:
            if practice.kind == "exercise" and not practice.after and practice.id not in shown:
                name = practice.id.removeprefix("exercise-")
                message = f"{practice.label}, “{practice.title}”, is done in class and has no slide."
                draft.problems.append(draft.page.problem("module", None, message, f"Write a slide “## {practice.title} {{#{name} exercise={name}}}”."))


def _question(draft: Draft, node: HtmlElement) -> None:
    take_options(node)
    if not text_of(node):
        refuse(draft, "question", "", "A question block asks nothing.", "Write one question in it.")
    elif len(node) != 1 or node[0].tag != "p":
        refuse(draft, "question", "", "A question block holds more than one question.", "Write one question, in one paragraph; a slide says one thing.")


def _exercise(draft: Draft, slides: Slides, section: HtmlElement, head: HtmlElement, modules: Mapping[str, Draft]) -> set[str]:
    """Print below the heading what the module says of the exercise that its slide leads into; the id of the exercise."""
    name = head.attrib.pop(_EXERCISE, None)
    title, at = text_of(head), heading(text_of(head))
    if name is None:
        if re.match(r"exercises?\b", title, re.IGNORECASE):
            draft.report("module", at, f"The slide “{title}” does not say which exercise it leads into.", "Add its id: “{#id exercise=its-id}”.")
        return set()
    slug, _, id_ = name.rpartition("#")
    slug = slug or (slides.module.slug if slides.module is not None else "")
    module = modules.get(slug)
    own = {item.id.removeprefix("exercise-"): item for item in module.practices if item.kind == "exercise"} if module is not None else {}
    if id_ not in own:
        where = f"Module “{slug}” has no exercise “{id_}”." if module is not None else f"The exercise “{name}” does not say of which module it is."
        remedy = suggestion(id_, own, f"It has: {', '.join(own)}." if own else "Write “exercise=module#id”.")
        draft.report("module", at, where, remedy, follows=module is not None and bool(module.problems))
        return set()
    item = own[id_]
    after = ", after the session" if item.after else ""
    there = next((node for node in with_class(module.tree, "exercise") if node.get("id") == item.id), None) if module is not None else None
    if there is not None:
        _same_steps(draft, section, head, item.label, there)
    # An exercise that is printed for the room is handed out at its minute, and stands in no workbook that people hold. Workbooks differ, that of
    # the course and those of packs; in each an exercise stands under its number.
    where = "On the sheet just handed out" if there is not None and there.get("data-copies") else "In your workbook"
    facts = f"{item.label} · {item.minutes} minutes{after} · {where}"
    head.addnext(element("p", "slide__facts", facts))
    section.set("data-minutes", str(item.minutes))
    return {item.id}


def _same_steps(draft: Draft, section: HtmlElement, head: HtmlElement, label: str, exercise: HtmlElement) -> None:
    """A problem where a slide numbers other steps than its exercise: “do steps 1 and 4” would then mean two things."""
    shown, steps = (next((len(node) for node in root.iter("ol")), 0) for root in (section, exercise))
    if shown and shown != steps:
        message = f"The slide “{text_of(head)}” numbers {shown} steps, and {label} has {steps or 'none that are numbered'}."
        draft.report("module", heading(text_of(head)), message, "Number those of the exercise, each in a few words, or write bullets.")


def _about(draft: Draft, slides: Slides) -> None:
    """Above the slides: what they are for, and the same as files."""
    about = element("div", "slides-about web-only")
    if slides.module is not None:
        about.append(element("p", "", "For ", element("a", "", href=f"module:{slides.module.slug}"), "."))
    elif slides.front is not None:
        about.append(element("p", "slides-about__summary", slides.front.summary))
    links = element("ul", "edition-links")
    links.append(E.LI(element("a", "", "The slides as PDF", href=relative_url(slides_file(slides, "pdf"), slides.url))))
    links.append(E.LI(element("a", "", "The slides as PowerPoint, with notes", href=relative_url(slides_file(slides, "pptx"), slides.url))))
    about.append(links)
    draft.tree.insert(0, about)
