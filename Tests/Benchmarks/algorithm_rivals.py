"""Other people's algorithms on the same inputs; each raises ImportError or FileNotFoundError where absent."""

import json
import re
import resource
import shutil
import statistics
import subprocess

import numpy


def processor_seconds():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(work, rounds=3):
    """Median processor seconds, and the last result."""
    seconds = []
    for _ in range(rounds):
        before = processor_seconds()
        result = work()
        seconds.append(processor_seconds() - before)
    return statistics.median(seconds), result


def unit_rows(path):
    """Live rows at unit length, and their numbers."""
    values = numpy.load(path).astype(numpy.float64)
    live = numpy.nonzero(values.any(1))[0]
    rows = values[live]
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True), live


def inertia(rows, labels):
    total = 0.0
    for label in numpy.unique(labels):
        members = rows[labels == label]
        total += ((members - members.mean(0)) ** 2).sum()
    return total


def distances(rows):
    table = numpy.maximum(0, 1 - rows @ rows.T)
    numpy.fill_diagonal(table, 0)
    return (table + table.T) / 2


def sklearn_kmeans(path, clusters):
    from sklearn.cluster import KMeans

    rows, _ = unit_rows(path)
    single = rows.astype(numpy.float32)
    seconds, labels = timed(lambda: KMeans(clusters, n_init=10, random_state=0).fit(single).labels_)
    return seconds, inertia(rows, labels)


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


def graphviz_dot(path):
    """dot's own count of crossings."""
    if shutil.which("dot") is None:
        raise FileNotFoundError("dot")
    graph = json.loads(path.read_text())
    text = "digraph {" + ";".join(f"{a}->{b}" for a, b in graph["edges"]) + "}"

    def run():
        return subprocess.run(["dot", "-v", "-Tplain"], input=text, capture_output=True, text=True).stderr

    seconds, log = timed(run, 1)
    return seconds, int(re.findall(r"(\d+) crossings", log)[-1])
