"""Densities of packed squares beside rectpack; the scheme of clusters in boxes is ours, it has none of its own."""

import json

import numpy

from .support import timed


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


def rectpack_clusters(path):
    """Each cluster to its smallest box, then the boxes; largest scale by bisection."""
    import rectpack

    problem = json.loads(path.read_text())
    width, height = problem["px"]
    groups = [[item["importance"] ** 0.5 for item in cluster["items"]] for cluster in problem["clusters"]]

    def boxed(sides, strip_width, strip_height):
        packer = rectpack.newPacker(rotation=False, pack_algo=rectpack.MaxRectsBssf)
        for number, (box_width, box_height) in enumerate(sides):
            packer.add_rect(box_width, box_height, number)
        packer.add_bin(strip_width, strip_height)
        packer.pack()
        placed = packer.rect_list()
        if len(placed) < len(sides):
            return None
        return max(x + w for _, x, _, w, _, _ in placed), max(y + h for _, _, y, _, h, _ in placed)

    def fits(scale):
        boxes = []
        for group in groups:
            sides = [max(1, int(scale * weight)) for weight in group]
            area = sum(side * side for side in sides)
            found = []
            for factor in (0.7, 0.85, 1, 1.15, 1.35, 1.6, 2, 2.6):
                strip = max(max(sides), round(area**0.5 * factor))
                box = boxed([(side, side) for side in sides], strip, int(area / strip * 2.2) + 2 * max(sides))
                if box:
                    found.append(box)
            boxes.append(min(found, key=lambda box: box[0] * box[1]))
        return boxed(boxes, width, height) is not None

    def search():
        high = 1.02 * (width * height / sum(w * w for group in groups for w in group)) ** 0.5
        low = 0.0
        for _ in range(9):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        return sum(max(1, int(low * w)) ** 2 for group in groups for w in group) / (width * height)

    return timed(search, 1)


def measure(bench):
    for count, cells in ((64, (80, 24)), (256, (120, 40)), (512, (200, 50))):
        path = bench.folder / f"squares_{count}.json"
        path.write_text(json.dumps(squares(count, cells)))
        seconds, found = bench.ours("pack", path.name)
        bench.row(f"density, {count} squares, clusters whole", found["density"], seconds,
                  "rectpack, clusters then boxes", lambda: rectpack_clusters(path), 3)
