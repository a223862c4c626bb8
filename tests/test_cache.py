"""The cache keeps what it was given, and nothing that is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.core.cache import Cache, digest, write_atomically


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get("kind", "key") is None
    assert cache.put("kind", "key", b"one\ntwo\n") == b"one\ntwo\n"
    assert cache.get("kind", "key") == b"one\ntwo\n"
    assert cache.get("other", "key") is None
    cache.put("kind", "key", b"")
    assert cache.get("kind", "key") == b""


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"", lambda data: b"no checksum", lambda data: data.upper()])
def test_a_damaged_entry_counts_as_missing_and_can_be_replaced(tmp_path: Path, damage) -> None:
    cache = Cache(tmp_path)
    cache.put("kind", "key", b"content")
    path = tmp_path / "kind/key"
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("kind", "key") is None
    cache.put("kind", "key", b"new")
    assert cache.get("kind", "key") == b"new"


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    assert cache.put("kind", "key", b"content") == b"content"
    assert cache.get("kind", "key") is None


def test_a_folder_where_an_entry_should_be_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "kind/key").mkdir(parents=True)
    assert Cache(tmp_path).get("kind", "key") is None


def test_writing_leaves_no_other_file_and_on_failure_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "entry"
    write_atomically(path, b"old")
    assert [item.name for item in tmp_path.iterdir()] == ["entry"]
    with pytest.raises(TypeError):
        write_atomically(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["entry"]


def test_the_digest_tells_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("é") == digest("é".encode())
    assert digest("") != digest()


def test_what_is_remembered_is_made_once(tmp_path: Path) -> None:
    made: list[bytes] = []
    for _ in range(2):
        assert Cache(tmp_path).remember("kind", "key", lambda: made.append(b"x") or b"content") == b"content"
    assert made == [b"x"]
