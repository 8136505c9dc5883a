"""What the Python peers share: images, preprocessing, captured layers, figures."""

import argparse
import json
import os
import pathlib
import resource

import numpy
import onnxruntime
from PIL import Image

IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg"}
ACTIVATIONS = {
    "Relu", "Clip", "LeakyRelu", "PRelu", "Elu", "Selu", "Sigmoid", "Tanh", "HardSwish",
    "HardSigmoid", "Softplus", "Gelu", "Mish",
}
IMAGENET = {"scale": "x/255", "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}


def parser(description):
    options = argparse.ArgumentParser(description=description)
    options.add_argument("model", type=pathlib.Path)
    options.add_argument("images", type=pathlib.Path, help="a folder of class folders")
    options.add_argument("--preprocess", type=pathlib.Path, help="JSON; ImageNet's if absent")
    options.add_argument("--batch", type=int, default=32)
    options.add_argument("--threads", type=int, default=os.cpu_count())
    options.add_argument("--limit", type=int, default=None)
    return options


def list_images(folder, limit=None):
    """(path, class index) of every image, by class folder and name; and the folders' names."""
    classes = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    found = [
        (path, index)
        for index, name in enumerate(classes)
        for path in sorted((folder / name).iterdir())
        if path.suffix.lower() in IMAGE_SUFFIXES
    ]
    return found[:limit], classes


class Preprocessing:
    """Straight antialiased bilinear resize, scale, mean and standard deviation, axis order."""

    def __init__(self, path, model_input):
        told = json.loads(path.read_text()) if path else IMAGENET
        shape = [length if isinstance(length, int) else None for length in model_input.shape]
        self.is_nchw = told.get("layout", "NCHW") == "NCHW"
        self.size = told.get("size") or shape[2 if self.is_nchw else 1]
        self.divisor = 255 if told.get("scale") == "x/255" else 1
        self.mean = numpy.array(told["mean"], numpy.float32)
        self.deviation = numpy.array(told["std"], numpy.float32)
        self.is_bgr = told.get("channel_order") == "BGR"

    def decode(self, path):
        with Image.open(path) as image:
            image = image.convert("RGB")
            if image.size != (self.size, self.size):
                image = image.resize((self.size, self.size), Image.Resampling.BILINEAR)
            pixels = numpy.asarray(image, numpy.float32)
        if self.is_bgr:
            pixels = pixels[:, :, ::-1]
        pixels = (pixels / self.divisor - self.mean) / self.deviation
        return pixels.transpose(2, 0, 1) if self.is_nchw else pixels

    def batch(self, paths):
        return numpy.ascontiguousarray(numpy.stack([self.decode(path) for path in paths]))


def representative_outputs(graph):
    """Each convolution or dense layer's output, after the normalisation and activation behind it."""
    consumers = {}
    for node in graph.node:
        for name in node.input:
            consumers.setdefault(name, []).append(node)

    def follow(name, operators):
        users = consumers.get(name, [])
        if len(users) == 1 and users[0].op_type in operators and users[0].input[0] == name:
            return users[0].output[0]
        return name

    weights = {tensor.name for tensor in graph.initializer}
    names = []
    for node in graph.node:
        is_dense = node.op_type == "Gemm" or (
            node.op_type == "MatMul" and any(name in weights for name in node.input)
        )
        if node.op_type == "Conv" or is_dense:
            name = node.output[0]
            if node.op_type == "MatMul":
                name = follow(name, {"Add"})
            name = follow(name, {"BatchNormalization"})
            name = follow(name, ACTIVATIONS)
            if name not in names:
                names.append(name)
    return names


def session(model_path, threads, exposed=False):
    """A session of the model and, if exposed, the names of its representative outputs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    if not exposed:
        return onnxruntime.InferenceSession(str(model_path), options), []
    import onnx  # only here: it would count as memory of bare inference

    model = onnx.load(model_path)
    names = representative_outputs(model.graph)
    present = {output.name for output in model.graph.output}
    for name in names:
        if name not in present:
            model.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    made = onnxruntime.InferenceSession(model.SerializeToString(), options)
    return made, names


def is_fixed_to_one(model_input):
    return model_input.shape[0] == 1


def report(images, seconds, **more):
    """One JSON line: rate, time per image and the peak of resident memory of this process."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "images": images,
        "seconds": round(seconds, 4),
        "images_per_second": round(images / seconds, 1),
        "peak_mib": round(peak, 1),
    }
    print(json.dumps(figures | more))
