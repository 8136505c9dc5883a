"""Drives the explorer in a pseudo-terminal: first frames, keys to finished frames, bytes of cursor moves."""

import argparse
import dataclasses
import pathlib
import statistics
import subprocess
import tempfile
import time

import contestants
from explorer import KEYS, LARGE, Explorer
from moves import held_rows, move_rows
from tables import replace_tables, table

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
# Edits of a layer's clusters, and keys that take them back; neurons are marked before the move.
EDITS = [
    ("one cluster more", "+", "u"), ("one cluster less", "-", "u"), ("split", "x", "u"),
    ("merge A and B", ":merge A B", "u"), ("move three neurons", "v", "u"),
]  # fmt: skip
MARK_THREE = ["Tab", "j", " ", "j", " ", "j", " ", "S-Tab", "j"]
PARTS = ("first", "keys", "moves", "held", "edits", "idle")
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
    """Any key at 200 × 50 in truecolour; pictures that a key asks for, or a move brings, come in a later frame."""
    costs, busy, stolen = [], 0, 0
    for _ in range(rounds):
        explorer = Explorer(convscope, [case.file], LARGE, "truecolour", work)
        explorer.settle()
        before = processor_times()
        costs += [cost for cost in explorer.play(ANY_KEYS) if cost.frame is not None]
        after = processor_times()
        busy, stolen = busy + after[0] - before[0], stolen + after[1] - before[1]
        explorer.close()
    frames = sorted(1000 * cost.frame for cost in costs)
    pictures = sorted(1000 * cost.last for cost in costs)
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
    return (explorer.command(edit) if edit.startswith(":") else explorer.press(edit.encode(), quiet=1)).last


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
            "held": lambda: held_rows(convscope, [case for case in found if case.images], work),
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
    options.add_argument("--write", type=pathlib.Path, help="a document whose tables are to be renewed")
    given = options.parse_args()
    text = report(given.convscope, given.data, given.rounds, given.part)
    print(text)
    if given.write:
        replace_tables(given.write, "interaction", text)


if __name__ == "__main__":
    main()
