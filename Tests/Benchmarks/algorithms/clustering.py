"""Inertia at a given number of clusters, beside scikit-learn."""

import numpy

from .profiles import activations, unit_rows
from .support import timed


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


def measure(bench):
    for size, clusters in (("512x10", 24), ("2048x100", 32)):
        path = bench.folder / f"activations_{size}.npy"
        numpy.save(path, activations(*map(int, size.split("x")), clusters))
        seconds, found = bench.ours("cluster", path.name, "-k", str(clusters))
        bench.row(f"inertia, {size}, k = {clusters}", found["inertia"], seconds, "scikit-learn, 10 starts",
                  lambda: sklearn_kmeans(path, clusters), 2)
