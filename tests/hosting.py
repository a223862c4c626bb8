"""Readers of the header files, written from the hosts' documentation and not from the code that writes the files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.etree import ElementTree

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def netlify(text: str, path: str) -> dict[str, str]:
    """What `_headers` gives a path. Values that two rules give are joined by a comma, as Cloudflare does."""
    found: dict[str, str] = {}
    rule = None
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            rule = line.strip()
            assert rule.startswith("/") and rule.count("*") <= 1, rule
            continue
        assert rule is not None, f"a header before any path: {line}"
        name, colon, value = line.strip().partition(": ")
        assert colon and re.fullmatch(r"[A-Za-z-]+", name) and value, line
        if re.fullmatch(re.escape(rule).replace(r"\*", ".*"), path):
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def nginx(text: str, path: str) -> dict[str, str]:
    """What the snippet adds to the response for a path: `set`, `if ($uri ~ …) { set … }` and `add_header … always`."""
    variables: dict[str, str] = {}
    found: dict[str, str] = {}
    inside, holds = False, True
    for line in (line.strip() for line in text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if test := re.fullmatch(r'if \(\$uri ~ "(.+)"\) \{', line):
            assert not inside
            inside, holds = True, re.search(test[1], path) is not None
        elif line == "}":
            inside, holds = False, True
        elif step := re.fullmatch(r'set \$(\w+) "([^"$]*)";', line):
            if holds:
                variables[step[1]] = step[2]
        elif re.fullmatch(r'rewrite "\^/[^"$]*\$" "/[^"$]*" redirect;', line):
            assert not inside  # It answers before any header of a file counts: see `redirects`.
        elif header := re.fullmatch(r'add_header ([A-Za-z-]+) (?:\$(\w+)|"([^"$]*)") always;', line):
            assert not inside
            value = variables[header[2]] if header[2] else header[3]
            if value:
                found[header[1]] = value
        else:
            raise AssertionError(f"not understood: {line}")
    assert not inside
    return found


def apache(text: str, path: str) -> dict[str, str]:
    """What the snippet sets for a path: `SetEnvIf Request_URI`, `Header always set … env=…`, `unset` and `AddType`."""
    marks: set[str] = set()
    found: dict[str, str] = {}
    depth = 0
    for line in (line.strip() for line in text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if re.fullmatch(r"<IfModule mod_\w+\.c>", line):
            depth += 1
        elif line == "</IfModule>":
            depth -= 1
        elif test := re.fullmatch(r'SetEnvIf Request_URI "(.+)" (\w+)', line):
            if re.search(test[1], path):
                marks.add(test[2])
        elif header := re.fullmatch(r'Header always set ([A-Za-z-]+) ("[^"]*")(?: env=(!?)(\w+))?', line):
            if not header[4] or (header[4] in marks) != bool(header[3]):
                found[header[1]] = _STRING.fullmatch(header[2])[1]
        elif gone := re.fullmatch(r"Header always unset ([A-Za-z-]+) env=(\w+)", line):
            if gone[2] in marks:
                found.pop(gone[1], None)
        elif re.fullmatch(r'RedirectMatch 302 "\^/[^"$]*\$" "/[^"$]*"', line):
            assert depth == 1
        elif kind := re.fullmatch(r"AddType ([\w.+-]+/[\w.+-]+) (\.\w+)", line):
            if path.endswith(kind[2]):
                found["Content-Type"] = kind[1]
        else:
            raise AssertionError(f"not understood: {line}")
    assert depth == 0
    return found


def redirects(text: str, forced: bool) -> dict[str, str]:
    """Where `_redirects` leads each path on: as Netlify reads it (`forced`, https://docs.netlify.com/manage/routing/redirects/redirect-options/:
    a rule whose status ends in `!` holds where a file stands too), or as Cloudflare Pages does, which passes over such a rule. The first of a path counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            old, new, status = line.split()
            assert status in ("302", "302!") and old.startswith("/") and new.startswith("/"), line
            if status.endswith("!") == forced:
                found.setdefault(old, new)
    return found


def iis(text: str, path: str) -> dict[str, str]:
    """What `web.config` sends for a path: the headers of the whole, then those of each `location` that the path is below, and the type.

    A name that is given twice, in headers or types, without being taken out before, is an error of IIS (500.19), and so it is here.
    """
    tree = ElementTree.fromstring(text)
    assert tree.tag == "configuration"
    found: dict[str, str] = {}
    for part in (tree, *(place for place in tree.findall("location") if f"{path}/".startswith(f"/{place.get('path')}/"))):
        for item in part.find("system.webServer/httpProtocol/customHeaders") or ():
            if item.tag == "remove":
                found.pop(item.get("name"), None)
            else:
                assert item.tag == "add" and item.get("name") not in found, item.get("name")
                found[item.get("name")] = item.get("value")
    known: set[str] = set()
    for item in tree.find("system.webServer/staticContent"):
        suffix = item.get("fileExtension")
        if item.tag == "remove":
            known.add(suffix)
        else:
            assert item.tag == "mimeMap" and suffix in known, suffix
            known.remove(suffix)
            if path.endswith(suffix):
                found["Content-Type"] = item.get("mimeType")
    assert not known
    return found


def directives(policy: str) -> Mapping[str, tuple[str, ...]]:
    """A serialized policy (CSP3, 2.2.1) as directive → sources. A directive named twice would count only once, so it fails."""
    found: dict[str, tuple[str, ...]] = {}
    for part in policy.split(";"):
        name, *sources = part.split()
        assert re.fullmatch(r"[a-z-]+", name) and name not in found, part
        assert "," not in part, "a comma would begin a second policy"
        found[name] = tuple(sources)
    return found


def path_of(url: str) -> str:
    """The path a request line has for an address, without its query."""
    return urlsplit(url).path or "/"
