"""The policy template: every model clause of the series, in the order of the policy elements."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from hooks.core.tree import E, HtmlElement, element, fragment, inner_html
from hooks.editions.model import EditionRequest
from hooks.editions.requests import Sources
from hooks.linking.model import Clause
from hooks.series import vocabulary as words
from hooks.series.addresses import POLICY_TEMPLATE, permalink

"""Where the template stands, relative to the site's root."""

_HOW = (
    "This is a starting text, not a policy. Fill in every blank, which stands in brackets; strike what you do not need; "
    "have counsel read the whole. Each clause names the publication that gives its reasons and the law behind it; "
    "the number of a clause, such as 10-C, is that of its publication and not of a chapter."
)


def template_request(sources: Sources) -> EditionRequest | None:
    """The template as an edition to make; None where the series has no clause.

    Those whose publication is not in force are left out; if that leaves none, the file says so, for its address was promised.

    Clauses stand under their element, in the order of `vocabulary.ELEMENTS` and then `THEMES`, and
    within it in the order of the series.
    """
    known = [clause for clause in sources.site.clauses if clause.publication.path in sources.site.pages and not clause.publication.draft]
    if not known:
        return None
    clauses = [clause for clause in known if clause.publication.in_force]
    imprint = sources.imprint
    order = {p.path: index for index, p in enumerate(sources.series.publications)}
    root, chapters = element("div", "", E.P(_HOW)), E.OL()
    if clauses:
        root.extend([E.P(element("strong", "", "Its chapters:")), chapters])
    for slug, label in words.TOPICS.items():
        own = sorted((c for c in clauses if c.element == slug), key=lambda c: order[c.publication.path])
        if own:
            chapters.append(E.LI(element("a", "", label, href=f"#element-{slug}")))
            root.append(element("h2", "", f"{len(chapters)}. {label}", id_=f"element-{slug}"))
        for clause in own:
            root.extend(_clause(clause, sources))
    if not clauses:
        root.append(E.P("No model clause of the series is in force."))
    used = [c.publication.front for c in clauses or known]
    revised: date = max(front.revised for front in used)
    address = urljoin(imprint.site_url, POLICY_TEMPLATE)
    return EditionRequest(
        pub_id="policy-template",
        kind_label="Template",
        number="",
        title="Social media policy",
        subtitle="A template from the model clauses of the series",
        summary=f"{len(clauses)} model clauses, with blanks to fill in.",
        edition="",
        published=min(front.published for front in used),
        revised=revised,
        law_as_of=min((front.law_as_of for front in used if front.law_as_of), default=None),
        permalink=address,
        page_url=urljoin(imprint.site_url, "tools/"),
        cite_as=f"{imprint.name}. {revised.year}. “Social media policy: A template.” {address}.",
        elements=(),
        authors=imprint.authors,
        series=imprint.name,
        publisher_note=imprint.note,
        licence=imprint.licence,
        history=(),
        html=inner_html(root),
        source=Path(known[0].publication.path),
    )


def _clause(clause: Clause, sources: Sources) -> list[HtmlElement]:
    """Its title as a heading, its text as resolved on its page, why it is there, and where it comes from."""
    publication = clause.publication
    text = fragment(sources.site.pages[publication.path].clauses[clause.id])
    text.set("class", "clause__text")
    base = urljoin(sources.imprint.site_url, publication.url)
    for node in text.iterdescendants():
        node.attrib.pop("id", None)
        if node.get("href"):
            node.set("href", urljoin(base, node.get("href") or ""))
    origin = element("p", "clause__note", f"{clause.note} " if clause.note else "", f"{clause.label}: ")
    origin.append(element("a", "", f"{publication.label}, {publication.front.title}", href=permalink(sources.imprint.site_url, publication)))
    return [element("h3", "", clause.title, id_=f"clause-{clause.id}"), text, origin]
