"""What content systems leave of the HTML that is pasted into them or found by oEmbed, said anew from their sources.

Read: WordPress/wordpress-develop at 026f555a, `wp_filter_oembed_result`, `wp_filter_oembed_iframe_title_attribute` and
`wp_maybe_enqueue_oembed_host_js` in wp-includes/embed.php, `$allowedposttags` in kses.php (00173ee7) and the receiver in
js/_enqueues/wp/embed.js (1ad99986); drupal/drupal `FilterHtml::process` (09994658), `Xss::filter` (02c6babe), `Resource::rich` (2b6b3306),
`OEmbedFormatter::viewElements` and `ProviderRepository::get` (00c2069f), media-oembed-iframe.html.twig (3a0a39ca);
drupal/core `ResourceFetcher::createResource` (2c5e2411).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Set
from html.parser import HTMLParser
from typing import Any

Allowed = Mapping[str, Set[str]]
"""Element → attributes that may stay."""


class _Kept(HTMLParser):
    """Takes away elements and attributes that are not allowed; their text stays, as in kses and the filters made after it."""

    def __init__(self, allowed: Allowed) -> None:
        super().__init__(convert_charrefs=False)
        self.allowed, self.out = allowed, []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.allowed:
            kept = [(name, value) for name, value in attrs if name in self.allowed[tag]]
            said = "".join(f" {name}" if value is None else f' {name}="{html.escape(value)}"' for name, value in kept)
            self.out.append(f"<{tag}{said}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.allowed:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")


def kept(markup: str, allowed: Allowed) -> str:
    """What is left of `markup`."""
    parser = _Kept(allowed)
    parser.feed(markup)
    parser.close()
    return "".join(parser.out)


PLAIN: Allowed = {"iframe": {"src", "title", "width", "height"}, "blockquote": set(), "a": {"href"}}
"""A list such as small systems have."""

WORDPRESS_POST: Allowed = {
    "a": {"href", "rel", "rev", "name", "target", "download", "class", "id", "style", "title", "role", "hidden"},
    "blockquote": {"cite", "class", "id", "style", "title", "role", "hidden"},
    "p": {"align", "class", "id", "style", "title", "role", "hidden"},
}
"""Of `$allowedposttags` and `_wp_add_global_attributes` what concerns us: what an author without the right `unfiltered_html` may
write. There is no iframe in it."""

_WORDPRESS_OEMBED: Allowed = {
    "a": {"href"},
    "blockquote": set(),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}


def wordpress_oembed(data: Mapping[str, Any], secret: str) -> str | None:
    """What WordPress puts into a post for an oEmbed document of a site that is not on its own list; None where it refuses it.

    `secret`: the ten letters and digits that it makes up for each.
    """
    if data["type"] not in ("rich", "video"):
        return None
    # A title in the frame counts before that of the document (wp_filter_oembed_iframe_title_attribute); ours has one.
    left = kept(data["html"], _WORDPRESS_OEMBED)
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", left, re.DOTALL)
    if found is None:
        return None
    quote, frame = found[1] or "", found[2]
    source = re.search(r""" src=(['"])(.*?)\1""", quote + frame)
    if source:
        mark = source[1]
        frame = frame.replace(source[0], f" src={mark}{source[2]}#?secret={secret}{mark} data-secret={mark}{secret}{mark}")
        quote = quote.replace("<blockquote", f'<blockquote data-secret="{secret}"')
    if quote:
        frame = frame.replace("<iframe", '<iframe style="position: absolute; visibility: hidden;"')
        quote = quote.replace("<blockquote", '<blockquote class="wp-embedded-content"')
    return quote + frame.replace("<iframe", '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"')


def wordpress_sends_its_script(markup: str) -> bool:
    """Whether WordPress adds wp-embed.js to the page: only where there is a blockquote of its own class."""
    return re.search(r"<blockquote\s[^>]*?wp-embedded-content", markup) is not None


WORDPRESS_SCRIPT = """
addEventListener("message", (event) => {
  const said = event.data;
  if (!said || /[^a-zA-Z0-9]/.test(said.secret)) return;
  for (const quote of document.querySelectorAll(`blockquote[data-secret="${said.secret}"]`)) quote.style.display = "none";
  for (const frame of document.querySelectorAll(`iframe[data-secret="${said.secret}"]`)) {
    if (event.source !== frame.contentWindow) continue;
    frame.removeAttribute("style");
    if (said.message === "height") {
      frame.height = Math.min(1000, Math.max(200, parseInt(said.value, 10) || 0));
    } else if (said.message === "link") {
      const [from, to] = [new URL(frame.getAttribute("src")), new URL(said.value)];
      if (/^https?:$/i.test(to.protocol) && to.host === from.host && document.activeElement === frame) top.location.href = said.value;
    }
  }
});
document.addEventListener("DOMContentLoaded", () => {
  for (const frame of document.querySelectorAll("iframe.wp-embedded-content"))
    frame.contentWindow.postMessage({message: "ready", secret: frame.dataset.secret}, "*");
});
"""
"""What wp-embed.js does on a page with such a post: it hides the link, shows the frame, gives it the height it asks for (200 to 1,000 px),
and opens what was pressed if it is of the frame's own host."""


def drupal_filter(markup: str, setting: str) -> str:
    """What Drupal's filter “Limit allowed HTML tags” leaves. `setting`: its `allowed_html`, such as `<a href> <em>`.

    `style` and what begins with `on` never stay, `lang` and `dir` always do.
    """
    allowed: dict[str, set[str]] = {}
    for tag, names in re.findall(r"<(\w+)([^>]*)>", setting):
        attributes = {name for name in re.findall(r"([\w-]+)(?:='[^']*')?", names) if name != "style" and not name.startswith("on")}
        allowed[tag] = attributes | {"lang", "dir"}
    return kept(markup, allowed)


DRUPAL_DEFAULT = (
    "<a href hreflang> <em> <strong> <cite> <blockquote cite> <code> <ul type> <ol start type='1 A I'> <li> <dl> <dt> <dd> "
    "<h2 id='jump-*'> <h3 id> <h4 id> <h5 id> <h6 id>"
)
"""What the filter allows as Drupal is installed."""


def drupal_oembed(data: Mapping[str, Any], registered: Set[str]) -> tuple[str, int, int]:
    """What Drupal's Media shows of an oEmbed document: the page that it puts into a frame of its own, and that frame's width and height.

    `registered`: the names of the providers that the installation knows (by default those of https://oembed.com/providers.json).

    Raises ValueError for a document that Drupal refuses.
    """
    if data.get("version") != "1.0":
        raise ValueError("Resource version must be '1.0'")
    if data.get("provider_name") and data["provider_name"] not in registered:
        raise ValueError(f"Unknown provider '{data['provider_name']}'")
    if data.get("type") != "rich" or not data.get("html"):
        raise ValueError("no HTML representation")
    if not (data["width"] > 0 and data["height"] > 0 and data["thumbnail_width"] > 0 and data["thumbnail_height"] > 0):
        raise ValueError("dimensions must be greater than zero")
    return f'<!DOCTYPE html>\n<html>\n<head></head>\n<body style="margin: 0">\n{data["html"]}\n</body>\n</html>\n', data["width"], data["height"]
