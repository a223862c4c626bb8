"""The tables that readers take away: what CSV, JSON, schemas and dictionary say is the same, and is what the sources say."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hooks.registers.data import PACKAGE, SEPARATOR, TABLES, data_files, package_name, rows, spdx
from hooks.series.coded_policies import coded_policy_files
from hooks.series.load import load_series
from hooks.series.model import Series
from hooks.site.page_dates import data_changed
from tests import support
from tests.support import ROOT

SITE = "https://www.example.gov/series/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CODED = """
- id: sample-village
  title: 'Comment Policy | 2026'
  body: 'Village of Sample, New York (invented)'
  kind: village
  url: 'https://sample.example/policy'
  read: 2026-11-29
  part: whole
  words: 300
  sha256: {digest}
  half: build
  elements: {{employee-access: missing, account-management: thin, acceptable-use: missing, employee-conduct: missing, content: there,
    security: missing, legal-issues: thin, citizen-conduct: there}}
  grounds:
    - {{phrase: '=offensive', why: vague-offensive}}
  has: {{records: true, foil: false, accessibility: false, appeals: false, blocking: false, adopted: true, review: false}}
  doubt: ''
"""
# What the specification of Frictionless says that a package must have, as far as we write it: https://specs.frictionlessdata.io/data-package/,
# /data-resource/, /tabular-data-resource/ and /table-schema/.
PACKAGE_SCHEMA = {
    "type": "object",
    "required": ["name", "resources", "licenses"],
    "properties": {
        "name": {"pattern": "^[-a-z0-9._/]+$"},
        "licenses": {"minItems": 1, "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]}},
        "resources": {
            "minItems": 1,
            "items": {
                "required": ["name", "path", "profile", "schema"],
                "properties": {
                    "name": {"pattern": "^[-a-z0-9._/]+$"},
                    "path": {"pattern": r"^(?!/)(?!.*\.\.)[^\\]+$"},
                    "hash": {"pattern": "^sha256:[0-9a-f]{64}$"},
                    "bytes": {"type": "integer"},
                },
                "if": {"properties": {"profile": {"const": "tabular-data-resource"}}},
                "then": {
                    "properties": {
                        "schema": {
                            "required": ["fields"],
                            "properties": {
                                "foreignKeys": {"minItems": 1},
                                "primaryKey": {"minItems": 1},
                                "fields": {
                                    "minItems": 1,
                                    "items": {
                                        "required": ["name"],
                                        "properties": {
                                            "type": {"enum": ["string", "integer", "boolean", "date"]},
                                            "description": {"type": "string", "minLength": 3},
                                            "constraints": {"additionalProperties": False, "properties": {"required": {}, "enum": {"minItems": 1}}},
                                        },
                                    },
                                }
                            },
                        }
                    }
                },
            },
        },
    },
}


@pytest.fixture
def files(sample: Path, render: Callable[..., support.Rendered]) -> Mapping[str, str]:
    (sample / "docs/tools").mkdir(exist_ok=True)
    (sample / "docs/tools/coded-policies.yml").write_text(CODED.format(digest="a" * 64), encoding="utf-8")
    site = render(sample).site
    found = rows(load_series(sample)[0], site.recommendations, site.questions, SITE)
    return data_files(found, "sample", "Sample", ["A. Author"], "CC BY 4.0", LICENCE, SITE)


def table(files: Mapping[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"], newline="")))


def data(files: Mapping[str, str], name: str) -> list[dict[str, Any]]:
    return json.loads(files[f"data/{name}.json"])


def items(cell: str) -> list[str]:
    """A list as the page on data says to read it."""
    out = [""]
    escaped = False
    for char in cell:
        if char == SEPARATOR and not escaped:
            out.append("")
            continue
        escaped = char == "\\" and not escaped
        out[-1] += "" if escaped else char
    return out if cell else []


def test_every_table_that_has_rows_has_its_three_files_and_stands_in_the_dictionary(files: Mapping[str, str]) -> None:
    assert set(files) == {PACKAGE, *(path for item in TABLES for path in (item.csv, item.json, item.schema))} - {
        path for item in TABLES if item.csv not in files for path in (item.csv, item.json, item.schema)
    }
    assert {item.name for item in TABLES if item.csv in files} >= {"recommendations", "cases", "authorities", "questions", "policies", "policy-phrases"}
    package = json.loads(files[PACKAGE])
    assert {resource["path"] for resource in package["resources"]} == {path.removeprefix("data/") for path in files if path.endswith((".csv", ".json"))
                                                                        and not path.endswith(".schema.json") and path != PACKAGE}


def test_the_json_of_each_table_keeps_to_its_schema(files: Mapping[str, str]) -> None:
    for item in TABLES:
        if item.json in files:
            schema = json.loads(files[item.schema])
            jsonschema.Draft202012Validator.check_schema(schema)
            check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
            found = json.loads(files[item.json])
            check.validate(found)
            assert list(check.iter_errors([{**found[0], "surprise": 1}])) and list(check.iter_errors([{}])), item.name


def test_the_csv_says_what_the_json_says(files: Mapping[str, str]) -> None:
    package = json.loads(files[PACKAGE])
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"] if resource["format"] == "csv"}
    for name, schema in schemas.items():
        given = data(files, name)
        cells = table(files, name)
        assert len(given) == len(cells) > 0
        for record, row in zip(given, cells, strict=True):
            assert list(row) == list(record) == [column["name"] for column in schema["fields"]]
            for column in schema["fields"]:
                value, cell = record[column["name"]], row[column["name"]]
                plain = cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
                if isinstance(value, list):
                    assert items(plain) == value, (name, column["name"])
                elif isinstance(value, bool):
                    assert (column["type"], cell) == ("boolean", str(value).lower())
                else:
                    assert plain == ("" if value is None else str(value)), (name, column["name"])
                constraints = column.get("constraints", {})
                assert cell or not constraints.get("required"), (name, column["name"])
                assert not cell or cell in constraints.get("enum", [cell]), (name, column["name"])


def test_the_dictionary_is_a_data_package_and_its_keys_lead_to_rows(files: Mapping[str, str]) -> None:
    package = json.loads(files[PACKAGE])
    jsonschema.Draft202012Validator(PACKAGE_SCHEMA).validate(package)
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in package["resources"]:
        content = files[f"data/{resource['path']}"].encode()
        assert resource["bytes"] == len(content) and resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if resource["format"] != "csv":
            assert f"data/{resource['schema']}" in files
            continue
        found = data(files, resource["name"])
        key = resource["schema"].get("primaryKey", [])
        assert len({tuple(row[name] for name in key) for row in found}) == len(found) or not key
        for foreign in resource["schema"].get("foreignKeys", []):
            known = {row["id"] for row in data(files, foreign["reference"]["resource"])}
            assert {row[foreign["fields"]] for row in found} <= known


def test_a_recommendation_has_its_strength_evidence_and_addresses(files: Mapping[str, str]) -> None:
    (row,) = [row for row in data(files, "recommendations") if row["id"] == "ib-01-r2"]
    assert (row["permanent"], row["url"]) == (f"{SITE}id/ib-01-r2/", "briefs/comments/#ib-01-r2")
    assert row["evidence"] and row["who"] == "Records officer" and row["edition"] >= 1


def test_a_recommendation_is_as_of_the_earliest_day_of_its_law_and_of_none_without_law(files: Mapping[str, str]) -> None:
    known = {row["id"]: row["as_of"] for row in data(files, "authorities")}
    found = {row["id"]: (row["as_of"], [item.removeprefix("law:") for item in row["evidence"] if item.startswith("law:")])
             for row in data(files, "recommendations")}
    assert any(law for _, law in found.values()) and any(not law for _, law in found.values())
    assert all(day == min((known[name] for name in law), default=None) for day, law in found.values()), found
    assert all(row["as_of"] == known[row["authority"]] for row in data(files, "legal-dates"))


def test_a_cell_that_a_spreadsheet_would_run_and_an_item_with_the_separator_survive(files: Mapping[str, str]) -> None:
    (phrase,) = table(files, "policy-phrases")
    assert phrase["phrase"] == "'=offensive" and data(files, "policy-phrases")[0]["phrase"] == "=offensive"
    assert items(r"a\|b|c\\") == ["a|b", "c\\"]
    (policy,) = data(files, "policies")
    assert (policy["title"], policy["has_records"], policy["doubt"], policy["content"]) == ("Comment Policy | 2026", True, None, "there")


def test_the_package_is_of_the_newest_day_in_it_and_names_a_license_only_where_there_is_one(sample: Path, render: Callable[..., support.Rendered]) -> None:
    series, site = load_series(sample)[0], render(sample).site
    found = rows(series, site.recommendations, site.questions, SITE)
    day = data_changed(series)
    assert day is not None and all(day >= item.as_of for item in series.authorities) and day >= max(item.front.published for item in series.cases)
    package = json.loads(data_files(found, "sample", "Sample", ["A"], "Not licensed yet.", "", SITE, day)[PACKAGE])
    assert (package["version"], package["created"]) == (f"{day.year}.{day.month}.{day.day}", f"{day}T00:00:00Z")
    assert "licenses" not in package and package["description"].endswith("Not licensed yet.")
    assert not {"version", "created"} & set(json.loads(data_files(found, "sample", "Sample", ["A"], "CC", LICENCE, SITE)[PACKAGE]))
    assert data_changed(Series()) is None


def test_a_series_without_records_has_no_data() -> None:
    assert data_files({}, "x", "X", ["A"], "None", "https://example.org/licence", "https://x.example/") == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("kind: village", "kind: vilage"), "Did you mean “village”?"),
        (("content: there,", "content: their,"), "Did you mean “there”?"),
        (("why: vague-offensive", "why: vague"), "is not allowed"),
        (("security: missing, ", ""), "It does not say: security"),
        (("review: false", "reviewed: false"), "Did you mean “review”?"),
        (("sha256: a", "sha256: x"), "sha256"),
    ],
)
def test_a_mistake_in_a_coded_policy_is_named_with_its_line(sample: Path, change: tuple[str, str], message: str) -> None:
    (sample / "docs/tools").mkdir(exist_ok=True)
    text = CODED.format(digest="a" * 64)
    assert change[0] in text
    (sample / "docs/tools/coded-policies.yml").write_text(text.replace(*change), encoding="utf-8")
    series, problems = load_series(sample)
    assert series.coded == ()
    (problem,) = problems
    assert problem.path == "docs/tools/coded-policies.yml" and problem.line and message in f"{problem.message} {problem.remedy}"


def test_every_policy_that_was_coded_is_read() -> None:
    series, problems = load_series(ROOT)
    assert not [problem for problem in problems if "coded" in problem.path]
    assert len(series.coded) == sum((ROOT / path).read_text(encoding="utf-8").count("\n- id:") for path in coded_policy_files(ROOT)) > 100


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (LICENCE, "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/", "CC-BY-NC-SA-3.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.en", "CC-BY-4.0"),
        ("https://example.org/licenses/by/4.0/", ""),
        ("", ""),
    ],
)
def test_a_licence_is_named_as_the_spdx_list_names_it(url: str, expected: str) -> None:
    assert spdx(url) == expected


def test_the_name_of_a_series_makes_a_name_for_files() -> None:
    assert [package_name(name) for name in ("On the Record", "Ça va?", "—")] == ["on-the-record", "ca-va", "series"]
