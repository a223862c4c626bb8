"""What a reference such as `brief:records#retention` leads to, and how it is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from hooks.core.problems import suggestion
from hooks.core.tree import E, HtmlElement, element, long_date
from hooks.linking.labels import standing
from hooks.linking.model import Anchor, Recommendation
from hooks.series import kinds
from hooks.series import vocabulary as words
from hooks.series.addresses import TERMS, card_pdf, law_page, question_place, role_page
from hooks.series.model import Case, Publication, Series, Subject, ToolPage
from hooks.series.questions import Question
from hooks.series.records import Authority, Term
from hooks.series.roles import Role
from hooks.series.sources import questions_path, role_path

T = TypeVar("T")
SCHEMES = (*kinds.SCHEMES, "case", "law", "rec", "term", "figure", "table", "card", "tool", "for", "q")


ACT = "part-act"
"""The id of the mark of the part that a brief's card prints."""


@dataclass(frozen=True)
class Target:
    """Where a reference leads. `key` names the thing for backlinks, e.g. `law:lindke2024`.

    `label` is a factory of the link's content where the author gave none; `preview` of what hover and focus show.
    `owner` is the publication that it is or stands in, if any.
    """

    key: str
    scheme: str
    url: str
    label: tuple[str | tuple[str, str], ...]
    preview: tuple[tuple[str, str], ...]
    owner: Publication | None = None

    def label_parts(self) -> list[HtmlElement | str]:
        """Text, and `(tag, text)` pairs as elements."""
        return [part if isinstance(part, str) else element(part[0], "", part[1]) for part in self.label]

    def preview_element(self) -> HtmlElement:
        """The preview: paragraphs of the classes `preview__label`, `preview__title`, `preview__text`."""
        return E.DIV(*(element("p", f"preview__{name}", text) for name, text in self.preview if text))


@dataclass(frozen=True)
class Unknown:
    """A reference that leads nowhere, with the rule it breaks.

    It `follows` where its target is there, but too broken to be read: that is reported where it stands, and once is enough.
    """

    rule: str
    message: str
    remedy: str
    follows: bool = False


