"""Which module may import which: .ci/imports.txt, checked against every import in Sources."""

import fnmatch
import pathlib
import re

from swift_source import code_only

_IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)"
)


def imports_of(path):
    """(line number, module) of each import."""
    lines = code_only(path.read_text(encoding="utf-8", errors="replace")).split("\n")
    for number, line in enumerate(lines, start=1):
        found = _IMPORT.match(line)
        if found:
            yield number, found.group(1)


def read_table(path):
    """The permissions per module and the list of things that must never be reachable."""
    allowed, never = {}, []
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        head, _, tail = line.partition(":")
        if head.startswith("never "):
            never.append((head.split()[1:], tail.split()))
        else:
            allowed[head] = tail.split()
    return allowed, never


def is_allowed(module, patterns):
    """Patterns are names or `*`; one with a minus sign takes away again."""
    verdict = False
    for pattern in patterns:
        if fnmatch.fnmatchcase(module, pattern.lstrip("-")):
            verdict = not pattern.startswith("-")
    return verdict


def _permitted_reach(start, allowed):
    """Every module that the table lets `start` reach, through other modules or not."""
    reached, waiting = set(), [start]
    while waiting:
        for name in allowed.get(waiting.pop(), []):
            if name not in reached:
                reached.add(name)
                if name in allowed:
                    waiting.append(name)
    return reached


def check_table(allowed, never):
    """Proves from the table alone that the forbidden arrows do not exist."""
    for modules, forbidden in never:
        for module in modules:
            direct = set(allowed.get(module, []))
            for name in forbidden:
                # A module of ours counts through others; a system module only directly, since
                # MemberImportVisibility hides what somebody else imported.
                reach = _permitted_reach(module, allowed) if name in allowed else direct
                if name in reach:
                    yield f".ci/imports.txt:1: {module} must never reach {name}"


def check(root):
    """All violations below root/Sources as `file:line: message`."""
    allowed, never = read_table(root / ".ci/imports.txt")
    yield from check_table(allowed, never)
    sources = root / "Sources"
    for path in sorted(sources.rglob("*.swift")):
        module = path.relative_to(sources).parts[0]
        name = path.relative_to(root)
        if module not in allowed:
            yield f"{name}:1: module {module} has no line in .ci/imports.txt"
            continue
        for number, imported in imports_of(path):
            if imported != module and not is_allowed(imported, allowed[module]):
                yield f"{name}:{number}: {module} may not import {imported}"


def run(root=pathlib.Path(".")):
    return list(check(root))
