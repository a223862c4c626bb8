"""Duties that several authorities state, and the check that none is listed twice."""

from __future__ import annotations

from datetime import date

from hooks.series.duties import check_duties, duties
from hooks.series.records import Authority

_FACTS = {"citation": "1", "kind": "statute", "body": "S", "jurisdiction": "ny", "rule": "R.", "read": "whole"}
_FACTS |= {"as_of": "2026-01-01", "review_by": "2027-01-01"}


def authority(id_: str, *dates: dict, status: str = "controlling") -> Authority:
    return Authority.model_validate({**_FACTS, "id": id_, "name": id_, "short": id_.upper(), "status": status, "dates": dates})


def due(day: str = "2027-01-01", what: str = "Do it", who: str = "All", duty: str | None = None, certain: bool = True) -> dict:
    return {"date": day, "what": what, "who": who, "certain": certain} | ({"duty": duty} if duty else {})


def told(*authorities: Authority) -> list[str]:
    return [str(problem) for problem in check_duties(authorities, {f"law:{a.id}": ("law.yml", n) for n, a in enumerate(authorities, 1)})]


def test_one_duty_is_listed_once_in_the_words_of_what_binds_most() -> None:
    first = authority("a", due(what="Perhaps", duty="x", certain=False), status="challenged")
    second = authority("b", due(what="Certainly", duty="x"), due("2026-06-01", "Sooner", "Some"))
    sooner, both = duties([first, second])
    assert (sooner.item.what, sooner.authorities) == ("Sooner", (second,))
    assert (both.item.what, both.day, both.certain) == ("Certainly", date(2027, 1, 1), False)
    assert both.authorities == (second, first)
    assert told(first, second) == []


def test_two_dates_for_the_same_people_on_one_day_must_say_whether_they_are_one_duty() -> None:
    message = "law.yml:2: B and A both set 2027-01-01 for “All”, and the calendar would list it twice. If it is one duty, give both dates the same"
    assert told(authority("a", due()), authority("b", due(what="Other")))[0].startswith(message)
    assert told(authority("a", due(duty="x")), authority("b", due(duty="y"))) == []
    assert told(authority("a", due(), due(what="More"))) == []
    # Other people, but what falls due is said in the same words.
    again = "law.yml:2: B and A both set 2027-01-01 for “Do it.”, and the calendar would list it twice."
    assert told(authority("a", due()), authority("b", due(what="Do it.", who="Some of all")))[0].startswith(again)
    assert told(authority("a", due(who="")), authority("b", due(who=""))) == []


def test_one_duty_has_one_day() -> None:
    (problem,) = told(authority("a", due(duty="x")), authority("b", due("2027-02-01", duty="x")))
    assert problem.startswith("law.yml:2: B has the duty “x” on 2027-02-01, A on 2027-01-01. One duty has one day: correct the date,")
