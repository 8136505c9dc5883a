"""Starting a contestant and reading its time, peak memory and last line of JSON; what they run on."""

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

PYTHON = sys.executable


@dataclasses.dataclass
class Run:
    seconds: float
    peak_mib: float
    output: str


def timed(command, environment=None):
    """Runs a command to its end; peak memory is the kernel's figure for that child alone."""
    command = [str(part) for part in command]
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"bench: exit {child.returncode} from: {' '.join(command)}")
    return Run(seconds, usage.ru_maxrss / 1024, output)


def analyze(convscope, model, images, work, *options):
    """A whole `convscope analyze` with an empty cache: the search for preprocessing is in its time."""
    cache = work / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    atlas = work / "result.atlas"
    atlas.unlink(missing_ok=True)
    command = [convscope, "analyze", model, "--data", images, "-o", atlas, "--json", *options]
    run = timed(command, os.environ | {"XDG_CACHE_HOME": str(cache)})
    figures = json.loads(run.output.strip().splitlines()[-1])
    return figures | {"wall": run.seconds, "peak_mib": run.peak_mib}


def python(script, case, images, *options):
    """One of the peers, which reports its own time: start-up and loading are not in it."""
    command = [PYTHON, script, case.model, images, "--batch", case.batch, *options]
    if case.preprocess:
        command += ["--preprocess", case.preprocess]
    return json.loads(timed(command).output.strip().splitlines()[-1])


def varied(images, copies, target):
    """The folder `target`, with every image `copies` times, no two the same picture.

    Made in a process of its own: the kernel's peak of a child begins with what its parent takes.
    """
    script = pathlib.Path(__file__).parent / "variants.py"
    timed([PYTHON, script, images, copies, target])
    return target
