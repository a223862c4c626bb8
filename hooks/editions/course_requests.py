"""What the slides and the handout of a course module are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from hooks.editions.course_print import handout_html
from hooks.editions.model import Attachment, EditionRequest
from hooks.editions.requests import Sources, images, publication_request
from hooks.series.course import Slides, handout_id
from hooks.series.model import Publication
from hooks.series.sources import read_text


def course_requests(sources: Sources) -> Iterator[EditionRequest]:
    """The slides and handouts of every module whose page is there."""
    for slides in sources.series.slides:
        if slides.path in sources.site.pages and slides.module.path in sources.site.pages:
            yield slides_request(slides, sources)
    for module in sources.series.modules.values():
        if module.path in sources.site.pages and handout_html(sources.site.pages[module.path].html):
            yield handout_request(module, sources)


def slides_request(slides: Slides, sources: Sources) -> EditionRequest:
    """The slides of a module, for a page of 16:9 each; the speaker's notes stay on the web page."""
    html = sources.site.pages[slides.path].html
    text = read_text(sources.root, slides.path) or ""
    return replace(
        publication_request(slides.module, sources),
        pub_id=slides.id,
        page_url=urljoin(sources.imprint.site_url, slides.url),
        html=html,
        source=Path(slides.path),
        images=images(sources, slides.url, html),
        attachments=(Attachment(f"{PurePosixPath(slides.path).stem}-slides.md", "text/markdown", "Source of these slides", text.encode(), "source"),),
        form="slides",
    )


def handout_request(module: Publication, sources: Sources) -> EditionRequest:
    """The handout of a module, on one page."""
    request = publication_request(module, sources)
    html = handout_html(sources.site.pages[module.path].html)
    source = tuple(item for item in request.attachments if item.relationship == "source")
    return replace(request, pub_id=handout_id(module), html=html, images=images(sources, module.url, html), attachments=source, form="handout")
