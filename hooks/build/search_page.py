"""What the page of results holds besides the results: an index of subjects for who runs no script, and where to suggest what is missing."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from hooks.core.urls import relative_url
from hooks.linking.search_passages import wordings_of
from hooks.site.published import Published

SUGGESTED = "QUERY"
"""What stands in the link for a suggestion where the words of the query go; assets/search-page.js puts them there."""
Links = list[tuple[str, str]]


def subjects(published: Published, url: str) -> list[tuple[str, list[tuple[str, Links]]]]:
    """An index of subjects for who runs no script: each letter with its words, each word with the titles and links of where it is dealt with.

    The words are those of search.yml that name one thing, and the titles of all that stands in lists.
    """
    series = published.series
    named = {item.url: item.front.title for item in series.publications if item.in_force and item.kind not in ("interview-form", "course-workbook")}
    pages = named | {tool.url: tool.title for tool in series.tool_pages.values()}
    found: dict[str, dict[str, str]] = {}
    for address, wordings in wordings_of(published.search_words, series).items():
        if address in pages:
            for wording in wordings:
                word = wording[0].upper() + wording[1:]
                found.setdefault(word, {})[address] = pages[address]
    for address, title in pages.items():
        found.setdefault(title, {})[address] = title
    letters: dict[str, list[tuple[str, Links]]] = {}
    for word in sorted(found, key=lambda word: (word.lower(), word)):
        letter = word[0].upper() if word[0].isalpha() else "0-9"
        links = [(title, relative_url(address, url)) for address, title in found[word].items()]
        letters.setdefault(letter, []).append((word, links))
    return list(letters.items())


def suggestion_link(to: str) -> str:
    """Where a reader suggests what the series does not cover; "" where the site names no place. `to` as in `message_link`."""
    return message_link(to, f"Not found: {SUGGESTED}", f"I looked for: {SUGGESTED}\n\nWhat I need to know, and for what:\n")


def message_link(to: str, subject: str, body: str) -> str:
    """The link that opens a message with a subject and a body; "" where `to` is no place to send one.

    `to` is `mailto:…`, or the address of a form that takes `title` and `body`, such as a repository's new issue.
    """
    if not to.startswith(("mailto:", "https://", "http://")):
        return ""
    names = ("subject", "body") if to.startswith("mailto:") else ("title", "body")
    query = urlencode({names[0]: subject, names[1]: body}, quote_via=quote)
    return f"{to}{'&' if '?' in to else '?'}{query}"
