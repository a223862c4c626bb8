"""The JSON Schemas that editors complete from: they are those in schemas/, and agree with what the build accepts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from hooks.series.schemas import main, schemas
from hooks.series.sources import split_front_matter
from tests.support import ROOT, SAMPLE


class _Dates(yaml.SafeLoader):
    """Leaves dates as text, as editors do."""


_Dates.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def data(path: str) -> object:
    text = (SAMPLE / path).read_text(encoding="utf-8")
    return yaml.load(split_front_matter(text)[0] if path.endswith(".md") else text, _Dates)


RECORDS = [
    ("publication", "briefs/comments.md"),
    ("publication", "whitepaper/index.md"),
    ("case-study", "docs/case-studies/sample-county-2020.md"),
    ("case-study", "docs/case-studies/sample-village-2021.md"),
    ("law", "docs/law/sample.yml"),
    ("platforms", "docs/platforms.yml"),
    ("glossary", "docs/glossary/terms.yml"),
    ("questions", "docs/questions/schools.yml"),
    ("annotations", "docs/literature/annotations.yml"),
]


def test_the_command_writes_the_schemas_that_are_committed(tmp_path: Path) -> None:
    main(tmp_path / "schemas")
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()}
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.schema.json")}
    assert written == committed, "run `make schemas`"


@pytest.mark.parametrize("name", schemas())
def test_each_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize(("name", "path"), RECORDS)
def test_the_sample_keeps_to_the_schemas(name: str, path: str) -> None:
    schema = json.loads(schemas()[f"{name}.schema.json"])
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data(path))


@pytest.mark.parametrize(
    "change",
    [{"role": ["counsel"]}, {"roles": ["councel"]}, {"edition": "two"}, {"summary": "Too short."}, {"id": "IB 01"}, {"changes": []}],
    ids=lambda change: next(iter(change)),
)
def test_an_editor_refuses_what_the_build_refuses(change: dict) -> None:
    validator = jsonschema.Draft7Validator(json.loads(schemas()["publication.schema.json"]))
    assert list(validator.iter_errors(data("briefs/comments.md") | change))
