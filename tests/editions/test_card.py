"""The card of a brief: its Act part on one page."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from hooks.editions import EditionError, make_edition, validate_pdf
from hooks.editions.act import act_html
from hooks.editions.model import Attachment
from hooks.linking.model import Recommendation
from tests.paper import sheets

from .reading import read
from .samples import request

_SENTENCE = "A sentence that says what a clerk has to decide and by what day it must be done. "


def _brief(act: str) -> str:
    return ('<p>Before.</p><p class="part-mark" id="part-act"><strong class="part-mark__name">Act</strong>: what to do</p>'
            f'{act}<p class="part-mark" id="part-use"><strong class="part-mark__name">Use</strong>: words</p><p>After.</p>')


_ACT = ('<section class="glance" id="at-a-glance"><h2 id="g">At a glance</h2><dl><dt>The issue</dt><dd id="p-1">Leave criticism up.</dd></dl></section>'
        '<h2 id="choices">Choices</h2><p id="p-2">See <a href="#clauses">the clause</a>.<sup><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<figure class="table" id="t"><table><thead><tr><th>If</th><th>Then</th></tr></thead><tbody><tr><th>A threat</th><td>Save it</td></tr></tbody></table>'
        '<figcaption><p>Table 1. Triage</p></figcaption></figure>'
        '<section class="recommendation" id="ib-08-r1"><p class="recommendation__number">8.1</p><div class="recommendation__body">'
        '<p class="recommendation__strength"><span class="vh web-only">Strength: </span>'
        '<a class="strength strength--law-requires" href="#mark-law-requires">Law requires</a></p>'
        '<p class="recommendation__text" id="p-3">Choose <em>one</em> setting.</p><p>A change invites suspicion.</p>'
        '<p class="recommendation__meta">Owner, at once · Evidence: <a href="../../law/x/">X</a></p></div></section>')
_KNOWN = {"ib-08-r1": Recommendation("ib-08-r1", "8.1", "Choose one setting.", "Owner, with counsel", "before the next post", (), None, "")}  # type: ignore[arg-type]


def test_the_act_part_is_what_stands_between_its_mark_and_the_next() -> None:
    act = lxml.html.fragment_fromstring(act_html(_brief(_ACT), _KNOWN), create_parent=True)
    text = " ".join(act.text_content().split())
    assert "Before" not in text and "After" not in text and "what to do" not in text
    assert "Leave criticism up." in text and "See the clause." in text
    assert [node.get("id") for node in act.iter() if node.get("id")] == ["at-a-glance", "g", "choices", "t", "ib-08-r1"]


def test_a_recommendation_keeps_its_number_sentence_strength_and_who_acts_by_when() -> None:
    act = lxml.html.fragment_fromstring(act_html(_brief(_ACT), _KNOWN), create_parent=True)
    own = act.find_class("recommendation")[0]
    assert " ".join(own.text_content().replace("\u2002", " ").split()) == "8.1Choose one setting.Law requires Owner, with counsel, before the next post"
    assert own.find(".//em") is not None


@pytest.mark.parametrize("html", ["", "<p>Text.</p>", '<p>about <a href="#part-act">part-act</a></p>'])
def test_without_marks_there_is_no_card(html: str) -> None:
    assert act_html(html, {}) == ""


def _card(act: str, fonts: Path, **changes: object):
    source = Attachment("a.md", "text/markdown", "Source", b"---\nid: x\n---\n/// part | act\n///\n\nText.\n", "source")
    form = {"form": "card", "named": "card", "line": "What to decide and do"}
    values: dict[str, object] = {**form, "attachments": (source,), "publisher_note": "Guidance, not legal advice."}
    return make_edition(request(act_html(_brief(act), _KNOWN), **(values | changes)), fonts)


def test_a_card_is_one_accessible_page_that_says_what_it_is(fonts: Path) -> None:
    made = _card(_ACT, fonts)
    assert made.pages == 1
    assert validate_pdf(made.pdf) == []
    sheet, = sheets(made.pdf)
    assert (sheet.width, sheet.height) == (612, 792)
    assert list(sheet.overprints()) == [] and sheet.beyond(40, 572) == []
    reading = read(made.pdf)
    text = reading.tags.text()
    for said in ("Issue brief 8", "Edition 1, December 1, 2026", "Law as of November 22, 2026", "onrecord.example/id/ib-08",
                 "not legal advice", "8.1", "Law requires"):
        assert said in text.replace("\u2002", " ")
    assert set(reading.destinations()) == {"at-a-glance", "g", "choices", "t", "ib-08-r1"}
    assert str(reading.pdf.docinfo["/Title"]).startswith("Issue brief 8 card")


def test_a_card_is_set_as_large_as_it_fits_but_not_below_eight_points(fonts: Path) -> None:
    sizes = []
    for paragraphs in (5, 45, 60):
        made = _card(f'<h2 id="a">What to do</h2>{f"<p>{_SENTENCE}</p>" * paragraphs}', fonts)
        assert made.pages == 1
        sizes.append(max(word.size for word in sheets(made.pdf)[0].words if word.text.startswith("sentence")))
    assert sizes == sorted(sizes, reverse=True) and sizes[0] == 10 and 8 <= sizes[-1] < 10
    assert min(word.size for word in sheets(made.pdf)[0].words) >= 8


def test_a_card_that_does_not_fit_says_by_how_much(fonts: Path) -> None:
    with pytest.raises(EditionError) as caught:
        _card(f'<h2 id="a">What to do</h2>{f"<p>{_SENTENCE}</p>" * 90}', fonts)
    assert caught.value.line == 4
    assert "runs over by about" in caught.value.message and "at 8 points" in caught.value.message
    assert caught.value.remedy.startswith("Shorten what stands between")
    lines = int(caught.value.message.split("about ")[1].split()[0])
    assert 20 <= lines <= 120


def test_a_table_that_a_column_has_no_room_for_stands_over_both(fonts: Path) -> None:
    cells = "".join(f"<td>{word}</td>" for word in ("Communications", "Administration", "Confidentiality", "Accessibility", "Misinformation"))
    made = _card(f'<h2 id="a">A</h2><p>{_SENTENCE * 9}</p><table><tr>{cells}</tr></table>', fonts)
    assert validate_pdf(made.pdf) == []
    sheet, = sheets(made.pdf)
    assert list(sheet.overprints()) == [] and sheet.beyond(40, 572) == []
