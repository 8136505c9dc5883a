"""How strongly channels of a layer drive the neurons of a later one, by onnx, onnxruntime and numpy.

    pip install onnxruntime onnx numpy pillow
    python make_influence_reference.py           # the shapes example -> influence_reference.json
    python make_influence_reference.py --model m.onnx --data images --scale 255 --mean 0 0 0 \\
        --std 1 1 1 --pairs conv1:layer1.0.conv1 --out m.json
    python make_influence_reference.py --model gated.onnx --out gated_influence_reference.json \\
        --pairs stem:second first:second first:shortcut second:third shortcut:third third:classifier

A pair names two layers by the weights of their Conv or Gemm. What the source is in the target's input
is worked out forwards, operator by operator, from its output and zeros for everything else: a
rectifier lets pass what it let pass of the real tensor, a maximum pool takes the place where the
real tensor has its maximum, a gate keeps its value, everything else is linear. The target's kernel, times the factor of the
BatchNormalization behind it, slides over one channel of that at a time; the largest value and the
largest negative one, each at least 0, are averaged over the images. A Gemm is a kernel with one
position. All in float64 but for the tensors that onnxruntime gives.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

import make_reference as reference


def parsed_options():
    """The command line; its defaults describe the shapes example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=reference.EXAMPLE / "model.onnx")
    parser.add_argument("--data", type=Path, default=reference.EXAMPLE / "images")
    parser.add_argument("--out", type=Path, default=reference.HERE / "influence_reference.json")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--mean", type=float, nargs="+", default=[0.485, 0.456, 0.406])
    parser.add_argument("--std", type=float, nargs="+", default=[0.229, 0.224, 0.225])
    parser.add_argument("--scale", type=float, default=255)
    parser.add_argument("--classes", type=int, default=4, help="the first image of so many classes")
    parser.add_argument("--most", type=int, default=12, help="neurons and channels written")
    parser.add_argument(
        "--pairs",
        nargs="+",
        default=[
            "stem.conv:branches.small.conv",
            "branches.small.conv:residual.first.conv",
            "branches.large.conv:top.conv",
            "residual.second.conv:top.conv",
            "top.conv:classifier",
        ],
    )
    parser.set_defaults(bgr=False, layout="NCHW", limit=1)
    return parser.parse_args()


class Network:
    """The graph, and every tensor's value on a batch."""

    def __init__(self, path, batch):
        model = onnx.load(path)
        self.nodes = list(model.graph.node)
        self.constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
        self.outputs = dict(reference.layer_tensors(model.graph))
        tensors = [o for n in self.nodes for o in n.output]
        present = {o.name for o in model.graph.output}
        model.graph.output.extend(onnx.ValueInfoProto(name=t) for t in tensors if t not in present)
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        found = session.run(tensors, {session.get_inputs()[0].name: batch.astype(np.float32)})
        self.values = self.constants | dict(zip(tensors, found))
        self.values[session.get_inputs()[0].name] = batch

    def layer(self, name):
        """The Conv or Gemm with these weights."""
        kinds = ("Conv", "Gemm")
        return next(n for n in self.nodes if n.op_type in kinds and n.input[1] == name + ".weight")

    def kernel(self, name):
        """Its weights times the factor of the BatchNormalization that follows."""
        node = self.layer(name)
        weight = self.constants[node.input[1]].astype(np.float64)
        for after in self.nodes:
            if after.op_type == "BatchNormalization" and after.input[0] == node.output[0]:
                gamma, _, _, variance = (self.constants[i].astype(np.float64) for i in after.input[1:])
                factor = gamma / np.sqrt(variance + attributes(after).get("epsilon", 1e-5))
                weight = weight * factor.reshape(-1, *[1] * (weight.ndim - 1))
        return weight

    def part(self, source, target):
        """What of the target's input comes from the source's output."""
        start, end = self.outputs[self.layer(source).name], self.layer(target).input[0]
        parts = {start: self.values[start].astype(np.float64)}
        running = False
        for node in self.nodes:
            running = running or start in node.output
            reached = [i for i in node.input if i in parts]
            if not running or start in node.output or not reached or node.op_type in ("Conv", "Gemm"):
                continue
            parts[node.output[0]] = self.passed(node, parts)
        return parts[end]

    def passed(self, node, parts):
        """What an operator makes of the parts of its inputs."""
        real = [self.values.get(i) for i in node.input]
        mine = [
            parts.get(i, np.zeros(np.shape(self.values[i]))) if i else None for i in node.input
        ]
        facts = attributes(node)
        match node.op_type:
            case "Relu":
                return mine[0] * (self.values[node.output[0]] > 0)
            case "Add":
                return mine[0] + mine[1]
            case "Concat":
                return np.concatenate(mine, axis=facts["axis"])
            case "Flatten":
                return mine[0].reshape(len(mine[0]), -1)
            case "GlobalAveragePool":
                return mine[0].mean(axis=(2, 3), keepdims=True)
            case "AveragePool":
                return averaged(mine[0], facts)
            case "Mul":
                assert len([i for i in node.input if i in parts]) == 1
                return mine[0] * real[1] if node.input[0] in parts else real[0] * mine[1]
            case "Slice":
                starts, ends, axes, steps = (np.atleast_1d(v) for v in real[1:])
                cut = [slice(None)] * mine[0].ndim
                for a, s, e, t in zip(axes, starts, ends, steps):
                    cut[int(a)] = slice(int(s), min(int(e), mine[0].shape[int(a)]), int(t))
                return mine[0][tuple(cut)]
            case "Pad":
                pads = np.asarray(real[1]).reshape(2, -1).T
                return np.pad(mine[0], [tuple(int(x) for x in p) for p in pads])
            case "MaxPool":
                return pooled(real[0], mine[0], facts)
            case other:
                raise ValueError(other)


