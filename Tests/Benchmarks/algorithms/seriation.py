"""Path lengths beside fast_tsp, LKH (elkai) and SciPy's leaf order; none counts the distances."""

import numpy

from .profiles import activations, distances, unit_rows
from .support import timed


def _path(tour, count):
    """The tour without the extra city `count`, which closes it at no cost."""
    tour = [int(item) for item in tour][: count + 1]
    start = tour.index(count)
    return tour[start + 1 :] + tour[:start]


def _closed(table, scale, kind):
    count = len(table)
    whole = numpy.zeros((count + 1, count + 1), kind)
    whole[:count, :count] = numpy.round(table * scale)
    return whole


def _length(table, order):
    return float(table[order[:-1], order[1:]].sum())


def fast_tsp_path(path, budget):
    """fast_tsp stops by wall clock; what it used of the processor is reported."""
    import fast_tsp

    table = distances(unit_rows(path)[0])
    whole = _closed(table, 65000 / table.max(), numpy.uint16)
    seconds, tour = timed(lambda: fast_tsp.find_tour(whole, duration_seconds=budget), 1)
    return seconds, _length(table, _path(tour, len(table)))


def lkh_path(path):
    import elkai

    table = distances(unit_rows(path)[0])
    whole = _closed(table, 1e6, numpy.int64).tolist()
    seconds, tour = timed(lambda: elkai.DistanceMatrix(whole).solve_tsp(1), 1)
    return seconds, _length(table, _path(tour, len(table)))


def scipy_leaf_order(path):
    """Average linkage and SciPy's leaf order, which is not optimal (SciPy issue 11227)."""
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    table = distances(unit_rows(path)[0])
    condensed = squareform(table, checks=False)

    def order():
        return leaves_list(optimal_leaf_ordering(linkage(condensed, "average"), condensed))

    seconds, found = timed(order, 1)
    return seconds, _length(table, found)


def row(bench, what, options, name, rival):
    seconds, found = bench.ours("seriate", name, *options)
    stated = "" if found.get("gap") is None else f", gap {found['gap']:.1%}"
    rival_name, ask = rival
    bench.row(f"{what}{stated}, anti-Robinson {found['anti_robinson']:.2f}", found["path_length"], seconds,
              rival_name, ask, 3)


def measure(bench):
    paths = {}
    for size, types in (("16x10", 4), ("512x10", 24), ("512x100", 24), ("2048x10", 32), ("4096x100", 48)):
        paths[size] = bench.folder / f"activations_{size}.npy"
        numpy.save(paths[size], activations(*map(int, size.split("x")), types))

    def tsp(size, limit):
        return f"fast_tsp, {limit} s of clock", lambda: fast_tsp_path(paths[size], limit)

    def lkh(size):
        return "LKH-3 (elkai), one run", lambda: lkh_path(paths[size])

    def leaf_order(size):
        return "SciPy leaf order", lambda: scipy_leaf_order(paths[size])

    row(bench, "16x10, exact", [], paths["16x10"].name, lkh("16x10"))
    row(bench, "512x10, leaf order", ["--method", "leaf-order"], paths["512x10"].name, leaf_order("512x10"))
    row(bench, "512x10", [], paths["512x10"].name, tsp("512x10", 0.1))
    row(bench, "512x10, long", ["--budget", "50000"], paths["512x10"].name, lkh("512x10"))
    row(bench, "512x100, two-level", ["--method", "two-level"], paths["512x100"].name, leaf_order("512x100"))
    row(bench, "2048x10, leaf order", ["--method", "leaf-order"], paths["2048x10"].name, tsp("2048x10", 0.2))
    row(bench, "2048x10", [], paths["2048x10"].name, tsp("2048x10", 0.5))
    row(bench, "2048x10, long", ["--budget", "30000"], paths["2048x10"].name, tsp("2048x10", 2))
    row(bench, "4096x100, leaf order", ["--method", "leaf-order"], paths["4096x100"].name, tsp("4096x100", 0.5))
    row(bench, "4096x100", [], paths["4096x100"].name, tsp("4096x100", 2))
