"""The timetable of six weeks: modules stay in order, and no session is longer than it must be."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hooks.registers.course import split


def modules(*minutes: int) -> list:
    return [SimpleNamespace(lesson=SimpleNamespace(minutes=item)) for item in minutes]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ((90, 90, 135, 135, 130, 80, 115, 160), [(90, 90), (135,), (135,), (130,), (80, 115), (160,)]),
        ((60, 60, 60), [(60,), (60,), (60,)]),
        ((60,) * 12, [(60, 60)] * 6),
        ((), []),
    ],
)
def test_split(minutes: tuple[int, ...], expected: list[tuple[int, ...]]) -> None:
    assert [tuple(item.lesson.minutes for item in group) for group in split(modules(*minutes), 6)] == expected
