"""Inertia at a given number of clusters beside scikit-learn and fastcluster; the kernels' throughput."""

import sys

import numpy

from .profiles import activations, unit_rows
from .support import timed

# Clusters wanted of each input, as many as it has types.
SIZES = {"512x10": 24, "2048x100": 32, "4096x1000": 48}

# Billions of operations a second. `addProduct` without FMA gives 0.75; see Analysis/Kernels/RowPanels.swift.
LEAST_THROUGHPUT = 3.0


def inertia(rows, labels):
    total = 0.0
    for label in numpy.unique(labels):
        members = rows[labels == label]
        total += ((members - members.mean(0)) ** 2).sum()
    return total


def sklearn_kmeans(path, clusters):
    from sklearn.cluster import KMeans

    rows, _ = unit_rows(path)
    single = rows.astype(numpy.float32)
    seconds, labels = timed(lambda: KMeans(clusters, n_init=10, random_state=0).fit(single).labels_)
    return seconds, inertia(rows, labels)


def fastcluster_cut(path, method, clusters):
    import fastcluster
    from scipy.cluster.hierarchy import fcluster
    from scipy.spatial.distance import pdist

    rows, _ = unit_rows(path)

    def cut():
        distances = pdist(rows) if method == "ward" else pdist(rows, "sqeuclidean") / 2
        return fcluster(fastcluster.linkage(distances, method, preserve_input=False), clusters, "maxclust")

    seconds, labels = timed(cut)
    return seconds, inertia(rows, labels)


def sklearn_mean_shift(path, bandwidth):
    from sklearn.cluster import MeanShift

    rows, _ = unit_rows(path)
    seconds, labels = timed(lambda: MeanShift(bandwidth=bandwidth, bin_seeding=False).fit(rows).labels_, 1)
    return seconds, inertia(rows, labels)


def throughput(bench):
    """Distances between long rows less those between short ones: what the products alone take."""
    random = numpy.random.default_rng(20170105)
    seconds = {}
    for width in (16, 1016):
        numpy.save(bench.folder / f"throughput_{width}.npy", random.random((2048, width), numpy.float32))
        seconds[width], _ = bench.ours("cluster", f"throughput_{width}.npy", "--method", "complete", "-k", "2")
    found = 2048 * 2048 * 1000 / (seconds[1016] - seconds[16]) / 1e9
    print(f"  dot products: {found:.1f} billion operations a second", flush=True)
    if found < LEAST_THROUGHPUT:
        sys.exit(f"bench: the dot kernel runs at {found:.2f} Gflop/s, expected at least {LEAST_THROUGHPUT}.")


def measure(bench):
    throughput(bench)
    for size, clusters in SIZES.items():
        path = bench.folder / f"activations_{size}.npy"
        numpy.save(path, activations(*map(int, size.split("x")), clusters))
        seconds, found = bench.ours("cluster", path.name, "-k", str(clusters))
        bench.row(f"inertia, {size}, k = {clusters}", found["inertia"], seconds, "scikit-learn, 10 starts",
                  lambda: sklearn_kmeans(path, clusters), 2)
    for size in ("2048x10", "4096x10"):
        path = bench.folder / f"activations_{size}.npy"
        numpy.save(path, activations(*map(int, size.split("x")), 32))
        for method in ("average", "ward"):
            seconds, found = bench.ours("cluster", path.name, "--method", method, "-k", "32")
            bench.row(f"{method} linkage, {size}: inertia at k = 32", found["inertia"], seconds,
                      "fastcluster, distances included", lambda: fastcluster_cut(path, method, 32), 2)
    path = bench.folder / "activations_512x10.npy"
    seconds, found = bench.ours("cluster", path.name, "--method", "mean-shift")
    bench.row(f"mean-shift, 512x10: inertia at k = {found['k']}, bandwidth {found['bandwidth']:.3f}",
              found["inertia"], seconds, "scikit-learn, same bandwidth",
              lambda: sklearn_mean_shift(path, found["bandwidth"]), 2)
