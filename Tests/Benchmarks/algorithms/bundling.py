"""Lines drawn for signed weights beside closed itemsets chosen by set cover, as BiSet and CNNVis suggest."""

import heapq

import numpy

from .real_networks import cluster_weights, digits_weights
from .support import timed


def planted(size):
    """Overlapping signed blocks with holes and noise; 0 is no link."""
    random = numpy.random.default_rng([20170303, size])
    matrix = numpy.zeros((size, size))
    for _ in range(max(3, size // 5)):
        rows = random.choice(size, int(random.integers(2, max(3, size // 5) + 1)), replace=False)
        columns = random.choice(size, int(random.integers(2, max(3, size // 5) + 1)), replace=False)
        sign = 1 if random.random() < 0.6 else -1
        matrix[numpy.ix_(rows, columns)] += sign * random.gamma(4, 0.25)
    matrix = numpy.where(numpy.abs(matrix) > 0, matrix * random.lognormal(0, 0.3, matrix.shape), 0)
    matrix[random.random(matrix.shape) < 0.08] = 0
    noise = random.random(matrix.shape) < 0.04
    return numpy.where(noise & (matrix == 0), random.normal(0, 0.7, matrix.shape), matrix).astype(numpy.float32)


def set_cover_lines(matrix):
    """Closed itemsets by pyfim, then the largest number of links not yet covered until none saves a line."""
    import fim

    def lines():
        total = 0
        for sign in (1, -1):
            rows = [numpy.nonzero(numpy.sign(row) == sign)[0].tolist() for row in matrix]
            masks = [sum(1 << column for column in row) for row in rows]
            sets = fim.eclat([row for row in rows if row], target="c", supp=-2, zmin=2, report="")
            hubs = []
            for items, *_ in sets:
                columns = sum(1 << int(column) for column in items)
                hubs.append(([row for row, mask in enumerate(masks) if mask & columns == columns], columns))
            rest, drawn = list(masks), 0
            cover = lambda number: sum((rest[row] & hubs[number][1]).bit_count() for row in hubs[number][0])
            waiting = [(-cover(number), number) for number in range(len(hubs))]
            heapq.heapify(waiting)
            while waiting:
                before, number = heapq.heappop(waiting)
                fresh, members = cover(number), len(hubs[number][0]) + hubs[number][1].bit_count()
                if fresh <= members:
                    continue
                if fresh < -before:
                    heapq.heappush(waiting, (-fresh, number))
                    continue
                drawn += members
                for row in hubs[number][0]:
                    rest[row] &= ~hubs[number][1]
            total += drawn + sum(mask.bit_count() for mask in rest)
        return total

    return timed(lines, 1)


def measure(bench):
    inputs = [(f"BaseCNN clusters {name}, 12 × 12", matrix, ()) for name, matrix in cluster_weights()]
    inputs += [(f"digits MLP clusters, {size} × {size}", matrix, ()) for size, matrix in digits_weights((40,))]
    inputs += [("planted 80 × 80", planted(80), ()), ("planted 80 × 80, 500 rounds", planted(80), ("--budget", "500")),
               ("planted 200 × 200", planted(200), ())]
    for number, (what, matrix, options) in enumerate(inputs):
        name = f"weights_{number}.npy"
        numpy.save(bench.folder / name, numpy.ascontiguousarray(matrix, dtype=numpy.float32))
        seconds, found = bench.ours("bundle", name, *options)
        assert found["lost"] == 0 and found["spurious"] == 0, what
        bench.row(f"lines, {what}", found["links"], seconds, "every link by itself",
                  lambda: (0.0, int((matrix != 0).sum())), 0)
        if max(matrix.shape) <= 80:
            bench.row(f"lines, {what}", found["links"], seconds, "pyfim closed sets, set cover in Python",
                      lambda: set_cover_lines(matrix), 0)
            bench.row(f"crossings, {what}, order not timed", found["crossings"], seconds,
                      "every link by itself, same order search", lambda: (0.0, found["crossings_direct"]), 0)
