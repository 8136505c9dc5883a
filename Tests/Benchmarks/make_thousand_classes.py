"""Writes what a layer of 512 neurons x 1,000 classes takes: a network that has one, and as many classes of images.

SqueezeNet 1.1 (F. N. Iandola et al., arXiv:1602.07360, 2016) joins two convolutions of 256 channels at the
end of its last module; here they are one of 512, which computes the same. The left and the right half of each
image make a class of their own. Usage: make_thousand_classes.py MODEL IMAGES FOLDER, which gets model.onnx and images/
"""

import pathlib
import sys

import numpy
import onnx
from onnx import helper, numpy_helper
from PIL import Image

MODULE = "fire9"


def widened(model):
    """The model with the 1 x 1 and the 3 x 3 convolution of its last module as one of 3 x 3."""
    graph = model.graph
    weights = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    small, large = f"{MODULE}/expand1x1", f"{MODULE}/expand3x3"
    kernels = [numpy.pad(weights[f"{small}_w"], ((0, 0), (0, 0), (1, 1), (1, 1))), weights[f"{large}_w"]]
    joined = {
        f"{MODULE}/expand_w": numpy.concatenate(kernels),
        f"{MODULE}/expand_b": numpy.concatenate([weights[f"{small}_b"], weights[f"{large}_b"]]),
    }
    nodes = []
    for node in graph.node:
        if node.name == small:
            inputs = [node.input[0], *joined]
            shape = {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}
            nodes.append(helper.make_node("Conv", inputs, [f"{MODULE}/expand"], name=f"{MODULE}/expand", **shape))
        elif node.name == f"{MODULE}/concat":
            nodes.append(helper.make_node("Relu", [f"{MODULE}/expand"], list(node.output), name=f"{MODULE}/relu"))
        elif not node.name.startswith((f"{MODULE}/expand", f"{MODULE}/relu_expand")):
            nodes.append(node)
    kept = [each for each in graph.initializer if each.name.removesuffix("_w").removesuffix("_b") not in (small, large)]
    kept += [numpy_helper.from_array(values, name) for name, values in joined.items()]
    inputs = [each for each in graph.input if each.name not in weights]
    result = helper.make_model(
        helper.make_graph(nodes, graph.name, inputs, list(graph.output), kept),
        opset_imports=model.opset_import,
        ir_version=model.ir_version,
    )
    onnx.checker.check_model(result, full_check=True)
    return result


def halves(images, target):
    """The left and the right half of every image, each in a folder of its own."""
    for source in sorted(path for path in images.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")):
        with Image.open(source) as image:
            width, height = image.size
            for side, left in (("left", 0), ("right", width - width // 2)):
                folder = target / f"{source.parent.name}_{source.stem}_{side}"
                folder.mkdir(parents=True, exist_ok=True)
                image.crop((left, 0, left + width // 2, height)).convert("RGB").save(folder / "half.png")


def main():
    model, images, folder = map(pathlib.Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(widened(onnx.load(model)), folder / "model.onnx")
    halves(images, folder / "images")


if __name__ == "__main__":
    main()
