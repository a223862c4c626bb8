"""Measure the checker: `python -m tests.policies.measure TEXTS` prints how it does on the policies that its rules were written on.

Those are all of docs/tools/coded-policies.yml: its half `build` from the start, its half `kept` since it was met once. What that gave stands in the file
of results under `first` and is not measured again. With `--write` the policies of coded-policies-second.yml are measured too, which the rules have
not been written on, and docs/tools/policy-check-measured.yml is written anew. TEXTS is a folder of the policies as they were read,
`<id>.txt`; they are not kept here, and a text that is not the one that was coded is refused.

How it is counted, as it was settled before the half kept back was met:
- an element counts as found if it is there or thin, and as coded likewise; the level itself is counted apart;
- a coded phrase is found if a finding for the same reason shares a word with it in the text; a finding that shares a word with
  no phrase coded for that reason is wrong. `right` counts phrases, so two findings in one phrase are one;
- what else is said (records, appeals, …) is found or not.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hooks.series import vocabulary as words
from hooks.series.policy_check import FACTS, MEASURED
from tests.policies.engine import corpus, rules, run
from tests.support import ROOT

_QUOTES = str.maketrans("’‘“”", "''\"\"")


def read_text(folder: Path, policy: Mapping[str, Any]) -> str:
    """The text of a policy. Raises ValueError if it is not the one that was coded."""
    data = (folder / f"{policy['id']}.txt").read_bytes()
    if hashlib.sha256(data).hexdigest() != policy["sha256"]:
        raise ValueError(f"{policy['id']}: the text is not the one that was coded")
    return data.decode()


def places(text: str, phrase: str) -> list[tuple[int, int]]:
    """Where a phrase stands in a text, line breaks and the form of quotation marks aside."""
    pattern = r"\s+".join(re.escape(word) for word in phrase.translate(_QUOTES).split())
    return [match.span() for match in re.finditer(pattern, text.translate(_QUOTES), re.IGNORECASE)]


def compare(policies: Iterable[Mapping[str, Any]], texts: Mapping[str, str], found: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of one half, as they stand in the file of results."""
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    same = 0
    of = 0

    def count(name: str, id_: str, coded: bool, there: bool) -> None:
        (right if coded and there else wrong if there else missed if coded else Counter())[name, id_] += 1

    for policy in policies:
        of += 1
        result = found[policy["id"]]
        for item in result["elements"]:
            coded = policy["elements"][item["element"]]
            same += coded == item["level"]
            count("elements", item["element"], coded != "missing", item["level"] != "missing")
        for item in result["facts"]:
            count("facts", item["fact"], policy["has"][item["fact"]], item["stated"])
        used: set[int] = set()
        for ground in policy["grounds"]:
            spans = places(texts[policy["id"]], ground["phrase"])
            hits = {
                n for n, item in enumerate(result["grounds"])
                if item["ground"] == ground["why"] and any(item["start"] < end and start < item["end"] for start, end in spans)
            }
            used |= hits
            count("grounds", ground["why"], True, bool(hits))
        for n, item in enumerate(result["grounds"]):
            if n not in used:
                count("grounds", item["ground"], False, True)
    names = {"elements": list(words.ELEMENTS), "grounds": [item.id for item in rules().grounds], "facts": list(FACTS)}
    return {"policies": of, "same_level": same} | {
        name: [{"id": id_, "right": right[name, id_], "wrong": wrong[name, id_], "missed": missed[name, id_]} for id_ in ids]
        for name, ids in names.items()
    }


def measure(folder: Path, *halves: str) -> dict[str, Any]:
    """The counts on the policies of those halves."""
    policies = [item for item in corpus() if item["half"] in halves]
    texts = {item["id"]: read_text(folder, item) for item in policies}
    return compare(policies, texts, run(rules(), texts))


def shown(name: str, counts: Iterable[Mapping[str, Any]]) -> str:
    """Counts of one kind as lines to read, with their sum."""
    lines = []
    rows = list(counts)
    rows.append({"id": f"all {name}"} | {key: sum(row[key] for row in rows) for key in ("right", "wrong", "missed")})
    for row in rows:
        found, coded = row["right"] + row["wrong"], row["right"] + row["missed"]
        share = [f"{row['right'] / of:.2f}" if of else "  – " for of in (found, coded)]
        lines.append(f"{row['id']:20} precision {share[0]} recall {share[1]}  right {row['right']} wrong {row['wrong']} missed {row['missed']}")
    return "\n".join(lines)


def main() -> None:
    """Print one half, or measure both and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--write", action="store_true", help="measure the second set too, and write the file of results")
    parser.add_argument("--day", type=date.fromisoformat, help="the day of the measurement, with --write")
    given = parser.parse_args()
    sets = {"written_on": measure(given.texts, "build", "kept")}
    if given.write:
        sets["unseen"] = measure(given.texts, "second")
    for label, counts in sets.items():
        print(f"\n{label}: {counts['policies']} policies, {counts['same_level']} of {8 * counts['policies']} elements at the coded level")
        for name in ("elements", "grounds", "facts"):
            print(shown(name, counts[name]))
    if given.write:
        first = yaml.safe_load((ROOT / MEASURED).read_text(encoding="utf-8"))["first"]
        policies = [{key: item[key] for key in ("id", "title", "body", "url", "half")} for item in corpus()]
        data = {"measured": given.day or date.today(), **sets, "first": first, "policies": policies}
        head = "# yaml-language-server: $schema=../../schemas/policy-check-measured.schema.json\n# Written by tests/policies/measure.py; not by hand.\n"
        (ROOT / MEASURED).write_text(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=140), encoding="utf-8")


if __name__ == "__main__":
    main()
