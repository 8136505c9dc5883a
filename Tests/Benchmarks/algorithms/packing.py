"""Densities of packed squares beside rectpack and, for few squares, an exact search by CP-SAT.

The scheme of clusters in boxes for rectpack is ours; it has none of its own. CP-SAT keeps clusters in boxes apart, too.
"""

import json

import numpy

from .support import timed

CANVASES = {12: (40, 12), 64: (80, 24), 256: (120, 40), 512: (200, 50), 2048: (240, 67)}


def squares(count):
    """Clusters of squares with log-normal importance for a canvas of half blocks."""
    random = numpy.random.default_rng([20170202, count])
    cluster_count = max(2, int(round(count**0.5 / 1.5)))
    shares = random.dirichlet(numpy.full(cluster_count, 1.2))
    cluster = random.choice(cluster_count, count, p=shares)
    cluster[:cluster_count] = numpy.arange(cluster_count)
    clusters = []
    for number in range(cluster_count):
        members = numpy.nonzero(cluster == number)[0]
        importance = random.lognormal(0, 0.6, len(members))
        clusters.append({"items": [
            {"id": int(item), "importance": round(float(value), 5)} for item, value in zip(members, importance)]})
    return {"px": [CANVASES[count][0], CANVASES[count][1] * 2], "clusters": clusters}


class Problem:
    def __init__(self, path):
        problem = json.loads(path.read_text())
        self.width, self.height = problem["px"]
        self.groups = [[item["importance"] ** 0.5 for item in cluster["items"]] for cluster in problem["clusters"]]

    def sides(self, scale):
        return [[max(1, int(scale * weight)) for weight in group] for group in self.groups]

    def density(self, scale):
        return sum(side**2 for group in self.sides(scale) for side in group) / (self.width * self.height)

    def largest_scale(self, fits, steps):
        area = sum(weight**2 for group in self.groups for weight in group)
        low, high = 0.0, 1.02 * (self.width * self.height / area) ** 0.5
        for _ in range(steps):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(self.sides(middle)) else (low, middle)
        return low


def rectpack_clusters(path, steps):
    """Each cluster to its smallest box, then the boxes; largest scale by bisection."""
    import rectpack

    problem = Problem(path)

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

    def fits(groups):
        boxes = []
        for sides in groups:
            area = sum(side * side for side in sides)
            found = []
            for factor in (0.7, 0.85, 1, 1.15, 1.35, 1.6, 2, 2.6):
                strip = max(max(sides), round(area**0.5 * factor))
                box = boxed([(side, side) for side in sides], strip, int(area / strip * 2.2) + 2 * max(sides))
                if box:
                    found.append(box)
            boxes.append(min(found, key=lambda box: box[0] * box[1]))
        return boxed(boxes, problem.width, problem.height) is not None

    return timed(lambda: problem.density(problem.largest_scale(fits, steps)), 1)


def exact_clusters(path, seconds):
    """CP-SAT: squares apart, in boxes of their clusters, which are apart; what is not decided in time counts as no."""
    from ortools.sat.python import cp_model

    problem = Problem(path)

    def fits(groups):
        model = cp_model.CpModel()
        boxes = ([], [])
        for sides in groups:
            spans = ([], [])
            for axis, room in enumerate((problem.width, problem.height)):
                start = model.new_int_var(0, room, "")
                size = model.new_int_var(0, room, "")
                end = model.new_int_var(0, room, "")
                boxes[axis].append(model.new_interval_var(start, size, end, ""))
                for side in sides:
                    if side > room:
                        return False
                    place = model.new_int_var(0, room - side, "")
                    model.add(place >= start)
                    model.add(place + side <= end)
                    spans[axis].append(model.new_fixed_size_interval_var(place, side, ""))
            model.add_no_overlap_2d(*spans)
        model.add_no_overlap_2d(*boxes)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    return timed(lambda: problem.density(problem.largest_scale(fits, 9)), 1)


def measure(bench):
    for count, budgets in ((12, (0,)), (64, (0, 1000)), (256, (0, 1000)), (512, (0, 1000)), (2048, (0, 60))):
        path = bench.folder / f"squares_{count}.json"
        path.write_text(json.dumps(squares(count)))
        for budget in budgets:
            seconds, found = bench.ours("pack", path.name, "--budget", str(budget))
            what = f"density, {count} squares, clusters whole" + (f", {budget} improvements" if budget else "")
            if count == 12:
                bench.row(what, found["density"], seconds, "CP-SAT, the same constraint, 10 s a scale",
                          lambda: exact_clusters(path, 10), 3)
            bench.row(what, found["density"], seconds, "rectpack, clusters then boxes",
                      lambda: rectpack_clusters(path, 9 if count < 2048 else 5), 3)
