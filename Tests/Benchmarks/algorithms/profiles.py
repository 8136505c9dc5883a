"""Activation profiles: functions of fixed seeds, planted types with noise."""

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


def unit_rows(path):
    """Live rows at unit length, and their numbers."""
    values = numpy.load(path).astype(numpy.float64)
    live = numpy.nonzero(values.any(1))[0]
    rows = values[live]
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True), live


def distances(rows):
    table = numpy.maximum(0, 1 - rows @ rows.T)
    numpy.fill_diagonal(table, 0)
    return (table + table.T) / 2
