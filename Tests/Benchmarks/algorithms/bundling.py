"""Lines drawn for signed weights beside every link by itself."""

import numpy


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


def measure(bench):
    for size in (40, 80, 200):
        path = bench.folder / f"weights_{size}.npy"
        matrix = weights(size)
        numpy.save(path, matrix)
        seconds, found = bench.ours("bundle", path.name)
        bench.row(f"lines, {size} × {size} weights", found["links"], seconds, "every link by itself",
                  lambda: (0.0, int((matrix != 0).sum())), 0)