def attributes(node):
    """The attributes of a node by name."""
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def windows(maps, facts):
    """Each position of a pool and the rows and columns it covers, padding left out."""
    (height, width), (down, right) = facts["kernel_shape"], facts["strides"]
    top, left, bottom, end = facts.get("pads", [0, 0, 0, 0])
    rows = (maps.shape[2] + top + bottom - height) // down + 1
    columns = (maps.shape[3] + left + end - width) // right + 1
    for row in range(rows):
        for column in range(columns):
            y, x = row * down - top, column * right - left
            yield (row, column), np.s_[:, :, max(y, 0) : y + height, max(x, 0) : x + width]


def averaged(mine, facts):
    """The mean of each window's places, or of its padding as well."""
    found = dict(windows(mine, facts))
    result = np.zeros((*mine.shape[:2], *(n + 1 for n in max(found))))
    for (row, column), cut in found.items():
        places = mine[cut].reshape(*mine.shape[:2], -1)
        count = np.prod(facts["kernel_shape"]) if facts.get("count_include_pad") else places.shape[2]
        result[:, :, row, column] = places.sum(axis=2) / count
    return result


def pooled(real, mine, facts):
    """The part at the place of each window's maximum."""
    found = dict(windows(mine, facts))
    result = np.zeros((*mine.shape[:2], *(n + 1 for n in max(found))))
    for (row, column), cut in found.items():
        flat = (*real.shape[:2], -1)
        place = real[cut].reshape(flat).argmax(axis=2)[..., None]
        result[:, :, row, column] = np.take_along_axis(mine[cut].reshape(flat), place, 2)[..., 0]
    return result


def responses(node, kernel, part):
    """Images x neurons x channels x positions."""
    if node.op_type == "Gemm":
        return np.einsum("nc,jc->njc", part, kernel)[..., None]
    facts = attributes(node)
    assert facts.get("group", 1) == 1
    top, left, bottom, end = facts["pads"]
    padded = np.pad(part, [(0, 0), (0, 0), (top, bottom), (left, end)])
    (down, right), (tall, wide) = facts["strides"], facts.get("dilations", [1, 1])
    height, width = kernel.shape[2:]
    rows = (padded.shape[2] - (height - 1) * tall - 1) // down + 1
    columns = (padded.shape[3] - (width - 1) * wide - 1) // right + 1
    total = 0
    for y in range(height):
        for x in range(width):
            window = padded[
                :, :, y * tall : y * tall + rows * down : down, x * wide : x * wide + columns * right : right
            ]
            total = total + np.einsum("ncyx,jc->njcyx", window, kernel[:, :, y, x])
    return total.reshape(*total.shape[:3], -1)


def main():
    options = parsed_options()
    _, pairs = reference.labelled_paths(options.data, 1)
    paths = [path for path, _ in pairs[: options.classes]]
    batch = np.stack([reference.prepared(p, options, 3) for p in paths])
    network = Network(options.model, batch)
    cases = []
    for pair in options.pairs:
        source, target = pair.split(":")
        part, node, kernel = network.part(source, target), network.layer(target), network.kernel(target)
        reached = np.flatnonzero([np.any(part[:, c]) for c in range(part.shape[1])])
        found = responses(node, kernel, part)
        channels = reached[: options.most]
        cut = found[:, : options.most, channels]
        cases.append(
            {
                "source": source,
                "target": target,
                "inputs": channels,
                "excitatory": np.maximum(cut.max(axis=3), 0).mean(axis=0),
                "inhibitory": np.maximum(-cut.min(axis=3), 0).mean(axis=0),
            }
        )
    result = {"images": len(paths), "cases": reference.rounded(cases, 7)}
    options.out.write_text(json.dumps(result, separators=(",", ":"), default=int) + "\n")
    print(f"{options.out}: {len(cases)} cases on {len(paths)} images")


if __name__ == "__main__":
    main()
