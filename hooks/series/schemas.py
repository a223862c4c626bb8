"""Write the JSON Schemas that editors complete from: `python -m hooks.series.schemas`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from hooks.series.coded_policies import CodedPolicy
from hooks.series.home import HomeFront
from hooks.series.model_policies import ModelPolicy
from hooks.series.packs import PackRecord
from hooks.series.passed import Settled
from hooks.series.policy_builder import PolicyBuilder
from hooks.series.policy_check import Measured, PolicyCheck
from hooks.series.questions import Question
from hooks.series.records import (
    Annotation,
    Authority,
    CaseFront,
    DeckFront,
    KeyFront,
    ModuleFront,
    PlatformFact,
    PublicationFront,
    SectorFront,
    SheetFront,
    SlidesFront,
    Term,
)
from hooks.series.releases import Release
from hooks.series.roles import RoleFile
from hooks.series.search_words import SearchWords
from hooks.series.tools import DecisionPath, Readiness

# Records, and lists of them: all that a TypeAdapter takes.
FILES: dict[str, Any] = {
    "publication": PublicationFront,
    "course-module": ModuleFront,
    "now-sheet": SheetFront,
    "sector-sheet": SectorFront,
    "slides": SlidesFront,
    "deck": DeckFront,
    "answer-key": KeyFront,
    "course-pack": PackRecord,
    "roles": RoleFile,
    "home": HomeFront,
    "case-study": CaseFront,
    "law": list[Authority],
    "glossary": list[Term],
    "platforms": list[PlatformFact],
    "questions": list[Question],
    "releases": list[Release],
    "annotations": dict[str, Annotation],
    "readiness": Readiness,
    "decision-path": DecisionPath,
    "policy-builder": PolicyBuilder,
    "policy-check": PolicyCheck,
    "policy-check-measured": Measured,
    "coded-policies": list[CodedPolicy],
    "model-policies": list[ModelPolicy],
    "currency": list[Settled],
    "search": SearchWords,
}


def schemas() -> dict[str, str]:
    """File name → JSON Schema as text: draft 7, which editors read."""
    out = {}
    for name, model in FILES.items():
        schema = {"$schema": "http://json-schema.org/draft-07/schema#", **TypeAdapter(model).json_schema()}
        out[f"{name}.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return out


def main(folder: Path = Path("schemas")) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
