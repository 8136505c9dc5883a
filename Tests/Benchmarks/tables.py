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


def replace_tables(path, name, text):
    """Renews the tables between the markers that have the same first column title as those of `text`; new ones come last."""
    document = path.read_text()
    begin, end = (f"<!-- {name}:{edge} -->" for edge in ("begin", "end"))
    if begin not in document or end not in document:
        raise SystemExit(f"bench: {path} has no markers for {name}")
    there = document.split(begin)[1].split(end)[0].strip().split("\n\n")
    tables = {each.split("|")[1]: each for each in there}
    tables |= {each.split("|")[1]: each for each in text.strip().split("\n\n")}
    replace_between(path, name, "\n\n".join(tables.values()))
