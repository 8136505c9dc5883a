"""What single images do to the neurons of a network, by onnx, onnxruntime and numpy.

    pip install onnxruntime onnx numpy pillow
    python make_activation_reference.py         # the shapes example -> activation_reference.json
    python make_activation_reference.py --model m.onnx --data images --mean 0.5 --std 0.25 \\
        --limit 40 --out m.json

Images and preprocessing are those of make_reference.py. For one image, per layer: each neuron's
spatial mean and maximum, its standard score (the spatial mean less its mean over all images, in
standard deviations over all images), and the mean map of every third neuron drawn over the input,
GRID x GRID samples: each position of the map stands at the centre of its receptive field, between
centres values are interpolated linearly along rows and columns. Receptive fields come from a
recurrence over the graph of our own. Several images give the means of the spatial means.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx

import make_reference as reference

GRID = 12


def parsed_options():
    """The command line; its defaults describe the shapes example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=reference.EXAMPLE / "model.onnx")
    parser.add_argument("--data", type=Path, default=reference.EXAMPLE / "images")
    parser.add_argument("--out", type=Path, default=reference.HERE / "activation_reference.json")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--mean", type=float, nargs="+", default=[0.485, 0.456, 0.406])
    parser.add_argument("--std", type=float, nargs="+", default=[0.229, 0.224, 0.225])
    parser.add_argument("--scale", type=float, default=255)
    parser.add_argument("--limit", type=int, help="only the first LIMIT images of each class")
    parser.add_argument("--image", type=int, default=123, help="the single image")
    parser.add_argument("--several", type=int, nargs="+", default=[7, 123, 250])
    parser.set_defaults(bgr=False, layout="NCHW")
    return parser.parse_args()


def receptive_fields(graph):
    """Of each tensor (size, jump, start), the same along both axes; None where it is global."""
    fields = {graph.input[0].name: (1, 1, 0)}
    for node in graph.node:
        known = [fields[name] for name in node.input if name in fields]
        if not known:
            continue
        size, jump, start = known[0] or (0, 0, 0)
        facts = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        if None in known or node.op_type.startswith("Global") or node.op_type in ("Gemm", "MatMul"):
            found = None
        elif node.op_type in ("Conv", "MaxPool", "AveragePool"):
            kernel = facts["kernel_shape"][0]
            dilation = facts.get("dilations", [1])[0]
            size += (kernel - 1) * dilation * jump
            start -= facts.get("pads", [0])[0] * jump
            found = (size, jump * facts.get("strides", [1])[0], start)
        else:
            first = min(field[2] for field in known)
            last = max(field[2] + field[0] for field in known)
            found = (last - first, jump, first)
        for name in node.output:
            fields[name] = found
    return fields


def drawn_over_input(values, field, length):
    """A square map over an input of `length` pixels a side, as GRID x GRID samples."""
    count = len(values)
    size, jump, start = field
    centers = start + size / 2 + jump * np.arange(count)
    wanted = (np.arange(GRID) + 0.5) * length / GRID
    rows = np.stack([np.interp(wanted, centers, row) for row in values])
    return np.stack([np.interp(wanted, centers, column) for column in rows.T], axis=1)


def main():
    options = parsed_options()
    model = onnx.load(options.model)
    fields = receptive_fields(model.graph)
    tensors = [tensor for _, tensor in reference.layer_tensors(model.graph)]
    _, pairs = reference.labelled_paths(options.data, options.limit)
    paths = [path for path, _ in pairs]
    session = reference.session_with(model, tensors)
    logits, summaries = reference.run(session, paths, tensors, options)
    batch = reference.prepared(paths[options.image], options, 3)[None].astype(np.float32)
    maps = session.run(tensors, {session.get_inputs()[0].name: batch})

    layers = []
    for tensor, (mean, maximum, _, _), values in zip(tensors, summaries, maps):
        layer = {
            "tensor": tensor,
            "mean": mean[options.image],
            "max": maximum[options.image],
            "score": (mean[options.image] - mean.mean(axis=0)) / mean.std(axis=0),
            "mean_of_several": mean[options.several].mean(axis=0),
        }
        if fields[tensor] and values.ndim == 4:
            chosen = values[0, ::3].astype(np.float64).mean(axis=0)
            layer["overlay"] = drawn_over_input(chosen, fields[tensor], options.size)
        layers.append(layer)

    outputs = logits[options.image].astype(np.float64)
    softmax = np.exp(outputs - outputs.max())
    softmax /= softmax.sum()
    best = np.argsort(-softmax, kind="stable")[:5]
    result = {
        "images": len(paths),
        "image": options.image,
        "several": options.several,
        "grid": GRID,
        "answers": best,
        "probabilities": softmax[best],
        "layers": layers,
    }
    options.out.write_text(json.dumps(reference.rounded(result, 7), separators=(",", ":")) + "\n")
    print(f"{options.out}: {len(layers)} layers, image {options.image} of {len(paths)}")


if __name__ == "__main__":
    main()
