"""What is a citation, and what only looks like one."""

from __future__ import annotations

import pytest

from hooks.core.citations import Citation, parse_group


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("@doe2020", [Citation("doe2020")]),
        ("@doe2020, p. 4", [Citation("doe2020", locator="p. 4")]),
        ("-@doe2020", [Citation("doe2020", suppress_author=True)]),
        ("see @doe2020", [Citation("doe2020", prefix="see")]),
        ("see also -@doe2020, ch. 2, note 3", [Citation("doe2020", "see also", "ch. 2, note 3", True)]),
        ("@doe2020; @roe2021", [Citation("doe2020"), Citation("roe2021")]),
        ("see @doe2020, p. 4; -@roe2021", [Citation("doe2020", "see", "p. 4"), Citation("roe2021", suppress_author=True)]),
        (" @doe2020 ,  p.\n 4 ", [Citation("doe2020", locator="p. 4")]),
        ("@doe:2020a", [Citation("doe:2020a")]),
        ("@doe_2020-x.y/z+1", [Citation("doe_2020-x.y/z+1")]),
        ("@2020doe", [Citation("2020doe")]),
        ("@Öberg2020", [Citation("Öberg2020")]),
        ("@doe2020.", None),
        ("@doe2020:", None),
        ("@doe2020 p. 4", None),
        ("the @CDCgov account", None),
        ("@GSA account", None),
        ("clerk@sample.example", None),
        ("mail clerk@sample.example", None),
        ("@doe2020; and more", None),
        ("@doe2020;", None),
        ("@", None),
        ("@ doe2020", None),
        ("--@doe2020", None),
        ("@doe2020 @roe2021", None),
        ("@doe2020, see @roe2021", None),
        ("", None),
        ("no key", None),
    ],
)
def test_the_inside_of_brackets(text: str, citations: list[Citation] | None) -> None:
    group = parse_group(text)
    assert (list(group.citations) if group else None) == citations


@pytest.mark.parametrize("text", ["@doe2020", "see -@doe2020, p. 4; @roe:2021, ch. 2"])
def test_a_group_is_written_as_it_was_read(text: str) -> None:
    group = parse_group(text)
    assert str(group) == f"[{text}]"
    assert parse_group(str(group)[1:-1]) == group


def test_the_keys_of_a_group() -> None:
    assert parse_group("@b; see @a, p. 1").keys == ("b", "a")
