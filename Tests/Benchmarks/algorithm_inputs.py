"""Inputs of the algorithm benchmark: functions of fixed seeds, planted structure with noise."""

import json

import numpy


def activations(neurons, classes, types):
    """Neurons of known types over classes: gain, noise, a few dead, a few exact duplicates."""
    random = numpy.random.default_rng([20170101, neurons, classes])
    group_count = {10: 3, 100: 12, 1000: 40}[classes]
    group = random.integers(0, group_count, classes)
    template = numpy.zeros((types, classes))
    for row in range(types):
        kept = random.choice(group_count, 1 + random.integers(0, max(1, min(4, group_count // 2))), replace=False)
        strength = random.gamma(3.0, 1.0, group_count) * numpy.isin(numpy.arange(group_count), kept)
        template[row] = strength[group] * random.gamma(4.0, 0.25, classes)
    values = template[random.integers(0, types, neurons)] * random.lognormal(0, 0.5, (neurons, 1))
    values = values * random.lognormal(0, 0.25, values.shape) + random.normal(0, 0.35, values.shape) - 0.25
    values = numpy.maximum(values, 0)
    values[random.random(neurons) < 0.03] = 0
    copies = random.choice(neurons, max(1, neurons // 100), replace=False)
    values[copies] = values[(copies + 1) % neurons]
    return numpy.ascontiguousarray(values, dtype=numpy.float32)


def squares(count, cells):
    """Clusters of squares with log-normal importance for a canvas of half blocks."""
    random = numpy.random.default_rng([20170202, count])
    cluster_count = max(2, int(round(count**0.5 / 1.5)))
    shares = random.dirichlet(numpy.full(cluster_count, 1.2))
    cluster = random.choice(cluster_count, count, p=shares)
    cluster[:cluster_count] = numpy.arange(cluster_count)
    importance = random.lognormal(0, 0.6, count)
    clusters = [
        {"items": [{"id": int(i), "importance": float(importance[i])} for i in numpy.nonzero(cluster == c)[0]]}
        for c in range(cluster_count)
    ]
    return {"px": [cells[0], cells[1] * 2], "clusters": clusters}


def weights(size):
    """Overlapping signed blocks with holes and noise; 0 is no link."""
    random = numpy.random.default_rng([20170303, size])
    matrix = numpy.zeros((size, size))
    for _ in range(max(3, size // 5)):
        rows = random.choice(size, int(random.integers(2, max(3, size // 5) + 1)), replace=False)
        columns = random.choice(size, int(random.integers(2, max(3, size // 5) + 1)), replace=False)
        matrix[numpy.ix_(rows, columns)] += (1 if random.random() < 0.6 else -1) * random.gamma(4, 0.25)
    matrix[random.random(matrix.shape) < 0.08] = 0
    noise = (random.random(matrix.shape) < 0.04) & (matrix == 0)
    return numpy.where(noise, random.normal(0, 0.7, matrix.shape), matrix).astype(numpy.float32)


class _Graph:
    def __init__(self):
        self.count, self.edges = 0, []

    def node(self, *sources):
        self.edges += [[source, self.count] for source in sources]
        self.count += 1
        return self.count - 1

    def dictionary(self):
        edges = sorted({tuple(edge) for edge in self.edges})
        return {"nodes": [{"id": i} for i in range(self.count)], "edges": [list(edge) for edge in edges]}


def dense_network(size):
    """DenseNet-like: each convolution of a block sees all before it."""
    graph = _Graph()
    last = graph.node(graph.node())
    while graph.count < size - 3:
        features = [last]
        for _ in range(6):
            features.append(graph.node(graph.node(*features) if len(features) > 1 else features[0]))
        last = graph.node(graph.node(*features))
    graph.node(last)
    return graph.dictionary()


def cell_network(size):
    """NASNet-like random cells that see the two cells before."""
    random = numpy.random.default_rng([20170404, size, 1])
    graph = _Graph()
    before = graph.node()
    last = graph.node(before)
    while graph.count < size - 14:
        states, used = [before, last], set()
        for _ in range(5):
            one, other = random.choice(len(states), 2, replace=False)
            used |= {int(one), int(other)}
            states.append(graph.node(graph.node(states[one]), graph.node(states[other])))
        before, last = last, graph.node(*[states[i] for i in range(2, len(states)) if i not in used])
    graph.node(last)
    return graph.dictionary()


def write_all(folder):
    """Writes every input below `folder`."""
    for neurons, classes, types in ((512, 10, 24), (2048, 10, 32), (2048, 100, 32)):
        numpy.save(folder / f"activations_{neurons}x{classes}.npy", activations(neurons, classes, types))
    for count, cells in ((64, (80, 24)), (256, (120, 40)), (512, (200, 50))):
        (folder / f"squares_{count}.json").write_text(json.dumps(squares(count, cells)))
    for size in (40, 80, 200):
        numpy.save(folder / f"weights_{size}.npy", weights(size))
    (folder / "dense_600.json").write_text(json.dumps(dense_network(600)))
    (folder / "cells_600.json").write_text(json.dumps(cell_network(600)))
