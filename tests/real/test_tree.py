"""Names, roles and states as assistive technology gets them: Chromium's accessibility tree, over its debugging protocol.

https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from .conftest import until
from .pages import address_of

pytestmark = pytest.mark.browser
BRIEF = address_of("ib-08")
LANDMARKS = ("banner", "main", "contentinfo")
NAMED = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "image", "region", "navigation", "complementary", "form", "tooltip"}
# Chromium's own name for what HTML-AAM calls an image.
ALIASES = {"img": "image"}


@dataclass
class Node:
    role: str
    name: str
    properties: dict[str, object]
    children: list[Node] = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]


def tree(page) -> Node:
    """What is exposed of the page: nodes that are ignored give way to their children."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def build(id_: str) -> list[Node]:
        raw = nodes.get(id_)
        if raw is None:
            return []
        children = [child for each in raw.get("childIds", []) for child in build(each)]
        if raw.get("ignored"):
            return children
        role = raw["role"]["value"]
        properties = {each["name"]: each["value"].get("value") for each in raw.get("properties", [])}
        return [Node(ALIASES.get(role, role), str(raw.get("name", {}).get("value", "")).strip(), properties, children)]

    return build(next(iter(nodes)))[0]


def faults(root: Node) -> list[str]:
    """What a reader of the tree would stumble over."""
    found = []
    roles = Counter(node.role for node in root.walk())
    found += [f"{roles[role]} × {role}" for role in LANDMARKS if roles[role] != 1]
    for role in ("navigation", "complementary", "region"):
        found += [f"two {role} landmarks are called “{name}”" for name, n in Counter(node.name for node in root.all(role)).items() if n > 1]
    found += [f"{node.role} without a name" for node in root.walk() if node.role in NAMED and not node.name]
    levels = [int(node.properties.get("level", 0)) for node in root.all("heading")]
    if levels[:1] != [1] or levels.count(1) != 1:
        found.append(f"headings begin {levels[:3]}, h1 × {levels.count(1)}")
    found += [f"a heading of level {b} after one of level {a}" for a, b in pairwise(levels) if b > a + 1]
    found += ["a heading without text" for node in root.all("heading") if not node.name]
    for table in root.all("table"):
        rows = table.all("row")
        if not table.all("columnheader"):
            found.append(f"table “{table.name}” without column headers")
        if [row for row in rows if not row.all("columnheader", "rowheader")] and len(rows[0].all("columnheader")) > 1:
            found.append(f"table “{table.name}”: a row without a header")
    return found


def test_landmarks_headings_tables_and_names(visit, address: str, one_of_each: list[str]) -> None:
    page = visit("")
    found = {}
    for path in one_of_each:
        if path.startswith("embed/"):
            continue  # A card has a frame of another's page around it, and no landmarks but its text.
        page.goto(address + path)
        found[path] = faults(tree(page))
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("document.querySelector('main h2').outerHTML = '<h5>Skipped</h5>'", "level 5 after"),
        ("document.querySelector('.toc').removeAttribute('aria-label')", "navigation without a name"),
        ("document.querySelectorAll('main th').forEach((th) => { th.outerHTML = `<td>${th.textContent}</td>`; })", "without column headers"),
        pytest.param("document.querySelector('.toc__toggle').textContent = ''", "button without a name", marks=pytest.mark.walk),
        ("document.querySelector('footer').outerHTML = '<div></div>'", "0 × contentinfo"),
    ],
)
def test_a_fault_is_found(visit, change: str, told: str) -> None:
    page = visit(BRIEF, width=320)
    page.evaluate(change)
    assert any(told in fault for fault in faults(tree(page)))


@pytest.mark.walk
def test_the_contents_button_tells_whether_it_is_open(visit) -> None:
    page = visit(BRIEF, width=320)

    def state() -> object:
        return next(node for node in tree(page).all("button") if node.name == "Contents").properties["expanded"]

    assert state() is False
    page.locator(".toc__toggle").click()
    assert state() is True


def test_the_color_switch_tells_whether_it_is_pressed(visit) -> None:
    page = visit("", color_scheme="light")

    def state() -> object:
        return next(node for node in tree(page).all("button", "ToggleButton") if node.name == "Dark colors").properties["pressed"]

    assert state() == "false"
    page.locator("[data-scheme-toggle]").click()
    assert state() == "true"


def test_results_of_a_search_are_announced_and_are_a_list_of_links(visit) -> None:
    page = visit("")
    assert not [node for node in tree(page).all("link") if "in Issue" in node.name]
    page.locator("#page-search").fill("password")
    until(page, "document.querySelector('[data-search-status]').textContent.includes('result')")
    root = tree(page)
    search = root.all("search")[0]
    told = [node for node in search.all("status") if "result" in " ".join(text.name for text in node.walk())]
    assert len(told) == 1, "the count is told once"
    assert told[0].properties.get("live") == "polite"
    assert len(search.all("list")[0].all("link")) >= 3
    page.locator("#page-search").fill("qqqqzzzz")
    until(page, "document.querySelector('[data-search-status]').textContent.startsWith('Not covered')")


def test_a_link_is_described_by_its_preview(visit) -> None:
    page = visit(BRIEF)
    link = page.locator("a.xref--law").first
    page.keyboard.press("Tab")  # Focus from the keyboard, so that it is shown.
    link.focus()
    page.get_by_role("tooltip").wait_for(state="visible")
    focused = next(node for node in tree(page).all("link") if node.properties.get("focused"))
    assert focused.name and page.locator("#page-preview").inner_text().split()[0] in page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert not [node for tip in tree(page).all("tooltip") for node in tip.all("link", "button")], "nothing to operate within a tooltip"


def test_what_a_filter_leaves_is_announced(visit) -> None:
    page = visit("case-studies/")
    page.locator("#case-level").select_option("county")
    status = next(node for node in tree(page).all("status") if "case studies" in " ".join(text.name for text in node.walk()))
    assert status.properties.get("live") == "polite"
    assert all(node.name for node in tree(page).all("combobox"))
