"""Drives the explorer in a pseudo-terminal: first frames, keys to finished frames, bytes of cursor moves."""

import argparse
import dataclasses
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import contestants
from pseudo_terminal import PseudoTerminal
from tables import replace_between, table

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
LARGE, SMALL = (200, 50), (80, 24)
# The footer is the last line painted, and says this on every screen wide enough.
LAST_WORDS = b"quit"
KEYS = {
    "Enter": b"\r", "Esc": b"\x1b", "Tab": b"\t", "S-Tab": b"\x1b[Z", "Home": b"\x1b[1~", "End": b"\x1b[4~",
    "PgDn": b"\x1b[6~", "PgUp": b"\x1b[5~",
}  # fmt: skip
# What is pressed on each screen to move the cursor without scrolling, and how to get there from the one before.
MOVES = [
    ("network, features", "", "l h j k l h"),
    ("network, activations", "2", "l h j k l h"),
    ("network, weights", "4", "l h j k l h"),
    ("network, health", "5", "l h j k l h"),
    ("layer", "1 Enter", "j j k Tab l l h j j k S-Tab"),
    ("cluster", "Enter", "j j k Tab l l h j k S-Tab"),
    ("neuron", "Enter", "l h j k Tab l j k h S-Tab"),
    ("classes", "Esc Esc Esc c", "j j k l l h"),
]
# Edits of a layer's clusters, and keys that take them back; neurons are marked before the move.
EDITS = [
    ("one cluster more", "+", "u"), ("one cluster less", "-", "u"), ("split", "x", "u"),
    ("merge A and B", ":merge A B", "u"), ("move three neurons", "v", "u"),
]  # fmt: skip
MARK_THREE = ["Tab", "j", " ", "j", " ", "j", " ", "S-Tab", "j"]
PARTS = ("first", "keys", "moves", "edits", "idle")
ANY_KEYS = (
    "l l l h j k G g e e * _ 1 2 4 5 1 s o r ? Esc : Esc / Esc Enter j k ] [ z j PgDn PgUp z s o r Tab l j k h Enter "
    "j k Tab l h ] [ Enter l l h j ] [ Tab j k Enter l ] [ Esc Esc Esc Esc c j k l h Esc"
)


@dataclasses.dataclass
class Case:
    """Something to explore: an atlas of a model's images, or a structure alone."""

    name: str
    model: pathlib.Path
    images: pathlib.Path | None
    file: pathlib.Path


def cases(convscope, data, work):
    models, sets = data / "models", data / "datasets"
    dense = sorted((models / "onnx_light_structures").glob("*densenet*.onnx"))
    known = [
        ("shapes", ROOT / "Examples/shapes/model.onnx", ROOT / "Examples/shapes/images"),
        ("ResNet-20, CIFAR-10", models / "resnet20_cifar10/model.onnx", sets / "cifar10_png"),
        ("SqueezeNet, ImageNet", models / "squeezenet11_imagenet/model.onnx", sets / "imagenet_val10x25"),
    ] + [("DenseNet-121, structure", model, None) for model in dense[:1]]
    found = []
    for name, model, images in known:
        if not model.exists() or (images and not images.is_dir()):
            continue
        file = model
        if images:
            figures = contestants.analyze(convscope, model, images, work)
            file = (work / "result.atlas").rename(work / f"{len(found)}.atlas")
            name += f", {figures['images']} images"
        found.append(Case(name, model, images, file))
    return found


class Explorer(PseudoTerminal):
    """convscope on a terminal of so many columns and rows that has 256 or all colours."""

    def __init__(self, convscope, arguments, size, colors, work):
        unwanted = ("TMUX", "NO_COLOR", "COLORTERM")
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(work / "explored")}
        # A note of where the model is would let images run beside what is measured.
        environment["XDG_STATE_HOME"] = str(work / "visits")
        if colors != "256":
            environment["COLORTERM"] = "truecolor"
        super().__init__([convscope, *arguments], *size, environment)
        self.first_frame = self.wait_for(LAST_WORDS)

    def play(self, keys):
        """What each key of a script costs: seconds to the first frame, to the last one, and bytes."""
        return [self.press(KEYS.get(key, key.encode())) for key in keys.split()]

    def command(self, text):
        """Types a line of the palette; what its end costs."""
        for letter in text:
            self.press(letter.encode(), quiet=0.05)
        return self.press(b"\r", quiet=1)


