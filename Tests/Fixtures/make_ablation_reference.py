"""What switching neurons off does to a network, by onnx, onnxruntime and numpy.

    pip install onnxruntime onnx numpy pillow
    python make_ablation_reference.py           # the shapes example -> ablation_reference.json
    python make_ablation_reference.py --model m.onnx --data images --scale 255 --mean 0 0 0 \\
        --std 1 1 1 --layers 1 8 18 --out m.json

Images and preprocessing are those of make_reference.py. A layer's output is multiplied by a mask
and raised by a shift, neuron by neuron, in two operators put behind it in the graph; the whole
network runs anew for every case. A case holds the neurons switched off, layer by layer, and per
class the mean change of the class' own logit, its standard error, and how many images became
wrong and right.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

import make_reference as reference


def parsed_options():
    """The command line; its defaults describe the shapes example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=reference.EXAMPLE / "model.onnx")
    parser.add_argument("--data", type=Path, default=reference.EXAMPLE / "images")
    parser.add_argument("--out", type=Path, default=reference.HERE / "ablation_reference.json")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--mean", type=float, nargs="+", default=[0.485, 0.456, 0.406])
    parser.add_argument("--std", type=float, nargs="+", default=[0.229, 0.224, 0.225])
    parser.add_argument("--scale", type=float, default=255)
    parser.add_argument("--limit", type=int, help="only the first LIMIT images of each class")
    parser.add_argument("--layers", type=int, nargs="+", help="places of the layers; all but last")
    parser.set_defaults(bgr=False, layout="NCHW")
    return parser.parse_args()


def masked_model(path, tensors):
    """The model with `T * mask + shift` in place of each tensor T wherever it is read."""
    model = onnx.load(path)
    graph = model.graph
    for number, tensor in enumerate(tensors):
        for node in graph.node:
            for place, name in enumerate(node.input):
                if name == tensor:
                    node.input[place] = f"{tensor}__shifted"
        place = next(i for i, node in enumerate(graph.node) if tensor in node.output)
        nodes = [
            onnx.helper.make_node("Mul", [tensor, f"mask{number}"], [f"{tensor}__masked"]),
            onnx.helper.make_node(
                "Add", [f"{tensor}__masked", f"shift{number}"], [f"{tensor}__shifted"]
            ),
        ]
        for offset, node in enumerate(nodes):
            graph.node.insert(place + 1 + offset, node)
        for name in (f"mask{number}", f"shift{number}"):
            kind = onnx.TensorProto.FLOAT
            graph.input.append(onnx.helper.make_tensor_value_info(name, kind, None))
    return onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )


def logits_with(session, batch, ranks, widths, neurons, values):
    """The logits with these neurons of each layer set to these values."""
    feeds = {session.get_inputs()[0].name: batch}
    for number, (rank, width) in enumerate(zip(ranks, widths)):
        shape = [1, width] + [1] * (rank - 2)
        mask, shift = np.ones(width, np.float32), np.zeros(width, np.float32)
        mask[neurons[number]] = 0
        shift[neurons[number]] = values[number]
        feeds[f"mask{number}"] = mask.reshape(shape)
        feeds[f"shift{number}"] = shift.reshape(shape)
    return session.run([session.get_outputs()[0].name], feeds)[0].reshape(len(batch), -1)


def case(before, after, labels, class_count):
    """The change by class."""
    change = (after - before)[np.arange(len(labels)), labels].astype(np.float64)
    was, now = before.argmax(axis=1) == labels, after.argmax(axis=1) == labels
    rows = [labels == c for c in range(class_count)]
    return {
        "logit_change": [change[r].mean() for r in rows],
        "logit_error": [change[r].std(ddof=1) / np.sqrt(r.sum()) for r in rows],
        "lost": [int((was & ~now)[r].sum()) for r in rows],
        "gained": [int((~was & now)[r].sum()) for r in rows],
    }


def main():
    options = parsed_options()
    layers = [t for _, t in reference.layer_tensors(onnx.load(options.model).graph)]
    places = options.layers or list(range(len(layers) - 1))
    classes, pairs = reference.labelled_paths(options.data, options.limit)
    batch = np.stack([reference.prepared(p, options, 3) for p, _ in pairs]).astype(np.float32)
    labels = np.array([label for _, label in pairs])
    captured = reference.session_with(onnx.load(options.model), layers)
    found = captured.run(
        [layers[p] for p in places], {captured.get_inputs()[0].name: batch}
    )
    facts = {
        p: (v.ndim, v.shape[1], v.reshape(*v.shape[:2], -1).astype(np.float64).mean(axis=(0, 2)))
        for p, v in zip(places, found)
    }
    cases = []
    groups = [[p] for p in places] + [[places[0], places[-1]]]
    for group in groups:
        session = masked_model(options.model, [layers[p] for p in group])
        ranks, widths = [facts[p][0] for p in group], [facts[p][1] for p in group]
        sets = [[[w // 2] for w in widths], [list(range(0, w, 3)) for w in widths]]
        nothing = [[] for _ in group]
        before = logits_with(session, batch, ranks, widths, nothing, nothing)
        for neurons in sets:
            for replacement in ("zero", "mean"):
                values = [
                    facts[p][2][n] * (replacement == "mean") for p, n in zip(group, neurons)
                ]
                after = logits_with(session, batch, ranks, widths, neurons, values)
                cases.append(
                    {
                        "tensors": [layers[p] for p in group],
                        "neurons": neurons,
                        "replacement": replacement,
                    }
                    | case(before, after, labels, len(classes))
                )
    result = {"classes": classes, "images": len(labels), "cases": reference.rounded(cases, 7)}
    options.out.write_text(json.dumps(result, separators=(",", ":")) + "\n")
    print(f"{options.out}: {len(cases)} cases on {len(labels)} images")


if __name__ == "__main__":
    main()
