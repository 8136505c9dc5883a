"""Measures convscope-lab beside its rivals and writes the tables into Docs/BENCHMARKS.md.

usage: bench_algorithms.py LAB BENCHMARKS.md [ROUNDS [ALGORITHM...]]
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy loads: all contestants get one thread

import pathlib
import sys
import tempfile

from algorithms import bundling, clustering, layout, packing, seriation
from algorithms.support import Bench
from tables import replace_between, table

ALGORITHMS = {
    "clustering": clustering, "seriation": seriation, "packing": packing, "bundling": bundling, "layout": layout}


def main():
    lab, document = sys.argv[1], pathlib.Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    names = sys.argv[4:] or list(ALGORITHMS)
    unknown = [name for name in names if name not in ALGORITHMS]
    if unknown:
        sys.exit(f"bench: no algorithm is called {unknown[0]}; there are {', '.join(ALGORITHMS)}.")
    absent = set()
    for name in names:
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(lab, pathlib.Path(folder), rounds)
            ALGORITHMS[name].measure(bench)
        replace_between(document, f"algorithms-{name}", table(bench.rows))
        absent |= bench.absent
    for name in sorted(absent):
        print(f"not installed: {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
