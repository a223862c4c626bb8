"""The bracketed blanks of model clauses."""

from __future__ import annotations

import pytest

from hooks.blocks.blanks import mark_blanks
from hooks.core.tree import fragment, with_class


@pytest.mark.parametrize(
    ("html", "blanks"),
    [
        ("<p>Write to [address].</p>", ["[address]"]),
        ("<p>[a][b]</p>", ["[a]", "[b]"]),
        ("<p>in [LGS-1, adopted by resolution [number] of [date] / the schedule] it</p>", ["[LGS-1, adopted by resolution [number] of [date] / the schedule]"]),
        ("<p>One <em>[two]</em> and [three]</p>", ["[two]", "[three]"]),
        ("<p><code>[code]</code> stays, as does [an open one</p>", []),
    ],
)
def test_blanks_are_marked_and_the_words_stay(html: str, blanks: list[str]) -> None:
    tree = fragment(html)
    before = tree.text_content()
    mark_blanks(tree)
    assert [node.text for node in with_class(tree, "blank")] == blanks
    assert tree.text_content() == before
