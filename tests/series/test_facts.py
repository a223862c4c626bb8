"""A key of front matter that is marked as printed is presented everywhere without further ado."""

from datetime import date
from typing import Annotated

from hooks.editions.template import edition_facts
from hooks.series.model import Publication
from hooks.series.records import Printed, PublicationFront
from tests.editions.samples import request


class Adopted(PublicationFront):
    adopted_by: Annotated[str, Printed("Adopted by")] = ""
    adopted_on: Annotated[date | None, Printed("Adopted on")] = None


FRONT = {
    "id": "ib-01", "title": "Records", "summary": "What to keep, and for how long.", "edition": 1, "published": date(2026, 11, 1), "revised": date(2026, 11, 1),
    "review_by": date(2027, 11, 1), "changes": [{"edition": 1, "date": date(2026, 11, 1), "note": "First."}],
}  # fmt: skip


def test_values_by_label_as_they_are_printed_and_none_that_is_empty():
    assert Adopted(**FRONT).more == {}
    assert Adopted(**FRONT, adopted_by="The Board").more == {"Adopted by": "The Board"}
    front = Adopted(**FRONT, adopted_by="The Board", adopted_on=date(2026, 11, 3))
    assert front.more == {"Adopted by": "The Board", "Adopted on": "November 3, 2026"}
    assert Publication(front, "issue-brief", "records", "1", "briefs/01-records.md", "briefs/records/").facts["more"] == front.more


def test_editions_print_them_after_the_dates():
    assert edition_facts(request("<p>A</p>", more={"Adopted by": "The Board"}))[-1] == "Adopted by The Board"
