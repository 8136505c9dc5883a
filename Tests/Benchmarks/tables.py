"""Markdown tables, and putting them between the markers of a document."""

import re


def table(rows):
    """A Markdown table of dictionaries with the same keys."""
    columns = list(rows[0]) if rows else []
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(str(row[column]) for column in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n" if rows else ""


def replace_between(path, name, text):
    """Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->`."""
    marks = [f"<!-- {name}:{edge} -->" for edge in ("begin", "end")]
    document = path.read_text()
    pattern = re.compile(f"({re.escape(marks[0])}\n).*?({re.escape(marks[1])})", re.DOTALL)
    if not pattern.search(document):
        raise SystemExit(f"bench: {path} has no markers for {name}")
    path.write_text(pattern.sub(lambda found: found[1] + text.strip() + "\n" + found[2], document))
