"""Running convscope-lab and timing others, by processor seconds of one thread."""

import json
import resource
import statistics
import subprocess


def processor_seconds():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(work, rounds=3):
    """Median processor seconds, and the last result."""
    seconds = []
    for _ in range(rounds):
        before = processor_seconds()
        result = work()
        seconds.append(processor_seconds() - before)
    return statistics.median(seconds), result


def milliseconds(seconds):
    return f"{seconds * 1000:,.1f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


class Bench:
    """Rows of one algorithm's table."""

    def __init__(self, lab, folder, rounds):
        self.lab, self.folder, self.rounds = lab, folder, rounds
        self.rows, self.absent = [], set()

    def ours(self, command, name, *options):
        """Median processor seconds and the output; the same bytes each time, or it fails."""
        outputs = []
        for _ in range(self.rounds):
            arguments = [self.lab, command, str(self.folder / name), *options]
            outputs.append(json.loads(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout))
        seconds = statistics.median(output.pop("cpu_seconds") for output in outputs)
        assert all(output == outputs[0] for output in outputs), f"{command} {name} does not repeat itself"
        return seconds, outputs[0]

    def row(self, what, quality, seconds, rival_name, rival, digits):
        """One line of the table; the rival is asked for its seconds and its quality."""
        try:
            rival_seconds, rival_quality = rival()
            beside = [f"{rival_quality:,.{digits}f}", milliseconds(rival_seconds)]
        except (ImportError, FileNotFoundError):
            self.absent.add(rival_name)
            beside = ["not installed", "–"]
        self.rows.append({
            "what": what, "convscope-lab": f"{quality:,.{digits}f}", "CPU ms": milliseconds(seconds),
            "rival": rival_name, "its figure": beside[0], "its CPU ms": beside[1]})
        print("  " + " | ".join(self.rows[-1].values()), flush=True)
