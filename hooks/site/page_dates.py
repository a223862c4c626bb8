"""The day on which a page last changed, for the sitemap: stated by a source, never read from a clock."""

from __future__ import annotations

from datetime import date

from hooks.series.model import Case, Publication, Series


def last_change(series: Series, path: str) -> date | None:
    """When the page of the source `path` last changed.

    A publication changes with its editions and corrections, a case study with its revision, an authority when it is confirmed,
    questions when an answer is. Every other page is
    a list of those, or stands beside them: it is as new as the newest of the series, and has no day where there is none.
    """
    item = series.by_path.get(path)
    if item is not None:
        return _changed(item)
    if path in series.authority_by_path:
        return series.authority_by_path[path].as_of
    if path in series.subject_by_path:
        return max(question.as_of for question in series.subject_by_path[path].questions)
    return max(map(_changed, series.by_path.values()), default=None)


def data_changed(series: Series) -> date | None:
    """The newest day on which a publication or case changed, an authority or an answer was checked, or a coded policy was read."""
    checked = (*(item.as_of for item in series.authorities), *(item.as_of for items in series.questions.values() for item in items))
    return max((*map(_changed, series.by_path.values()), *checked, *(item.read for item in series.coded)), default=None)


def _changed(item: Publication | Case) -> date:
    if isinstance(item, Case):
        return item.front.revised or item.front.published
    front = item.front
    return max([front.published, front.revised, *(change.date for change in front.changes), *(erratum.date for erratum in front.errata)])
