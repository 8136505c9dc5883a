"""Crossings of layer graphs beside Graphviz dot."""

import json
import re
import shutil
import subprocess

import numpy

from .support import timed


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


def measure(bench):
    for name, graph in (("dense_600", dense_network(600)), ("cells_600", cell_network(600))):
        path = bench.folder / f"{name}.json"
        path.write_text(json.dumps(graph))
        seconds, found = bench.ours("layout", path.name)
        bench.row(f"crossings, {name}", found["crossings"], seconds, "Graphviz dot, whole process",
                  lambda: graphviz_dot(path), 0)