def first_frames(convscope, data, found, rounds, work):
    """Medians of the rounds: every model file at hand, and images about to run."""
    files = [path for path in sorted((data / "models").rglob("*.onnx")) if "odd" not in path.parts]
    alone = {f"{path.parent.name}/{path.name}": [path] for path in files}
    running = {case.name: [case.model, "--data", case.images] for case in found if case.images}
    return [
        first_frame_row(convscope, what, starts, rounds, work)
        for what, starts in (("the structure alone", alone), ("images about to run", running))
        if starts
    ]


def first_frame_row(convscope, what, starts, rounds, work):
    times = {name: [] for name in starts}
    for _ in range(rounds):
        for name, arguments in starts.items():
            explorer = Explorer(convscope, arguments, LARGE, "truecolour", work)
            times[name].append(1000 * explorer.first_frame)
            explorer.close()
    medians = {name: statistics.median(each) for name, each in times.items()}
    slowest = max(medians, key=medians.get)
    return {
        "first frame": f"{what}, {len(starts)} models",
        "median ms": f"{statistics.median(medians.values()):.0f}",
        "slowest ms": f"{medians[slowest]:.0f}",
        "which is": slowest,
    }


def key_row(convscope, case, rounds, work):
    """Any key at 200 × 50 in truecolour; pictures that a key asks for come in a later frame."""
    costs, busy, stolen = [], 0, 0
    for _ in range(rounds):
        explorer = Explorer(convscope, [case.file], LARGE, "truecolour", work)
        explorer.settle()
        before = processor_times()
        costs += [cost for cost in explorer.play(ANY_KEYS) if cost[0] is not None]
        after = processor_times()
        busy, stolen = busy + after[0] - before[0], stolen + after[1] - before[1]
        explorer.close()
    frames = sorted(1000 * frame for frame, _, _ in costs)
    pictures = sorted(1000 * last for _, last, _ in costs)
    return {
        "keys on": case.name,
        "frames": len(frames),
        "median ms": f"{statistics.median(frames):.1f}",
        "99th percentile ms": f"{percentile(frames, 99):.1f}",
        "worst ms": f"{frames[-1]:.1f}",
        "pictures there, 99th percentile ms": f"{percentile(pictures, 99):.1f}",
        "taken by the host": f"{stolen / max(1, busy + stolen):.0%}",
    }


