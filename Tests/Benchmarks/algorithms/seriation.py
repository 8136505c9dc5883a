"""Path lengths beside fast_tsp."""

import numpy

from .profiles import activations, distances, unit_rows
from .support import timed


def fast_tsp_path(path, budget):
    import fast_tsp

    rows, _ = unit_rows(path)
    table = distances(rows)
    count = len(rows)
    whole = numpy.zeros((count + 1, count + 1), numpy.uint16)
    whole[:count, :count] = numpy.round(table * (65000 / table.max()))
    seconds, tour = timed(lambda: fast_tsp.find_tour(whole, duration_seconds=budget), 1)
    tour = [int(item) for item in tour]
    start = tour.index(count)
    order = tour[start + 1 :] + tour[:start]
    return seconds, float(table[order[:-1], order[1:]].sum())


def measure(bench):
    for size, types, budget, limit in (("512x10", 24, 4000, 0.1), ("2048x10", 32, 15000, 1.0)):
        path = bench.folder / f"activations_{size}.npy"
        numpy.save(path, activations(*map(int, size.split("x")), types))
        seconds, found = bench.ours("seriate", path.name, "--budget", str(budget))
        bench.row(f"path length, {size} (gap {found['gap']:.1%})", found["path_length"], seconds,
                  f"fast_tsp, {limit} s, distances not counted", lambda: fast_tsp_path(path, limit), 3)
