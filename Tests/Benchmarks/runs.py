"""Checkpoints and training runs: a large checkpoint opened, weights at once, columns of activations, memory."""

import argparse
import json
import os
import pathlib
import pickle
import shutil
import statistics
import struct
import tempfile
import zipfile

import contestants
from tables import replace_between, table

HERE = pathlib.Path(__file__).parent
TENSORS, TENSOR_BYTES = 64, 32 << 20


def large_safetensors(path):
    """2 GiB of float32 in 64 tensors; the numbers are repeats of random ones, written out in full."""
    header, start = {}, 0
    for index in range(TENSORS):
        header[f"layer{index}.weight"] = {
            "dtype": "F32", "shape": [2048, TENSOR_BYTES // 8192], "data_offsets": [start, start + TENSOR_BYTES],
        }  # fmt: skip
        start += TENSOR_BYTES
    text = json.dumps(header).encode()
    block = pseudo_weights()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _ in range(TENSORS):
            file.write(block)


class _Storage:
    def __init__(self, key):
        self.key = key


class _Tensor:
    """Pickles as torch.save does it: a call on a storage that is named, not held."""

    def __init__(self, key):
        self.key = key

    def __reduce__(self):
        shape = (2048, TENSOR_BYTES // 8192)
        return _named("torch._utils", "_rebuild_tensor_v2"), (_Storage(self.key), 0, shape, (shape[1], 1), False, None)


_GLOBALS = {}


def _named(module, name):
    def stand_in():
        raise NotImplementedError

    stand_in.__module__, stand_in.__qualname__, stand_in.__name__ = module, name, name
    return _GLOBALS.setdefault((module, name), stand_in)


class _Pickler(pickle._Pickler):
    def persistent_id(self, value):
        if isinstance(value, _Storage):
            return "storage", _named("torch", "FloatStorage"), value.key, "cpu", TENSOR_BYTES // 4
        return None

    def save_global(self, value, name=None):
        self.write(pickle.GLOBAL + f"{value.__module__}\n{value.__qualname__}\n".encode())
        self.memoize(value)

    dispatch = {**pickle._Pickler.dispatch, type(_named): save_global}


def large_pytorch(path):
    """The same 2 GiB as torch.save lays them out: a zip archive of stored entries."""
    block = pseudo_weights()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        with archive.open("big/data.pkl", "w") as entry:
            state = {f"layer{index}.weight": _Tensor(str(index)) for index in range(TENSORS)}
            _Pickler(entry, 2).dump(state)
        for index in range(TENSORS):
            archive.writestr(f"big/data/{index}", block)
        archive.writestr("big/version", "3\n")


def pseudo_weights():
    """Finite float32 numbers of ordinary size."""
    unit = b"".join(struct.pack("<f", ((index * 2654435761) % 1000 - 500) / 1e4) for index in range(4096))
    return unit * (TENSOR_BYTES // len(unit))


def opening(convscope, rounds, work):
    rows = []
    for name, make in (("2 GiB safetensors", large_safetensors), ("2 GiB PyTorch", large_pytorch)):
        path = work / ("big.safetensors" if "safe" in name else "big.pt")
        make(path)
        for options in ["--no-statistics"], []:
            command = [convscope, "info", path, "--json", *options]
            runs = [contestants.timed(command) for _ in range(rounds + 2)]
            assert json.loads(runs[0].output)["checkpoint"]["tensors"] == TENSORS
            rows.append({
                "command": " ".join(["info", name, *options]),
                "s": f"{statistics.median(run.seconds for run in runs):.3f}",
                "MiB": f"{max(run.peak_mib for run in runs):.0f}",
            })  # fmt: skip
        path.unlink()
    return rows


def run_command(convscope, folder, work, *options):
    shutil.rmtree(work / "cache", ignore_errors=True)
    environment = os.environ | {"XDG_CACHE_HOME": str(work / "cache")}
    return contestants.timed([convscope, "run", folder, "--json", *options], environment)


def checkpoints(folder):
    return sorted(folder.glob("epoch_*.onnx"))


def weights(convscope, folder, rounds, work):
    count = len(checkpoints(folder))
    runs = [run_command(convscope, folder, work) for _ in range(rounds + 2)]
    return {
        "command": f"run, weights of {count} checkpoints", "s": f"{statistics.median(r.seconds for r in runs):.3f}",
        "MiB": f"{max(run.peak_mib for run in runs):.0f}",
    }  # fmt: skip


class _Case:
    """What `contestants.python` wants to know."""

    def __init__(self, model, preprocess, batch):
        self.model, self.preprocess, self.batch = model, preprocess, batch


def columns(convscope, folder, images, copies, rounds, work):
    """All columns, the whole process timed, against the bare runs of the same images at every checkpoint."""
    sidecar = folder / "preprocess.json"
    several = contestants.varied(images, copies, work / f"images{copies}")
    count = sum(path.is_file() for path in several.rglob("*"))
    shares, owns, bares = [], [], []
    for _ in range(rounds):
        own = run_command(convscope, folder, work, "--data", several, "--limit", count)
        bare = 0.0
        for model in checkpoints(folder):
            case = _Case(model, sidecar if sidecar.exists() else None, 64)
            bare += contestants.python(HERE / "bare_onnxruntime.py", case, several)["seconds"]
        shares.append(bare / own.seconds)
        owns.append(own)
        bares.append(bare)
    return {
        "columns": len(checkpoints(folder)), "images each": count,
        "convscope s": f"{statistics.median(own.seconds for own in owns):.2f}",
        "bare s": f"{statistics.median(bares):.2f}", "speed against bare": f"{statistics.median(shares):.2f} ×",
        "MiB": f"{max(own.peak_mib for own in owns):.0f}",
    }  # fmt: skip


def memory(convscope, folder, images, work):
    """Peak memory at a few checkpoints and at many; the many are links to the same files."""
    files = checkpoints(folder)
    peaks = []
    for count in (3, len(files), 4 * len(files)):
        place = work / f"run{count}"
        place.mkdir()
        for index in range(count):
            os.symlink(files[index % len(files)].resolve(), place / f"epoch_{index:03}.onnx")
        for name in ("preprocess.json", "labels.txt"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, place / name)
        weights_only = run_command(convscope, place, work).peak_mib
        peaks.append({
            "checkpoints": count, "weights MiB": f"{weights_only:.0f}",
            "with 200 images MiB": f"{run_command(convscope, place, work, '--data', images, '--limit', 200).peak_mib:.0f}",
        })  # fmt: skip
    return peaks


PARTS = ("opening", "weights", "columns", "memory")


def measured(part, convscope, data, rounds):
    """The table of one part; nothing where it needs data that is not there."""
    folder, images = data / "runs/basecnn_cifar10", data / "datasets/cifar10_png"
    if part != "opening" and not (folder.is_dir() and images.is_dir()):
        return []
    with tempfile.TemporaryDirectory(prefix="convscope-bench-") as scratch:
        work = pathlib.Path(scratch)
        match part:
            case "opening":
                return opening(convscope, rounds, work)
            case "weights":
                return [weights(convscope, folder, rounds, work)]
            case "columns":
                return [columns(convscope, folder, images, copies, rounds, work) for copies in (1, 4)]
            case "memory":
                return memory(convscope, folder, images, work)


def report(convscope, data, rounds, write=None, parts=PARTS):
    """Tables of the parts, each put between its own marks of the document `write` as it is measured."""
    tables = {}
    for part in parts:
        tables[part] = table(measured(part, convscope, data, rounds))
        if write and tables[part]:
            replace_between(write, f"runs-{part}", tables[part])
    return "\n".join(tables.values())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--convscope", type=pathlib.Path, required=True)
    options.add_argument("--data", type=pathlib.Path, required=True)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--write", type=pathlib.Path)
    options.add_argument("--part", choices=PARTS, action="append", help="this one alone; again for more")
    given = options.parse_args()
    print(report(given.convscope.resolve(), given.data, given.rounds, given.write, given.part or PARTS))


if __name__ == "__main__":
    main()
