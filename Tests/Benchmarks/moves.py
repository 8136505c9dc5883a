"""Bytes that moves of the cursor take."""

import json

from explorer import KEYS, LARGE, SMALL, Explorer

# What is pressed on each screen to move the cursor, and how to get there from the one before.
MOVES = [
    ("network, features", "", "l h j k l h"),
    ("network, activations", "2", "l h j k l h"),
    ("network, weights", "4", "l h j k l h"),
    ("network, health", "5", "l h j k l h"),
    ("layer", "1 Enter", "j j k Tab l l h j j k S-Tab"),
    ("another layer", "", "] ] [ ["),
    ("cluster", "Enter", "j j k j j Tab l l h j k S-Tab"),
    ("another cluster", "", "] ] ] [ ["),
    ("neuron", "Enter", "l h j k Tab l j k h S-Tab"),
    ("another neuron", "", "] ] ] [ ["),
    ("another image", "Enter", "] ] ] ] [ ]"),
    ("classes", "Esc Esc Esc Esc c", "j j k l l h"),
    ("images of a cell", "k k k k h h h h Enter", "l l j j k PgDn PgUp"),
    ("last pane to first, all groups open", "Esc Esc 1 *", "S-Tab Tab S-Tab Tab"),
    ("panes scrolled in", "", " ".join(["Tab"] * 12 + ["S-Tab"] * 3 + ["l"] * 8)),
    ("panes of weights scrolled in", "4", " ".join(["S-Tab"] * 8 + ["Tab"] * 3 + ["h"] * 4)),
]
# Keys held on a screen, and how to get there from the network screen.
HELD = [("panes", "1 *", "Tab"), ("neurons of a cluster", "1 Enter Enter", "j"), ("images", "1 Enter Enter Enter Enter", "]")]


def move_rows(convscope, found, work):
    """The most bytes of any cursor move on a screen, over all cases: of the frame that answers it, and, where pictures
    follow by themselves, of all until they are there."""
    rows = [{"bytes of a move on": name} for name, _, _ in MOVES]
    for column, low, size, colors in columns():
        costs = [play_moves(convscope, case.file, low, size, colors, work) for case in found]
        for row, each in zip(rows, zip(*costs, strict=True), strict=True):
            pairs = [pair for case in each for pair in case]
            first = max(answer for answer, _ in pairs)
            following = max((answer + rest for answer, rest in pairs if rest), default=0)
            row[column] = f"{first}, {following} with pictures" if following else str(first)
    return rows


def play_moves(convscope, file, low, size, colors, work):
    """For each of `MOVES` the bytes of each key's frame, and of those that followed by themselves, as the program counts
    what it writes; a machine under load runs them together for whoever reads along."""
    # Pictures wait for a quarter of a second where bytes are saved.
    shortest = 0.4 if low else 0.12
    for quiet in (shortest, 3 * shortest, 9 * shortest):
        counts, costs = visit(convscope, file, low, size, colors, work, quiet)
        # Where the explorer falls behind, two keys have one frame.
        if len(costs) == sum(map(sum, counts)):
            return [[costs.pop(0) for _ in range(way + moves)][way:] for way, moves in counts]
    raise SystemExit(f"bench: {len(costs)} frames of {sum(map(sum, counts))} keys; is the machine busy?")


def visit(convscope, file, low, size, colors, work, quiet):
    """Keys that lead to each of `MOVES` and keys of it; for each key in turn the bytes of its frame, and of others until
    the next key's."""
    trace = work / "frames"
    explorer = Explorer(convscope, [file, "--trace-frames", trace] + low, size, colors, work)
    explorer.settle(0.5)
    counts = []
    for _, way, moves in MOVES:
        explorer.play(way, quiet)
        explorer.settle(quiet)
        counts.append((len(way.split()), len(explorer.play(moves, quiet))))
    explorer.close()
    costs = []
    for frame in map(json.loads, trace.read_text().splitlines()):
        if "microseconds" in frame:
            costs.append((frame["bytes"], 0))
        elif costs:
            costs[-1] = (costs[-1][0], costs[-1][1] + frame["bytes"])
    return counts, costs


def held_rows(convscope, found, work, count=45):
    """Bytes a step of a key held for one and a half seconds at 30 a second, the most of all cases."""
    rows = [{"bytes a step of a held key": name} for name, _, _ in HELD]
    for column, low, size, colors in columns():
        for row, (_, way, key) in zip(rows, HELD, strict=True):
            row[column] = 0
            for case in found:
                explorer = Explorer(convscope, [case.file] + low, size, colors, work)
                explorer.settle()
                explorer.play(way)
                explorer.settle(0.4)
                total = explorer.hold(KEYS.get(key, key.encode()), count)
                row[column] = max(row[column], round(total / count))
                explorer.close()
    return rows


def columns():
    """Title, arguments, size and colours of each column of bytes."""
    return [
        (f"{size[0]} × {size[1]}, {colors}", ["--low-bandwidth"] if colors == "low bandwidth" else [], size, colors)
        for size in (SMALL, LARGE)
        for colors in ("256", "truecolour", "low bandwidth")
    ]
