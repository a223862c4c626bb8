"""Finding the line on which something was written."""

from __future__ import annotations

import pytest

from hooks.core.locate import definition, heading, image_without_text, line_of

TEXT = """\
---
title: Records
---
## The *issue* with "law:foil" {#issue}

See [](law:foil-87), `[](law:foil)` and [](law:foil), then [](law:foil#x).

```python
law:foil
```
~~~~
law:foil
```
~~~
law:foil
~~~~
[@smith] and [@smith:2020] and [-@smith, p. 4].

/// case | roanoke
///

//// case|county-2020
////

/// case
///

![](a/fig.svg) ![Text](fig.svg) ![ ](fig.svg)

## It's the *[law](law:foil)* here

/// table-caption | issue
///
"""


@pytest.mark.parametrize(
    ("needle", "nth", "line"),
    [
        ("law:foil", 0, 4),
        ("law:foil", 1, 6),
        ("law:foil", 2, 30),
        ("law:foil", 9, 30),
        ("law:foil-87", 0, 6),
        ("law:foil#x", 0, 6),
        ("law:fo", 0, None),
        ("@smith", 0, 17),
        ("@smith", 1, 17),
        ("@smith:2020", 0, 17),
        ("/// case", 0, 25),
        ("/// case | roanoke", 0, 19),
        ("/// case | county-2020", 0, 22),
        ("nowhere", 0, None),
    ],
)
def test_a_text_that_stands_for_itself(needle: str, nth: int, line: int | None) -> None:
    assert line_of(TEXT, needle, nth) == line


def test_a_heading_is_found_by_its_words() -> None:
    assert line_of(TEXT, heading("The issue with “law:foil”")) == 4
    assert line_of(TEXT, heading("It’s the law here")) == 30
    assert line_of(TEXT, heading("The issue")) is None
    assert heading("–") is None


def test_an_id_is_found_where_it_is_given() -> None:
    assert line_of(TEXT, definition("issue")) == 4
    assert line_of(TEXT, definition("issue"), 1) == 32
    assert line_of(TEXT, definition("roanoke")) == 19
    assert line_of(TEXT, definition("law")) is None


def test_an_image_without_text_is_told_from_one_with_it() -> None:
    assert line_of(TEXT, image_without_text("fig.svg")) == 28
    assert line_of("![Text](fig.svg)\n\n![](fig.svg)", image_without_text("fig.svg")) == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```\nx\n```\nx", 4),
        ("~~~\n```\nx\n~~~\nx", 5),
        ("````\n```\nx\n````\nx", 5),
        ("    ```\n    x\n    ```\nx", 4),
        ("```\nx", None),
        ("`x` ``x ` x`` x", 1),
        ("`x` and ``x``\nx", 2),
    ],
)
def test_code_is_passed_over(text: str, line: int | None) -> None:
    assert line_of(text, "x") == line
