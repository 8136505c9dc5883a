"""Rules of the house that no compiler and no formatter checks.

Each rule takes a `SourceFile` and yields (line number, message). `lint-selftest.sh` plants one
violation of each and expects it to be found.
"""

import fnmatch
import pathlib
import re
import subprocess
import sys

import import_rules
from swift_source import code_only

MAXIMUM_LINES = 300
PROGRAM_SUFFIXES = {".swift", ".py", ".sh", ".h"}

# Written so that the rules don't find themselves.
_UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:wor[k]|hom[e]|roo[t])/\w|\.librar[y]/")
_FORCED = {
    re.compile(r"\btry!"): "force try; handle the error or pass it on",
    re.compile(r"\bas!"): "force cast; use as? and handle nil",
}
_UNSAFE = re.compile(r"\bunsafe\b")
_FOUNDATION = re.compile(r"^\s*(?:@\w+\s+)?(?:public\s+|package\s+|internal\s+)?import\s+Foundation\b")
_ATTRIBUTES = r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*"
_PUBLIC = re.compile(_ATTRIBUTES + r"(?:[a-z]+\s+)*?(?:public|open)\s(?!import\b|extension\b)")
# What these mean is said by the protocol they implement.
_INHERITED_WORDS = re.compile(
    r"var (?:description|debugDescription|errorDescription|hashValue|id)\b"
    r"|func (?:hash\(into|encode\(to|[=<>+*-]+\s*[(<])|init\(from\b"
    r"|func (?:makeIterator|next|index\(after|index\(before)\b|typealias (?:Element|Index|Iterator|RawValue|Failure)\b"
    r"|var (?:startIndex|endIndex)\b"
)


class SourceFile:
    """One tracked file; `lines` as written, `code` without comments and strings (Swift only)."""

    def __init__(self, root, path):
        self.path = path.relative_to(root)
        self.text = path.read_text(encoding="utf-8", errors="replace")
        self.lines = self.text.split("\n")
        self.is_swift = path.suffix == ".swift"
        self.in_sources = self.path.parts[0] == "Sources"
        self.code = code_only(self.text).split("\n") if self.is_swift else []


def length(file):
    count = len(file.text.splitlines())
    if file.path.suffix in PROGRAM_SUFFIXES and count > MAXIMUM_LINES:
        yield count, f"{count} lines; split the file by topic, {MAXIMUM_LINES} is the limit"


def forced(file):
    for number, line in enumerate(file.code, start=1):
        for pattern, message in _FORCED.items():
            if pattern.search(line):
                yield number, message


def unfinished(file):
    if file.path.suffix not in PROGRAM_SUFFIXES:
        return
    for number, line in enumerate(file.lines, start=1):
        if _UNFINISHED.search(line):
            yield number, "unfinished work; finish it or file an issue"


def machine_paths(file):
    for number, line in enumerate(file.lines, start=1):
        if _MACHINE_PATH.search(line):
            yield number, "a path of somebody's machine"


def tabs(file):
    for number, line in enumerate(file.lines, start=1):
        if file.is_swift and "\t" in line:
            yield number, "a tab; indent by two spaces"


def whole_foundation(file):
    for number, line in enumerate(file.code, start=1):
        if file.in_sources and _FOUNDATION.match(line):
            yield number, "import FoundationEssentials, not Foundation"


def undocumented(file):
    """Public declarations need a doc comment; attributes may stand between.

    Properties on adjacent lines share the comment of the first, and an initialiser that
    only fills the properties of the same names is explained by them.
    """
    is_covered = False
    for index, line in enumerate(file.code):
        is_property = re.match(r"\s*public (?:private\(set\) |static )*(?:let|var) \w+", line) is not None
        if not file.in_sources or not _PUBLIC.match(line):
            is_covered = False
            continue
        above = index - 1
        while above >= 0 and re.match(r"\s*@\w+(\(.*\))?\s*$", file.code[above]):
            above -= 1
        has_comment = above >= 0 and file.lines[above].strip().startswith("///")
        is_covered = has_comment or (is_property and is_covered)
        if is_covered or _INHERITED_WORDS.search(line) or _is_memberwise(file.code, index):
            continue
        yield index + 1, f"undocumented: {line.strip()[:60]}"


def _is_memberwise(code, index):
    """Whether the initialiser at `index` is empty or consists of `self.name = name` lines only."""
    if re.match(r"\s*public init\(\) \{\}$", code[index]):
        return True
    if not re.match(r"\s*public init\(", code[index]):
        return False
    text = " ".join(line.strip() for line in code[index : index + 60])
    body = re.match(r"[^{]*\{((?:\s*self\.(\w+) = (\w+)[\s;]+?)+)\}", text)
    if body is None:
        return False
    pairs = re.findall(r"self\.(\w+) = (\w+)", body.group(1))
    return all(property_name == argument for property_name, argument in pairs)


def unsafe_places(allowed):
    """The rule that lets `unsafe` stand only in the files of the list."""

    def rule(file):
        if not file.in_sources or not file.is_swift:
            return
        place = "/".join(file.path.parts[1:])
        if any(fnmatch.fnmatchcase(place, pattern) for pattern in allowed):
            return
        for number, line in enumerate(file.code, start=1):
            if _UNSAFE.search(line):
                yield number, "unsafe outside the list in .ci/unsafe.txt"

    return rule


def tracked_files(root):
    """What git tracks or would, or every file where there is no repository."""
    if (root / ".git").exists():
        command = ["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"]
        names = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        paths = [root / name for name in names.split("\0") if name]
    else:
        paths = sorted(root.rglob("*"))
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def is_text(path):
    with path.open("rb") as file:
        return b"\0" not in file.read(4096)


def read_list(path):
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def violations(root):
    rules = [length, forced, unfinished, machine_paths, tabs, whole_foundation, undocumented]
    rules.append(unsafe_places(read_list(root / ".ci/unsafe.txt")))
    for path in tracked_files(root):
        if path.name == "LICENSE" or path.stat().st_size > 4_000_000 or not is_text(path):
            continue
        file = SourceFile(root, path)
        for rule in rules:
            for number, message in rule(file):
                yield f"{file.path}:{number}: {message}"
    yield from import_rules.check(root)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = list(violations(root))
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
