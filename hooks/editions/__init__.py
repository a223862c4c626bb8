"""Printed editions: final article HTML → Typst → PDF/UA-1 and PDF/A-3a in one file."""

from __future__ import annotations

from hooks.editions.compile import make_edition
from hooks.editions.fonts import build_fonts
from hooks.editions.model import Attachment, Edition, EditionError, EditionRequest
from hooks.editions.validate import validate_pdf

__all__ = ["Attachment", "Edition", "EditionError", "EditionRequest", "build_fonts",
           "make_edition", "validate_pdf"]
