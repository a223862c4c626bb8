"""Every address of the site that code names, relative to the site's root: pages, files beside a publication, permanent addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import urljoin

from hooks.series.model import AnswerKey, Case, ExercisePage, Publication, Slides

LAW, TERMS, LITERATURE, CORRECTIONS = "law/", "glossary/", "literature/", "about/corrections/"
"""The registers that references lead to, and the page of corrections."""
CASE_STUDIES = "case-studies/"
"""The library of cases, below which each has its page."""
QUESTIONS = "questions/"
"""Every question that is answered, by subject."""
LINKING = "linking/"
"""How to link, cite, show a card; the one page that shows our own cards."""
PUBLISHING = "about/publishing/"
"""How to put the site on a host."""
STRENGTH_PAGE = "about/strength/"
"""What the strengths of recommendations mean."""
LAW_DAYS_AT = ("about/", "law-as-of")
"""The page, and the place on it, that says what the day of a publication's law means."""
CHANGES = "changes/"
"""Everything that changed, by month."""
PLATFORM_FACTS = "tools/platforms/"
"""What was seen of how platforms work."""


@dataclass(frozen=True)
class FeedAddress:
    """Where a feed is, as Atom and as JSON Feed."""

    atom: str
    json: str


FEED = FeedAddress("feed.xml", "feed.json")
CORRECTIONS_FEED = FeedAddress(f"{CORRECTIONS}feed.xml", f"{CORRECTIONS}feed.json")
"""The first two feeds, of everything and of corrections, stand where they always stood."""
CARD = "card.png"
"""The picture of pages that have none of their own; a publication's stands below its page."""
SERIES_ID = "series"
"""The id of the whole series, in its permanent address."""
SERIES_PDF, POLICY_TEMPLATE = "series.pdf", "tools/policy-template.docx"
"""The whole series bound, and every model clause in one file."""
CONFORMANCE, LEGAL_DATES = "about/conformance/report.json", "law/dates.ics"
DATA, DATA_PAGE, RELEASES = "data/", "about/data/", "releases/"
"""The tables that readers take away, the page that explains them, and the page of releases."""
SEARCH = "search/"
"""The page of results, and the index below it."""
POLICY_BUILDER_DATA = "assets/policy-builder-data.js"
POLICY_CHECK_DATA = "assets/policy-check-data.js"


def law_page(id_: str) -> str:
    """The page of an authority, which is its permanent address too: `law/lindke2024/`."""
    return f"{LAW}{id_}/"


def questions_page(subject: str) -> str:
    """The page of a subject's questions: `questions/records/`."""
    return f"{QUESTIONS}{subject}/"


def question_place(subject: str, id_: str) -> str:
    """Where a question is answered: `questions/records/#q-045`."""
    return f"{questions_page(subject)}#{id_}"


def role_page(id_: str) -> str:
    """The page of a role: `for/clerk/`."""
    return f"for/{id_}/"


class Identified(Protocol):
    """What has a permanent address."""

    @property
    def id(self) -> str: ...


def permanent(id_: str) -> str:
    """The page at the permanent address, which leads on: `id/ib-08/`."""
    return f"id/{id_}/"


def permalink(site_url: str, item: Identified) -> str:
    """The permanent address in full."""
    return urljoin(site_url, permanent(item.id))


def publication_feed(id_: str) -> FeedAddress:
    """The feed of a publication, which keeps its address when the page moves: `feeds/ib-08.atom`."""
    return FeedAddress(f"feeds/{id_}.atom", f"feeds/{id_}.json")


def subject_feed(name: str) -> FeedAddress:
    """The feed on a policy element or theme, the law, or case studies, which are no ids of publications: `feeds/on/records.atom`."""
    return publication_feed(f"on/{name}")


def embed(id_: str) -> str:
    """The card for other people's pages."""
    return f"embed/{id_}/"


def oembed(id_: str) -> str:
    """The oEmbed document by which they find it."""
    return f"oembed/{id_}.json"


def card(publication: Publication) -> str:
    """The picture of a publication, for link previews."""
    return f"{publication.url}{CARD}"


def beside(item: Publication | Case, suffix: str) -> str:
    """The file of the publication's or case's own name with `suffix`, beside its page, as scholarly indexes require: `briefs/records/records.pdf`."""
    return f"{item.url}{item.id if isinstance(item, Case) else item.slug}.{suffix}"


def stamped_pdf(publication: Publication) -> str:
    """The PDF of this very edition, also once there is a later one: `briefs/records/records-ed1.pdf`."""
    return f"{publication.url}{publication.slug}-ed{publication.front.edition}.pdf"


def dated_series_pdf(day: date) -> str:
    """The PDF of the whole series under the day of its edition: `series-2026-11-29.pdf`."""
    return f"{SERIES_ID}-{day}.pdf"


def notice_picture(publication: Publication, name: str) -> str:
    """The picture of a notice, beside its page: `now/takeover/takeover-page-not-ours.png`."""
    return f"{publication.url}{publication.slug}-{name}.png"


def slides_file(slides: Slides, suffix: str) -> str:
    """A set of slides as a file with `suffix`, beside the page of its module; of a deck, beside its own: `course/decks/day/day-slides.pdf`."""
    return f"{slides.url if slides.module is None else slides.module.url}{slides.slug}-slides.{suffix}"


def slides_pdf(slides: Slides) -> str:
    """The same as PDF."""
    return slides_file(slides, "pdf")


def handout_pdf(module: Publication) -> str:
    """The handout of a module, beside its page."""
    return f"{module.url}{module.slug}-handout.pdf"


def questions_pdf(check: Publication) -> str:
    """The questions of the final check without their answers, beside its page."""
    return f"{check.url}{check.slug}-questions.pdf"


def sheets_pdf(item: Publication | ExercisePage) -> str:
    """The sheets for the room, beside the page of the exercises: `course/comments/comments-sheets.pdf`."""
    return f"{item.url}{item.slug}-sheets.pdf"


def key_pdf(key: AnswerKey) -> str:
    """The facilitator's answers, beside their page: `course/keys/comments/comments-key.pdf`."""
    return f"{key.url}{key.slug}-key.pdf"


def card_pdf(brief: Publication) -> str:
    """The card of a brief, beside its page: `briefs/records/records-card.pdf`."""
    return f"{brief.url}{brief.slug}-card.pdf"


def pack_zip(pack: Publication) -> str:
    """All files of a course pack in one, beside its page: `course/day/day-pack.zip`."""
    return f"{pack.url}{pack.slug}-pack.zip"


def paper_pdf(pack: Publication, section: str) -> str:
    """A paper of a course pack by itself, beside its page: `course/day/day-sign-in.pdf`."""
    return f"{pack.url}{pack.slug}-{section}.pdf"