def processor_times():
    """Ticks of work and ticks that the host of a virtual machine kept from it; frames wait for the second."""
    user, nice, system, _, _, interrupts, soft, stolen = map(
        int, pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return user + nice + system + interrupts + soft, stolen


def percentile(ascending, share):
    return ascending[min(len(ascending) - 1, len(ascending) * share // 100)]


def move_rows(convscope, found, work):
    """The most bytes of any cursor move on a screen, over all cases."""
    rows = [{"bytes of a move on": name} for name, _, _ in MOVES]
    for size in (SMALL, LARGE):
        for colors in ("256", "truecolour", "low bandwidth"):
            for case in found:
                arguments = [case.file] + (["--low-bandwidth"] if colors == "low bandwidth" else [])
                explorer = Explorer(convscope, arguments, size, colors, work)
                explorer.settle()
                for row, (_, way, moves) in zip(rows, MOVES, strict=True):
                    explorer.play(way)
                    explorer.settle()
                    column = f"{size[0]} × {size[1]}, {colors}"
                    most = max(count for _, _, count in explorer.play(moves))
                    row[column] = max(most, row.get(column, 0))
                explorer.close()
    return rows


def edit_rows(convscope, data, work):
    """Milliseconds from the key of an edit to the last byte of the redrawn layer, at 200 × 50 in truecolour.

    512 neurons × 1,000 classes as make_thousand_classes.py makes them, and SqueezeNet on 500 classes.
    """
    model, images = data / "models/squeezenet11_imagenet/model.onnx", data / "datasets/imagenet_500x1_160"
    if not model.exists() or not images.is_dir():
        return []
    made = work / "thousand"
    subprocess.run([contestants.PYTHON, HERE / "make_thousand_classes.py", model, images, made], check=True)
    rows = []
    for network, pictures, layers in (
        (made / "model.onnx", made / "images", ["fire9/expand"]),
        (model, images, ["conv10", "fire9/expand3x3"]),
    ):
        contestants.analyze(convscope, network, pictures, work, "--preprocess", "caffe")
        atlas = (work / "result.atlas").rename(work / "edited.atlas")
        rows += [edit_row(convscope, atlas, layer, work) for layer in layers]
    return rows


def edit_row(convscope, atlas, layer, work):
    """Each edit from the clusters as they were found, then its undo; then edit upon edit and an undo of one of them."""
    explorer = Explorer(convscope, [atlas], LARGE, "truecolour", work)
    explorer.settle(1)
    explorer.command(f":go {layer}")
    explorer.press(b"\r", quiet=2)
    row = {"edit, ms": layer}
    undone = []
    for name, edit, back in EDITS:
        if edit == "v":
            for key in MARK_THREE:
                explorer.press(KEYS.get(key, key.encode()), quiet=0.3)
        row[name] = milliseconds(pressed(explorer, edit))
        undone.append(pressed(explorer, back))
    upon = [pressed(explorer, key) for key in "+++"]
    undone.append(pressed(explorer, "u"))
    row["three times one more"] = ", ".join(map(milliseconds, upon))
    row["undo"] = milliseconds(max(undone, key=lambda seconds: seconds or 0))
    explorer.close()
    return row


def pressed(explorer, edit):
    """Seconds from a key, or the end of a command, to the last byte; None when nothing changed."""
    return (explorer.command(edit) if edit.startswith(":") else explorer.press(edit.encode(), quiet=1))[1]


def milliseconds(seconds):
    return "–" if seconds is None else f"{1000 * seconds:.0f}"


def idle_row(convscope, case, work, seconds=5):
    """Processor time of an explorer that nobody touches."""
    explorer = Explorer(convscope, [case.file], LARGE, "truecolour", work)
    explorer.settle(1)
    before = explorer.processor_time()
    time.sleep(seconds)
    used = explorer.processor_time() - before
    explorer.close()
    return {"idle": case.name, "seconds": seconds, "processor ms": f"{1000 * used:.0f}"}


def report(convscope, data, rounds, parts=None):
    """The tables, as Markdown; all of them unless `parts` names some."""
    with tempfile.TemporaryDirectory(prefix="convscope-interaction-") as folder:
        work = pathlib.Path(folder)
        chosen = [part for part in PARTS if not parts or part in parts]
        found = cases(convscope, data, work) if chosen != ["edits"] else []
        made = {
            "first": lambda: first_frames(convscope, data, found, rounds, work),
            "keys": lambda: [key_row(convscope, case, rounds, work) for case in found],
            "moves": lambda: move_rows(convscope, [case for case in found if case.images], work),
            "edits": lambda: edit_rows(convscope, data, work),
            "idle": lambda: [idle_row(convscope, found[-1], work)],
        }
        tables = [made[part]() for part in chosen]
    return "\n".join(table(rows) for rows in tables if rows)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--convscope", type=pathlib.Path, required=True)
    options.add_argument("--data", type=pathlib.Path, required=True)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--part", choices=PARTS, action="append", help="this one alone; again for more")
    options.add_argument("--write", type=pathlib.Path)
    given = options.parse_args()
    if given.write and given.part:
        options.error("--write takes all parts")
    text = report(given.convscope, given.data, given.rounds, given.part)
    print(text)
    if given.write:
        replace_between(given.write, "interaction", text)


if __name__ == "__main__":
    main()