@dataclass(frozen=True)
class Directory:
    """Everything that can be referred to, once all pages are parsed.

    `anchors`: page path → its anchors by id. `recommendations`: by id. `unread`: `rec:<id>` and `clause:<id>` of broken
    blocks; `rec:ib-08-*` where the id itself is wrong.
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
        return replace(found, follows=True) if isinstance(found, Unknown) and self._is_unread(scheme, name, fragment) else found

    def _is_unread(self, scheme: str, name: str, fragment: str) -> bool:
        own = f"rec:{fragment or name}"
        if self.series.is_unread(scheme, name) or own in self.unread or any(key[-1] == "*" and own.startswith(key[:-1]) for key in self.unread):
            return True
        publications = [key.partition(":")[2] for key in self.series.unread if key.partition(":")[0] in kinds.SCHEMES]
        # A recommendation's id begins with that of its publication, which then is not known either.
        return bool(publications) if scheme == "rec" else scheme in ("table", "figure") and name.rpartition("/")[0] in publications

    def _find(self, scheme: str, name: str, fragment: str, from_path: str) -> Target | Unknown:
        if scheme in kinds.SCHEMES:
            own = name or ("white-paper" if scheme == "paper" else "")
            return self._publication(scheme, own, fragment, self.series.by_scheme[scheme], kinds.SCHEMES[scheme])
        if scheme == "card":
            return self._card(name, fragment)
        if scheme == "tool":
            known = self.series.tool_pages
            return self._record(scheme, name, fragment, known, "tool", _tool, f"There are: {', '.join(known) or 'none yet'}.")
        if scheme == "for":
            return self._record(scheme, name, fragment, self.series.roles.by_id, "role", _role, "Roles are in docs/for/roles.yml.")
        if scheme == "q":
            asked = {id_: (question, self.series.subject_of[id_]) for id_, question in self.series.question.items()}
            return self._record(scheme, name, fragment, asked, "question", _question, "Questions are in docs/questions/.")
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
        found = self.series.publication(scheme, name)
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
        return _publication(scheme, found, anchor, self.series.successor(found))

    def _card(self, name: str, fragment: str) -> Target | Unknown:
        """The card of a brief, a PDF of one page."""
        found = self._publication("brief", name, fragment, self.series.briefs, "issue brief")
        if isinstance(found, Unknown) or found.owner is None:
            return found
        if fragment:
            return Unknown("fragment", f"“card:{name}#{fragment}” leads into a PDF.", f"Write card:{name}, or brief:{name}#{fragment} for the page.")
        brief = found.owner
        if ACT not in self.anchors.get(brief.path, {}):
            return Unknown("reference", f"{brief.label} has no card.", "A brief has one where it marks its part Act; refer to brief:" + name + ".")
        preview = (("label", _marked(f"{brief.label}, card", brief)), ("title", brief.full_title), ("text", "What to decide and do, on one page (PDF)."))
        return Target(found.key, "card", card_pdf(brief), ("Card of ", brief.label, ", ", ("em", brief.front.title)), preview, brief)

    def _record(
        self, scheme: str, name: str, fragment: str, known: Mapping[str, T], what: str, make: Callable[[T], Target], where: str
    ) -> Target | Unknown:
        if name not in known:
            return Unknown("reference", f"There is no {what} “{name}”.", suggestion(name, known, where))
        if not fragment:
            return make(known[name])
        record = known[name]
        anchors = self.anchors.get(record.path, {}) if isinstance(record, Case | ToolPage) else {}
        if fragment not in anchors:
            return Unknown("fragment", f"“{scheme}:{name}” has no anchor “{fragment}”.", suggestion(fragment, anchors, "Refer to it without “#”."))
        target = make(record)
        return Target(target.key, scheme, f"{target.url}#{fragment}", target.label, target.preview)

    def _numbered(self, kind: str, name: str, from_path: str) -> Target | Unknown:
        slug, _, id_ = name.rpartition("/")
        owner = None
        path = from_path
        if slug:
            owner = next(filter(None, (self.series.publication(scheme, slug) for scheme in kinds.SCHEMES)), None)
            if owner is None:
                known = [slug for own in self.series.by_scheme.values() for slug in own]
                return Unknown("reference", f"There is no publication “{slug}”.", suggestion(slug, known, f"There are: {', '.join(known) or 'none yet'}."))
            path = owner.path
        there = {id_: anchor for id_, anchor in self.anchors.get(path, {}).items() if anchor.kind == kind}
        anchor = there.get(id_)
        if anchor is None:
            remedy = suggestion(id_, there, f"There are: {', '.join(there)}." if there else f"A {kind} takes its id from “/// {kind}-caption | id”.")
            return Unknown("reference", f"There is no {kind} “{id_}” {'there' if slug else 'on this page'}.", remedy)
        label = f"{owner.label}, {anchor.label.lower()}" if owner and path != from_path else anchor.label
        return Target(f"{kind}:{path}#{id_}", kind, anchor.url, (label,), (("label", anchor.label), ("text", anchor.title)), owner)


def _marked(label: str, owner: Publication) -> str:
    """The label of a preview, with the standing of what it shows where that is not in force."""
    return f"{label} · {owner.mark}" if owner.mark else label


def _publication(scheme: str, found: Publication, anchor: Anchor | None, successor: Publication | None) -> Target:
    front = found.front
    preview = [("label", _marked(found.label, found)), ("title", found.full_title)]
    if successor is not None:
        preview += [("text", f"Read {successor.label}, {successor.full_title}, instead.")]
    if anchor:
        section = (f", “{anchor.title}”",) if anchor.title else ()
        preview += [("text", f"Section “{anchor.title}”" if anchor.kind == "heading" else f"{anchor.label}. {anchor.title}")]
        return Target(f"publication:{found.path}", scheme, anchor.url, (f"{found.label}, ", ("em", front.title), *section), tuple(preview), found)
    preview += [("text", front.summary)]
    return Target(f"publication:{found.path}", scheme, found.url, (f"{found.label}, ", ("em", front.title)), tuple(preview), found)


def _case(case: Case) -> Target:
    front = case.front
    label = f"Case study · {words.LEVELS[front.level].lower()} · {front.year}"
    preview = (("label", label), ("title", front.title), ("text", front.summary))
    return Target(f"case:{case.id}", "case", case.url, (front.title,), preview)


def _authority(authority: Authority) -> Target:
    label = f"Law · {standing(authority)}"
    preview = (("label", label), ("title", authority.name), ("text", authority.citation), ("text", authority.rule))
    return Target(f"law:{authority.id}", "law", law_page(authority.id), (authority.short,), preview)


def _term(term: Term) -> Target:
    preview = (("label", "Glossary"), ("title", term.term), ("text", term.definition))
    return Target(f"term:{term.id}", "term", f"{TERMS}#{term.id}", (term.term,), preview)


def _tool(page: ToolPage) -> Target:
    return Target(f"publication:{page.path}", "tool", page.url, (page.title,), (("label", "Tool"), ("title", page.title), ("text", page.summary)))


def _role(role: Role) -> Target:
    preview = (("label", "Where to begin"), ("title", role.label), ("text", role.sentence))
    return Target(f"publication:{role_path(role.id)}", "for", role_page(role.id), (role.label,), preview)


def _question(asked: tuple[Question, Subject]) -> Target:
    question, subject = asked
    owner = subject.publication
    label = f"Question · {words.STRENGTHS[question.strength].lower()} · as of {long_date(question.as_of)}"
    preview = (("label", label), ("title", question.question), ("text", subject.title))
    return Target(f"publication:{questions_path(subject.slug)}", "q", question_place(subject.slug, question.id), (question.question,), preview, owner)


def _recommendation(item: Recommendation) -> Target:
    label = f"Recommendation {item.number}"
    strength = f" · {words.STRENGTHS[item.strength].lower()}" if item.strength else ""
    preview = (("label", _marked(label, item.publication) + strength), ("text", item.text), ("text", f"{item.who}, {item.when}"))
    return Target(f"rec:{item.id}", "rec", item.url, (label,), preview, item.publication)
