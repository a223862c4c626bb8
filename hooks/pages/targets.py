"""What a reference such as `brief:records#retention` leads to, and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hooks.pages.expand import status_label
from hooks.pages.model import Anchor, Recommendation
from hooks.pages.tree import E, HtmlElement, element, long_date
from hooks.problems import suggestion
from hooks.series import vocabulary as words
from hooks.series.model import Case, Publication, Series
from hooks.series.records import Authority, Term

SCHEMES = ("brief", "paper", "case", "law", "rec", "term", "figure", "table", "module")
LAW_URL, TERMS_URL, LITERATURE_URL = "law/", "glossary/", "literature/"


@dataclass(frozen=True)
class Target:
    """Where a reference leads. `key` names the thing for backlinks, e.g. `law:lindke2024`.

    `label` is a factory of the link's content where the author gave none; `preview` of what hover and focus show.
    """

    key: str
    scheme: str
    url: str
    label: tuple[str | tuple[str, str], ...]
    preview: tuple[tuple[str, str], ...]

    def label_parts(self) -> list[HtmlElement | str]:
        """Text, and `(tag, text)` pairs as elements."""
        return [part if isinstance(part, str) else element(part[0], "", part[1]) for part in self.label]

    def preview_element(self) -> HtmlElement:
        """The preview: paragraphs of the classes `preview__label`, `preview__title`, `preview__text`."""
        return E.DIV(*(element("p", f"preview__{name}", text) for name, text in self.preview if text))


@dataclass(frozen=True)
class Unknown:
    """A reference that leads nowhere, with the rule it breaks."""

    rule: str
    message: str
    remedy: str


UNREAD = Unknown("", "", "")
"""The target is there, but too broken to be read: that is reported where it stands, and once is enough."""


@dataclass(frozen=True)
class Directory:
    """Everything that can be referred to, once all pages are parsed.

    `anchors`: page path → its anchors by id. `recommendations`: by id. `unread`: `rec:<id>` of broken blocks.
    """

    series: Series
    anchors: Mapping[str, Mapping[str, Anchor]]
    recommendations: Mapping[str, Recommendation]
    unread: frozenset[str] = frozenset()

    def find(self, href: str, from_path: str) -> Target | Unknown:
        """The target of `href`, written on the page at `from_path`."""
        scheme, _, rest = href.partition(":")
        name, _, fragment = rest.partition("#")
        found = self._find(scheme, name, fragment, from_path)
        return UNREAD if isinstance(found, Unknown) and self._is_unread(scheme, name, fragment) else found

    def _is_unread(self, scheme: str, name: str, fragment: str) -> bool:
        if self.series.is_unread(scheme, name) or f"rec:{fragment or name}" in self.unread:
            return True
        publications = [key.partition(":")[2] for key in self.series.unread if key.startswith(("brief:", "paper:", "module:"))]
        # A recommendation's id begins with that of its publication, which then is not known either.
        return bool(publications) if scheme == "rec" else scheme in ("table", "figure") and name.rpartition("/")[0] in publications

    def _find(self, scheme: str, name: str, fragment: str, from_path: str) -> Target | Unknown:
        if scheme == "brief":
            return self._publication(scheme, name, fragment, self.series.briefs, "issue brief")
        if scheme == "paper":
            return self._publication(scheme, name or "white-paper", fragment, self.series.chapters, "white paper chapter")
        if scheme == "module":
            return self._publication(scheme, name, fragment, self.series.modules, "course module")
        if scheme == "case":
            return self._record(scheme, name, fragment, self.series.case, "case study", _case, "Case studies are in docs/case-studies/.")
        if scheme == "law":
            return self._record(scheme, name, fragment, self.series.authority, "authority", _authority, "Authorities are in docs/law/.")
        if scheme == "term":
            return self._record(scheme, name, fragment, self.series.term, "glossary term", _term, "Terms are in docs/glossary/terms.yml.")
        if scheme == "rec":
            where = "The page “Recommendations” lists them all."
            return self._record(scheme, name, fragment, self.recommendations, "recommendation", _recommendation, where)
        return self._numbered(scheme, name, from_path)

    def _publication(self, scheme: str, name: str, fragment: str, known: Mapping[str, Publication], what: str) -> Target | Unknown:
        found = known.get(name)
        if found is None:
            return Unknown("reference", f"There is no {what} “{name}”.", suggestion(name, known, f"There are: {', '.join(known) or 'none yet'}."))
        anchor = None
        if fragment:
            anchors = self.anchors.get(found.path, {})
            anchor = anchors.get(fragment)
            if anchor is None:
                named = [id_ for id_, place in anchors.items() if place.kind != "place"]
                some = f"It has: {', '.join(named[:12]) or 'none'}."
                return Unknown("fragment", f"{found.label} has no anchor “{fragment}”.", suggestion(fragment, named, some))
        return _publication(scheme, found, anchor)

    def _record(self, scheme: str, name: str, fragment: str, known: Mapping, what: str, make, where: str) -> Target | Unknown:
        if name not in known:
            return Unknown("reference", f"There is no {what} “{name}”.", suggestion(name, known, where))
        if not fragment:
            return make(known[name])
        record = known[name]
        anchors = self.anchors.get(record.path, {}) if isinstance(record, Case) else {}
        if fragment not in anchors:
            return Unknown("fragment", f"“{scheme}:{name}” has no anchor “{fragment}”.", suggestion(fragment, anchors, "Refer to it without “#”."))
        target = make(record)
        return Target(target.key, scheme, f"{target.url}#{fragment}", target.label, target.preview)

    def _numbered(self, kind: str, name: str, from_path: str) -> Target | Unknown:
        slug, _, id_ = name.rpartition("/")
        owner = None
        path = from_path
        if slug:
            owner = self.series.briefs.get(slug) or self.series.chapters.get(slug) or self.series.modules.get(slug)
            if owner is None:
                known = [*self.series.briefs, *self.series.chapters, *self.series.modules]
                return Unknown("reference", f"There is no publication “{slug}”.", suggestion(slug, known, f"There are: {', '.join(known)}."))
            path = owner.path
        there = {id_: anchor for id_, anchor in self.anchors.get(path, {}).items() if anchor.kind == kind}
        anchor = there.get(id_)
        if anchor is None:
            remedy = suggestion(id_, there, f"There are: {', '.join(there)}." if there else f"A {kind} takes its id from “/// {kind}-caption | id”.")
            return Unknown("reference", f"There is no {kind} “{id_}” {'there' if slug else 'on this page'}.", remedy)
        label = f"{owner.label}, {anchor.label.lower()}" if owner and path != from_path else anchor.label
        return Target(f"{kind}:{path}#{id_}", kind, anchor.url, (label,), (("label", anchor.label), ("text", anchor.title)))


def _publication(scheme: str, found: Publication, anchor: Anchor | None) -> Target:
    front = found.front
    preview = [("label", found.label), ("title", found.full_title)]
    if anchor:
        section = (f", “{anchor.title}”",) if anchor.title else ()
        preview += [("text", f"Section “{anchor.title}”" if anchor.kind == "heading" else f"{anchor.label}. {anchor.title}")]
        return Target(f"publication:{found.path}", scheme, anchor.url, (f"{found.label}, ", ("em", front.title), *section), tuple(preview))
    preview += [("text", front.summary)]
    return Target(f"publication:{found.path}", scheme, found.url, (f"{found.label}, ", ("em", front.title)), tuple(preview))


def _case(case: Case) -> Target:
    front = case.front
    label = f"Case study · {words.LEVELS[front.level].lower()} · {front.year}"
    preview = (("label", label), ("title", front.title), ("text", front.summary))
    return Target(f"case:{case.id}", "case", case.url, (front.title,), preview)


def _authority(authority: Authority) -> Target:
    label = f"Law · {status_label(authority)} · as of {long_date(authority.as_of)}"
    preview = (("label", label), ("title", authority.name), ("text", authority.citation), ("text", authority.rule))
    return Target(f"law:{authority.id}", "law", f"{LAW_URL}#{authority.id}", (authority.short,), preview)


def _term(term: Term) -> Target:
    preview = (("label", "Glossary"), ("title", term.term), ("text", term.definition))
    return Target(f"term:{term.id}", "term", f"{TERMS_URL}#{term.id}", (term.term,), preview)


def _recommendation(item: Recommendation) -> Target:
    preview = (("label", f"Recommendation {item.number}"), ("text", item.text), ("text", f"{item.who}, {item.when}"))
    return Target(f"rec:{item.id}", "rec", item.url, (f"Recommendation {item.number}",), preview)
