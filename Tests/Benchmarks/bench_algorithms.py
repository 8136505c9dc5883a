"""Measures convscope-lab beside its rivals and writes the table into Docs/BENCHMARKS.md.

usage: bench_algorithms.py LAB BENCHMARKS.md [ROUNDS]
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy loads: all contestants get one thread

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy

import algorithm_inputs
import algorithm_rivals as rivals

BEGIN, END = "<!-- algorithms:begin -->", "<!-- algorithms:end -->"


class Bench:
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
            beside = [rival_name, f"{rival_quality:,.{digits}f}", f"{rival_seconds * 1000:,.0f}"]
        except (ImportError, FileNotFoundError):
            self.absent.add(rival_name)
            beside = [rival_name, "not installed", "–"]
        cells = [what, f"{quality:,.{digits}f}", f"{seconds * 1000:,.1f}", *beside]
        self.rows.append("| " + " | ".join(cells) + " |")
        print(self.rows[-1], flush=True)

    def run(self):
        for size, clusters in (("512x10", 24), ("2048x100", 32)):
            name = f"activations_{size}.npy"
            seconds, found = self.ours("cluster", name, "-k", str(clusters))
            path = self.folder / name
            self.row(f"inertia, {size}, k = {clusters}", found["inertia"], seconds, "scikit-learn, 10 starts",
                     lambda: rivals.sklearn_kmeans(path, clusters), 2)
        for size, budget, limit in (("512x10", 4000, 0.1), ("2048x10", 15000, 1.0)):
            name = f"activations_{size}.npy"
            seconds, found = self.ours("seriate", name, "--budget", str(budget))
            path = self.folder / name
            self.row(f"path length, {size} (gap {found['gap']:.1%})", found["path_length"], seconds,
                     f"fast_tsp, {limit} s, distances not counted",
                     lambda: rivals.fast_tsp_path(path, limit), 3)
        for count in (64, 256, 512):
            name = f"squares_{count}.json"
            seconds, found = self.ours("pack", name)
            path = self.folder / name
            self.row(f"density, {count} squares, clusters whole", found["density"], seconds,
                     "rectpack, clusters then boxes", lambda: rivals.rectpack_clusters(path), 3)
        for size in (40, 80, 200):
            seconds, found = self.ours("bundle", f"weights_{size}.npy")
            edges = self.edge_count(size)
            self.row(f"lines, {size} × {size} weights", found["links"], seconds, "every link by itself",
                     lambda: (0.0, edges), 0)
        for name in ("dense_600", "cells_600"):
            seconds, found = self.ours("layout", f"{name}.json")
            path = self.folder / f"{name}.json"
            self.row(f"crossings, {name}", found["crossings"], seconds, "Graphviz dot, whole process",
                     lambda: rivals.graphviz_dot(path), 0)

    def edge_count(self, size):
        return int((numpy.load(self.folder / f"weights_{size}.npy") != 0).sum())

    def table(self):
        head = ["| what | convscope-lab | CPU ms | rival | its figure | its CPU ms |", "|---|---|---|---|---|---|"]
        return "\n".join(head + self.rows)


def main():
    lab, document = sys.argv[1], pathlib.Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        algorithm_inputs.write_all(folder)
        bench = Bench(lab, folder, rounds)
        bench.run()
    text = document.read_text()
    if BEGIN not in text:
        sys.exit(f"{document} has no line {BEGIN}; put it and {END} where the table belongs.")
    before, rest = text.split(BEGIN, 1)
    document.write_text(f"{before}{BEGIN}\n{bench.table()}\n{END}{rest.split(END, 1)[1]}")
    for name in sorted(bench.absent):
        print(f"not installed: {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
