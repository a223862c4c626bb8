"""What was seen of how platforms work, by platform: each fact with its dates and its source."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from hooks.blocks.platforms import overdue_in, said_in, seen_when, source_of
from hooks.core.tree import HtmlElement, append, element
from hooks.linking.caveats import print_caveats
from hooks.series.model import Series
from hooks.series.records import PlatformFact


def platforms(series: Series, today: date) -> HtmlElement:
    """Every fact under its platform, platforms by name and the facts of one in the order of their file; each has its id as anchor.

    One that is past its `check_by` on the day `today` says so. Its sources are to be resolved with the page's own.
    """
    root = element("div", "register register--platforms")
    facts = sorted(series.platforms, key=_platform)
    for _, group in groupby(facts, key=_platform):
        own = list(group)
        slug = "-".join(own[0].platform.lower().split())
        root.append(element("h3", "", f"{own[0].platform} ({len(own)})", id_=f"on-{slug}"))
        root.append(element("ul", "register__rows", *(_row(fact, today) for fact in own)))
    return root


def _platform(fact: PlatformFact) -> tuple[bool, str]:
    # What belongs to no named platform comes last.
    return fact.platform.lower().startswith("other"), fact.platform.lower()


def _row(fact: PlatformFact, today: date) -> HtmlElement:
    row = element("li", "", id_=fact.id)
    if fact.about:
        row.append(element("p", "register__name", element("strong", "", fact.about)))
    source = source_of(fact, "register__meta")
    append(source, f" · {seen_when(fact)}")
    row.extend([*said_in(fact), *overdue_in(fact, today), source])
    print_caveats(row)
    return row
