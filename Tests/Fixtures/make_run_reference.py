"""Which neurons of training runs never fire, by onnxruntime: what `run_reference.json` holds.

    pip install onnxruntime onnx numpy pillow
    python make_run_reference.py ../../../shared/data

A neuron is dead when the output of its ReLU is above 0 nowhere in any image: the definition of
`dead_units.json` beside the checkpoints, on the first two images of each class instead of 10,000.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from PIL import Image

PER_CLASS = 2
MEAN = np.array([0.4914, 0.4822, 0.4465], np.float32)
DEVIATION = np.array([0.247, 0.2435, 0.2616], np.float32)


def images(folder):
    """Images × 3 × 32 × 32."""
    paths = [p for c in sorted(folder.iterdir()) if c.is_dir() for p in sorted(c.iterdir())[:PER_CLASS]]
    pixels = np.stack([np.asarray(Image.open(path).convert("RGB"), np.float32) for path in paths])
    return np.ascontiguousarray(((pixels / 255 - MEAN) / DEVIATION).transpose(0, 3, 1, 2))


def dead_counts(path, batch):
    """Per ReLU, in order of depth."""
    model = onnx.load(path)
    names = [node.output[0] for node in model.graph.node if node.op_type == "Relu"]
    model.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    outputs = session.run(names, {session.get_inputs()[0].name: batch})
    return [int((~(o > 0).any(axis=(0, *range(2, o.ndim)))).sum()) for o in outputs]


def main():
    data = pathlib.Path(sys.argv[1])
    batch = images(data / "datasets/cifar10_png")
    runs = {
        run: {path.name: dead_counts(path, batch) for path in sorted((data / "runs" / run).glob("*.onnx"))}
        for run in ("basecnn_cifar10", "basecnn_cifar10_dead")
    }
    text = json.dumps({"perClass": PER_CLASS, "dead": runs}, indent=1)
    (pathlib.Path(__file__).parent / "run_reference.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
