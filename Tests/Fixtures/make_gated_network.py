"""A small network in which gates and pools lie behind sums, with random weights -> gated.onnx.

    pip install onnx numpy
    python make_gated_network.py
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).resolve().parent / "gated.onnx"


class Builder:
    """Nodes and weights, in order."""

    def __init__(self):
        self.random = np.random.default_rng(7)
        self.nodes, self.weights = [], []

    def node(self, kind, inputs, output, **facts):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **facts))
        return output

    def weight(self, name, shape):
        values = self.random.normal(0, np.prod(shape[1:]) ** -0.5, shape).astype(np.float32)
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def conv(self, name, source, inputs, neurons, size, stride=1):
        weight = self.weight(name + ".weight", (neurons, inputs, size, size))
        pads = [size // 2] * 4
        facts = {"kernel_shape": [size] * 2, "strides": [stride] * 2, "pads": pads}
        return self.node("Conv", [source, weight], name + ".out", **facts)

    def gated(self, name, source, channels, squash):
        """Squeeze and excitation (Hu et al., CVPR 2018): each channel weighed by what all hold."""
        mean = self.node("GlobalAveragePool", [source], name + ".mean")
        small = self.conv(name + ".squeeze", mean, channels, 3, 1)
        wide = self.conv(name + ".excite", self.node("Relu", [small], name + ".some"), 3, channels, 1)
        gate = self.node(squash, [wide], name + ".gate")
        return self.node("Mul", [source, gate], name + ".gated")


def main():
    build = Builder()
    stem = build.node("Relu", [build.conv("stem", "image", 3, 6, 3, 2)], "stem.relu")
    first = build.gated("one", build.conv("first", stem, 6, 6, 3), 6, "Sigmoid")
    total = build.node("Relu", [build.node("Add", [first, stem], "one.sum")], "one.relu")
    pool = {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}
    small = build.node("MaxPool", [total], "one.pool", **pool)
    second = build.gated("two", build.conv("second", small, 6, 8, 3), 8, "HardSigmoid")
    shortcut = build.conv("shortcut", small, 6, 8, 1)
    total = build.node("Add", [second, shortcut], "two.sum")
    pool = {"kernel_shape": [2, 2], "strides": [2, 2], "pads": [1, 1, 1, 1]}
    smaller = build.node("AveragePool", [total], "two.pool", **pool)
    third = build.node("Relu", [build.conv("third", smaller, 8, 5, 3)], "third.relu")
    flat = build.node("Flatten", [build.node("GlobalAveragePool", [third], "mean")], "flat")
    weight = build.weight("classifier.weight", (10, 5))
    build.node("Gemm", [flat, weight], "scores", transB=1)
    graph = helper.make_graph(
        build.nodes,
        "gated",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 32, 32])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 10])],
        build.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, OUT)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
