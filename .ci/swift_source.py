"""Just enough of Swift's lexical grammar to look at code without its comments and strings."""

import re

_OPENING = re.compile(r'//|/\*|(?P<pounds>#*)(?P<quotes>"""|")|`')


def code_only(text):
    """The same text, line for line, with comments, string contents and raw identifiers blanked.

    Code inside string interpolation stays. Regex literals aren't recognised: write `try Regex`.
    """
    out = []
    _scan(text, 0, out, until=None)
    return "".join(out)


def _blank(piece):
    return re.sub(r"[^\n]", " ", piece)


def _scan(text, at, out, until):
    """Copies code from `at`; stops behind the closing `)` of an interpolation if `until` is it."""
    depth = 0
    while at < len(text):
        character = text[at]
        if until == ")" and character in "()":
            depth += 1 if character == "(" else -1
            if depth < 0:
                out.append(" ")
                return at + 1
        opening = _OPENING.match(text, at) if character in '/#"`' else None
        if opening is None:
            out.append(character)
            at += 1
        elif opening.group() == "//":
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            out.append(_blank(text[at:end]))
            at = end
        elif opening.group() == "/*":
            at = _skip_block_comment(text, at, out)
        elif opening.group() == "`":
            end = text.find("`", at + 1)
            end = len(text) if end < 0 else end + 1
            out.append("_" * (end - at))
            at = end
        else:
            at = _skip_string(text, opening, out)
    return at


def _skip_block_comment(text, at, out):
    depth, start = 0, at
    for mark in re.finditer(r"/\*|\*/", text[start:]):
        depth += 1 if mark.group() == "/*" else -1
        if depth == 0:
            end = start + mark.end()
            out.append(_blank(text[start:end]))
            return end
    out.append(_blank(text[start:]))
    return len(text)


def _skip_string(text, opening, out):
    pounds, quotes = opening.group("pounds"), opening.group("quotes")
    closing, escape = quotes + pounds, "\\" + pounds
    at = opening.end()
    out.append(_blank(opening.group()))
    while at < len(text):
        if text.startswith(closing, at):
            out.append(_blank(closing))
            return at + len(closing)
        if text.startswith(escape + "(", at):
            out.append(_blank(escape + "("))
            at = _scan(text, at + len(escape) + 1, out, until=")")
        elif text.startswith(escape, at):
            out.append(_blank(text[at : at + len(escape) + 1]))
            at += len(escape) + 1
        elif text[at] == "\n" and quotes == '"':
            return at
        else:
            out.append(_blank(text[at]))
            at += 1
    return at
