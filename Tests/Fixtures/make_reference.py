"""Reference statistics of a network over labelled images, by onnxruntime and numpy.

    pip install onnxruntime onnx numpy pillow
    python make_reference.py                       # the shapes example -> shapes_reference.json
    python make_reference.py --model m.onnx --data images --size 227 --scale 1 \\
        --mean 104 117 123 --std 1 1 1 --bgr --label-map wnid_index.json --out m.json

The images are those of the class folders of --data, sorted by folder and then by file name; a
label is the rank of its folder. A pixel becomes (byte / scale - mean) / std, with mean and std in
the order the network sees its channels. Images of another size are resized straight to it, bilinear
as by Pillow.

A layer is the output of a Conv or Gemm after the BatchNormalization and the activation that
directly follow it. Its statistics, all in float64, are per neuron and class, over the class's
images: the mean and the second moment of the spatial mean and of the spatial maximum, and the share
of images that fire (maximum above 0). `top` has per neuron its strongest images, at most one entry
an image, as [image, y, x, maximum]: equal images in image order, the first place in row-major
order.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from PIL import Image, ImageOps

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent.parent / "Examples" / "shapes"
SUFFIXES = {".png", ".jpg", ".jpeg"}
ACTIVATIONS = {
    "Clip", "Elu", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Mish", "PRelu", "Relu", "Selu",
    "Sigmoid", "Softplus", "Tanh",
}
TOP = 9
BATCH = 50


def parsed_options():
    """The command line; its defaults describe the shapes example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=EXAMPLE / "model.onnx")
    parser.add_argument("--data", type=Path, default=EXAMPLE / "images")
    parser.add_argument("--out", type=Path, default=HERE / "shapes_reference.json")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--mean", type=float, nargs="+", default=[0.485, 0.456, 0.406])
    parser.add_argument("--std", type=float, nargs="+", default=[0.229, 0.224, 0.225])
    parser.add_argument("--scale", type=float, default=255, help="bytes are divided by this")
    parser.add_argument("--bgr", action="store_true", help="channels in the order blue, green, red")
    parser.add_argument("--layout", choices=["NCHW", "NHWC"], default="NCHW", help="of the input")
    parser.add_argument("--limit", type=int, help="only the first LIMIT images of each class")
    parser.add_argument("--label-map", type=Path, help="JSON: class folder to output index")
    parser.add_argument("--digits", type=int, default=7, help="significant digits written")
    return parser.parse_args()


def layer_tensors(graph):
    """(node name, tensor name) of every layer, in graph order."""
    consumers = {}
    for node in graph.node:
        for name in node.input:
            consumers.setdefault(name, []).append(node)
    outputs = {output.name for output in graph.output}

    def follow(tensor, kinds):
        users = consumers.get(tensor, [])
        alone = len(users) == 1 and tensor not in outputs
        if alone and users[0].op_type in kinds and users[0].input[0] == tensor:
            return users[0].output[0]
        return tensor

    layers = []
    for node in graph.node:
        if node.op_type in ("Conv", "Gemm"):
            normalised = follow(node.output[0], {"BatchNormalization"})
            layers.append((node.name, follow(normalised, ACTIVATIONS)))
    return layers


def labelled_paths(data, limit):
    """The class names, and the sorted (path, label) of their images."""
    classes = sorted(folder.name for folder in data.iterdir() if folder.is_dir())
    pairs = []
    for label, name in enumerate(classes):
        paths = sorted(p for p in (data / name).iterdir() if p.suffix.lower() in SUFFIXES)
        pairs += [(path, label) for path in paths[:limit]]
    return classes, pairs


def prepared(path, options, channels):
    """One image as the network takes it: channels x size x size in float64, or channels last."""
    with Image.open(path) as file:
        image = ImageOps.exif_transpose(file).convert("L" if channels == 1 else "RGB")
    if image.size != (options.size, options.size):
        image = image.resize((options.size, options.size), Image.Resampling.BILINEAR)
    pixels = np.asarray(image, np.float64).reshape(options.size, options.size, channels)
    if options.bgr:
        pixels = pixels[..., ::-1]
    pixels = (pixels / options.scale - options.mean) / options.std
    return pixels if options.layout == "NHWC" else pixels.transpose(2, 0, 1)


