"""Correlation of spatial means over images, by onnxruntime and numpy.

Writes `similarity_reference.json`: for each network and each of its neuron-carrying tensors the
pairs of neurons whose |correlation| reaches 0.9, from all images at once and in double precision.

    python3 make_similarity_reference.py SHAPES_FOLDER [RESNET20.onnx CIFAR10.npz]
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from PIL import Image

from make_reference import layer_tensors

FLOOR = 0.9


def similar_pairs(path, images):
    model = onnx.load(path)
    tensors = [tensor for _, tensor in layer_tensors(model.graph)]
    known = {output.name for output in model.graph.output}
    for tensor in tensors:
        if tensor not in known:
            model.graph.output.append(onnx.helper.make_empty_tensor_value_info(tensor))
    session = onnxruntime.InferenceSession(model.SerializeToString())
    name = session.get_inputs()[0].name
    means = {tensor: [] for tensor in tensors}
    for start in range(0, len(images), 50):
        outputs = session.run(tensors, {name: images[start : start + 50]})
        for tensor, output in zip(tensors, outputs):
            flat = output.reshape(output.shape[0], output.shape[1], -1).astype(numpy.float64)
            means[tensor].append(flat.mean(axis=2))
    result = {}
    for tensor, parts in means.items():
        values = numpy.concatenate(parts)
        with numpy.errstate(invalid="ignore", divide="ignore"):
            table = numpy.corrcoef(values.T)
        rows, columns = numpy.where(numpy.triu(numpy.abs(numpy.nan_to_num(table)), 1) >= FLOOR)
        result[tensor] = [
            [int(i), int(j), round(float(table[i, j]), 7)] for i, j in zip(rows, columns)
        ]
    return result


def normalized(pixels):
    """Images × height × width × RGB bytes as both networks were trained to see them."""
    mean = numpy.array([0.485, 0.456, 0.406], numpy.float32)
    deviation = numpy.array([0.229, 0.224, 0.225], numpy.float32)
    scaled = pixels.astype(numpy.float32) / 255
    return ((scaled - mean) / deviation).transpose(0, 3, 1, 2)


def shapes_images(folder):
    paths = sorted((folder / "images").rglob("*.png"))
    return numpy.stack([numpy.asarray(Image.open(path).convert("RGB")) for path in paths])


def main():
    folder = pathlib.Path(sys.argv[1])
    reference = {"shapes": similar_pairs(folder / "model.onnx", normalized(shapes_images(folder)))}
    if len(sys.argv) > 3:
        images = normalized(numpy.load(sys.argv[3])["x_test"])
        reference["resnet20"] = similar_pairs(sys.argv[2], images)
    target = pathlib.Path(__file__).with_name("similarity_reference.json")
    lines = []
    for network, layers in reference.items():
        rows = ",\n".join(f"    {json.dumps(name)}: {json.dumps(pairs)}" for name, pairs in layers.items())
        lines.append(f"  {json.dumps(network)}: {{\n{rows}\n  }}")
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
