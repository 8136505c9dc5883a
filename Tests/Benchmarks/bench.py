"""Runs convscope and its peers in turns and tabulates time, memory and their ratios.

Contestants alternate within each round, so that a slow minute of the machine hits all of them;
ratios are taken within a round and the median over rounds is reported.
"""

import argparse
import dataclasses
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile

import contestants
import interaction
import runs
from tables import replace_between, table

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


@dataclasses.dataclass
class Case:
    """A model and images; `copies` multiplies the images so that start-up weighs little."""

    name: str
    model: pathlib.Path
    images: pathlib.Path
    preprocess: pathlib.Path | None
    copies: int
    batch: int
    outputs: pathlib.Path | None = None


def cases(data):
    models, sets = data / "models", data / "datasets"
    known = [
        Case("shapes", ROOT / "Examples/shapes/model.onnx", ROOT / "Examples/shapes/images", None, 10, 32),
        Case("ResNet-20, CIFAR-10", models / "resnet20_cifar10/model.onnx", sets / "cifar10_png",
             models / "resnet20_cifar10/preprocess.json", 10, 64),
        Case("SqueezeNet 1.1, ImageNet", models / "squeezenet11_imagenet/model.onnx",
             sets / "imagenet_val10x25", models / "squeezenet11_imagenet/preprocess.json", 4, 16,
             sets / "imagenet_wnid_index.json"),
    ]  # fmt: skip
    return [case for case in known if case.model.exists() and case.images.is_dir()]


def measure(case, convscope, images, rounds, work):
    """One row: the median over rounds, interleaved."""
    rows = []
    for _ in range(rounds):
        own = contestants.analyze(convscope, case.model, images, work)
        case.batch = own.get("batch", case.batch)
        bare = contestants.python(HERE / "bare_onnxruntime.py", case, images)
        floor = contestants.python(HERE / "bare_onnxruntime.py", case, images, "--one-batch")
        mapping = ["--outputs", case.outputs] if case.outputs else []
        pipeline = contestants.python(HERE / "python_pipeline.py", case, images, *mapping)
        rows.append((own, bare, floor, pipeline))

    def median(figure):
        return statistics.median(figure(*row) for row in rows)

    def time_each(run):
        return run["seconds"] / run["images"]

    last = rows[-1][0]
    return {
        "case": case.name,
        "images": last["images"],
        "convscope ms": f"{median(lambda o, b, f, p: 1000 * o['wall'] / o['images']):.2f}",
        "bare ms": f"{median(lambda o, b, f, p: 1000 * time_each(b)):.2f}",
        "Python ms": f"{median(lambda o, b, f, p: 1000 * time_each(p)):.2f}",
        "× bare": f"{median(lambda o, b, f, p: o['wall'] / o['images'] / time_each(b)):.2f}",
        "Python ×": f"{median(lambda o, b, f, p: time_each(p) / (o['wall'] / o['images'])):.2f}",
        "convscope MiB": f"{median(lambda o, b, f, p: o['peak_mib']):.0f}",
        "bare MiB": f"{median(lambda o, b, f, p: f['peak_mib']):.0f}",
        "Python MiB": f"{median(lambda o, b, f, p: p['peak_mib']):.0f}",
        "top-1": f"{100 * last['top1']:.1f} %",
        "Python top-1": f"{100 * rows[-1][3]['top1']:.1f} %",
    }


def growth(case, convscope, images, work):
    """Peak memory at a tenth of the images and at all of them."""
    whole = contestants.analyze(convscope, case.model, images, work)
    tenth = contestants.analyze(
        convscope, case.model, images, work, "--limit", str(whole["images"] // 10)
    )
    return {
        "case": case.name,
        "images": f"{tenth['images']}, {whole['images']}",
        "MiB": f"{tenth['peak_mib']:.0f}, {whole['peak_mib']:.0f}",
        "growth": f"{100 * (whole['peak_mib'] / tenth['peak_mib'] - 1):.1f} %",
    }


def big_file(convscope, rounds, work):
    """`info` on a VGG-16 of 553 MB, the file in the page cache."""
    model = pathlib.Path(tempfile.gettempdir()) / "convscope-bench-vgg16.onnx"
    if not model.exists():
        subprocess.run([contestants.PYTHON, HERE / "make_vgg16.py", model], check=True)
    subprocess.run(["cat", model], check=True, stdout=subprocess.DEVNULL)
    runs = [contestants.timed([convscope, "info", model, "--json"]) for _ in range(rounds + 2)]
    return {
        "command": "info, VGG-16, 553 MB",
        "s": f"{statistics.median(run.seconds for run in runs):.3f}",
        "MiB": f"{max(run.peak_mib for run in runs):.0f}",
    }


def machine():
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{model}, {os.cpu_count()} threads, {platform.system()} {platform.release()}"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--convscope", type=pathlib.Path, required=True)
    options.add_argument("--data", type=pathlib.Path, required=True)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--write", type=pathlib.Path)
    given = options.parse_args()

    speeds, growths = [], []
    with tempfile.TemporaryDirectory(prefix="convscope-bench-") as folder:
        work = pathlib.Path(folder)
        for number, case in enumerate(cases(given.data)):
            images = contestants.varied(case.images, case.copies, work / f"images{number}")
            print(f"bench: {case.name}", flush=True)
            speeds.append(measure(case, given.convscope, images, given.rounds, work))
            growths.append(growth(case, given.convscope, images, work))
        opening = [big_file(given.convscope, given.rounds, work)]

    text = f"{machine()}\n\n{table(speeds)}\n{table(growths)}\n{table(opening)}"
    print(text)
    if given.write:
        replace_between(given.write, "analysis", text)
    print(runs.report(given.convscope.resolve(), given.data, given.rounds, given.write))
    shown = interaction.report(given.convscope, given.data, given.rounds)
    print(shown)
    if given.write:
        replace_between(given.write, "interaction", shown)


if __name__ == "__main__":
    main()