def session_with(model, tensors):
    """A session of the model that also gives the named tensors."""
    present = {output.name for output in model.graph.output}
    for name in dict.fromkeys(tensors):
        if name not in present:
            model.graph.output.append(onnx.ValueInfoProto(name=name))
    return onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )


def spatial_summaries(values):
    """(mean, maximum, flat place of the maximum, width) of images x neurons x ... activations."""
    width = values.shape[3] if values.ndim == 4 else 1
    flat = values.reshape(*values.shape[:2], -1).astype(np.float64)
    return flat.mean(axis=2), flat.max(axis=2), flat.argmax(axis=2), width


def run(session, paths, tensors, options):
    """The logits of all images, and spatial summaries of all images for each tensor."""
    source = session.get_inputs()[0]
    channels = source.shape[1 if options.layout == "NCHW" else 3]
    kind = np.float16 if source.type == "tensor(float16)" else np.float32
    size = source.shape[0] if isinstance(source.shape[0], int) else BATCH
    wanted = [session.get_outputs()[0].name, *tensors]
    collected = [[] for _ in wanted]
    for start in range(0, len(paths), size):
        batch = np.stack([prepared(p, options, channels) for p in paths[start : start + size]])
        results = session.run(wanted, {source.name: batch.astype(kind)})
        collected[0].append(results[0].reshape(len(batch), -1))
        for parts, values in zip(collected[1:], results[1:]):
            parts.append(spatial_summaries(values))
    logits = np.concatenate(collected[0])
    summaries = []
    for parts in collected[1:]:
        *arrays, widths = zip(*parts)
        summaries.append((*(np.concatenate(array) for array in arrays), widths[0]))
    return logits, summaries


def layer_statistics(summary, labels, class_count):
    """The arrays of one layer: neurons x classes, and the top images of each neuron."""
    mean, maximum, place, width = summary
    members = [labels == c for c in range(class_count)]

    def per_class(values):
        return np.stack([values[rows].mean(axis=0) for rows in members], axis=1)

    order = np.argsort(-maximum, axis=0, kind="stable")[:TOP]
    top = [
        [(int(i), *divmod(int(place[i, neuron]), width), maximum[i, neuron]) for i in images]
        for neuron, images in enumerate(order.T)
    ]
    return {
        "mean_of_mean": per_class(mean),
        "mean_of_max": per_class(maximum),
        "second_moment_of_mean": per_class(mean**2),
        "second_moment_of_max": per_class(maximum**2),
        "fires": per_class((maximum > 0).astype(np.float64)),
        "top": top,
    }


def rounded(value, digits):
    """The value ready for JSON, its numbers cut to so many significant digits."""
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(item, digits) for item in value]
    if isinstance(value, (float, np.floating)):
        short = float(f"{value:.{digits}g}")
        return int(short) if short.is_integer() else short
    return int(value) if isinstance(value, np.integer) else value


def main():
    options = parsed_options()
    model = onnx.load(options.model)
    layers = layer_tensors(model.graph)
    classes, pairs = labelled_paths(options.data, options.limit)
    paths, labels = [path for path, _ in pairs], np.array([label for _, label in pairs])
    tensors = [tensor for _, tensor in layers]
    logits, summaries = run(session_with(model, tensors), paths, tensors, options)

    answers = np.arange(len(classes))
    if options.label_map:
        index = json.loads(options.label_map.read_text())
        answers = np.array([index[name] for name in classes])
    ranking = np.argsort(-logits, axis=1, kind="stable")
    hits = ranking == answers[labels][:, None]
    reference = {
        "classes": classes,
        "images": len(paths),
        "class_counts": np.bincount(labels, minlength=len(classes)),
        "top1": hits[:, 0].mean(),
        "top5": hits[:, :5].any(axis=1).mean(),
        "predictions": ranking[:, 0],
        "layers": [
            {"node": node, "tensor": tensor, "neurons": summary[0].shape[1]}
            | layer_statistics(summary, labels, len(classes))
            for (node, tensor), summary in zip(layers, summaries)
        ],
    }
    text = json.dumps(rounded(reference, options.digits), separators=(",", ":"))
    options.out.write_text(text + "\n")
    counts = f"{len(layers)} layers, {len(paths)} images"
    print(f"{options.out}: {counts}, top-1 {hits[:, 0].mean():.2%}")


if __name__ == "__main__":
    main()
