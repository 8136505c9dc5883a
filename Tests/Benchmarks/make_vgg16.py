"""Writes VGG-16 with random weights, a file of 553 MB, for measuring how a big file is opened.

K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
2015, configuration D. Usage: make_vgg16.py FILE
"""

import pathlib
import sys

import numpy
from onnx import TensorProto, helper, numpy_helper, save

STAGES = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]]
DENSE = [4096, 4096, 1000]


def main():
    target = pathlib.Path(sys.argv[1])
    random = numpy.random.default_rng(16)
    nodes, weights = [], []

    def weight(name, *shape):
        fan_in = numpy.prod(shape[1:])
        values = random.standard_normal(shape, numpy.float32) * numpy.sqrt(2 / fan_in)
        weights.append(numpy_helper.from_array(values.astype(numpy.float32), f"{name}.weight"))
        bias = numpy.zeros(shape[0], numpy.float32)
        weights.append(numpy_helper.from_array(bias, f"{name}.bias"))
        return [f"{name}.weight", f"{name}.bias"]

    def add(operator, inputs, output, **attributes):
        nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    current, channels = "input", 3
    for stage, widths in enumerate(STAGES, start=1):
        for place, width in enumerate(widths, start=1):
            name = f"conv{stage}_{place}"
            inputs = [current, *weight(name, width, channels, 3, 3)]
            current = add("Conv", inputs, name, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
            current = add("Relu", [current], f"relu{stage}_{place}")
            channels = width
        window = {"kernel_shape": [2, 2], "strides": [2, 2]}
        current = add("MaxPool", [current], f"pool{stage}", **window)
    current = add("Flatten", [current], "flatten")
    channels *= 7 * 7
    for place, width in enumerate(DENSE, start=6):
        current = add("Gemm", [current, *weight(f"fc{place}", width, channels)], f"fc{place}", transB=1)
        channels = width
        if width != DENSE[-1]:
            current = add("Relu", [current], f"relu{place}")

    graph = helper.make_graph(
        nodes,
        "vgg16",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 3, 224, 224])],
        [helper.make_tensor_value_info(current, TensorProto.FLOAT, ["batch", 1000])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    save(model, target)


if __name__ == "__main__":
    main()
