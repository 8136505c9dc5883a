"""Crossings of layer graphs beside Graphviz dot and OGDF."""

import json
import pathlib
import re
import shutil
import subprocess
import sys

import numpy

from .real_networks import layer_graphs
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
            if graph.count > size - 4:
                break
            features.append(graph.node(graph.node(*features) if len(features) > 1 else features[0]))
        last = graph.node(graph.node(*features))
    graph.node(last)
    return graph.dictionary()


def nested_network(size, depth=5):
    """UNet++-like: grids of nested skips, one after the other; no order is free of crossings."""
    graph = _Graph()
    last = graph.node()
    while graph.count < size - 25:
        made = {}
        for step in range(depth):
            for level in range(depth - step):
                if step == 0:
                    made[level, 0] = graph.node(last if level == 0 else graph.node(made[level - 1, 0]))
                else:
                    before = [made[level, earlier] for earlier in range(step)]
                    made[level, step] = graph.node(graph.node(*before, made[level + 1, step - 1]))
        last = made[0, depth - 1]
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


class Sugiyama:
    """OGDF, built once from the headers and libraries of the package ogdf-wheel."""

    def __init__(self, folder):
        self.program = folder / "ogdf_sugiyama"

    def build(self):
        import ogdf_wheel  # noqa: F401

        prefix = pathlib.Path(sys.prefix)
        library = next((path.parent for path in prefix.glob("lib*/**/libOGDF*.so*")), prefix / "lib")
        command = ["g++", "-O2", "-std=c++20", str(pathlib.Path(__file__).with_name("ogdf_sugiyama.cpp")),
                   f"-I{prefix}/include", f"-I{prefix}/include/ogdf-release", f"-L{library}", "-lOGDF", "-lCOIN",
                   f"-Wl,-rpath,{library}", "-o", str(self.program)]
        if subprocess.run(command, capture_output=True).returncode != 0:
            raise ImportError("ogdf-wheel cannot be built against")

    def crossings(self, path):
        if not self.program.exists():
            self.build()
        graph = json.loads(path.read_text())
        lines = [f"{len(graph['nodes'])} {len(graph['edges'])}"] + [f"{a} {b}" for a, b in graph["edges"]]
        run = subprocess.run([self.program], input="\n".join(lines), capture_output=True, text=True, check=True)
        crossings, seconds = run.stdout.split()
        return float(seconds), int(crossings)


def measure(bench):
    sugiyama = Sugiyama(bench.folder)
    graphs = [("dense_600", dense_network(600), ()), ("nested_600", nested_network(600), ()),
              ("cells_600", cell_network(600), ()), ("cells_600, 40 attempts", cell_network(600), ("--budget", "40"))]
    graphs += [(f"{name}, {len(graph['nodes'])} nodes", graph, ()) for name, graph in layer_graphs()]
    for number, (name, graph, options) in enumerate(graphs):
        path = bench.folder / f"graph_{number}.json"
        path.write_text(json.dumps(graph))
        seconds, found = bench.ours("layout", path.name, *options)
        what = f"crossings, {name} (span {found['span']:,})"
        bench.row(what, found["crossings"], seconds, "Graphviz dot, whole process", lambda: graphviz_dot(path), 0)
        bench.row(what, found["crossings"], seconds, "OGDF Sugiyama, barycentre", lambda: sugiyama.crossings(path), 0)
