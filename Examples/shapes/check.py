"""Accuracy of model.onnx on the committed images.

    pip install onnxruntime numpy pillow
    python check.py
"""

from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

HERE = Path(__file__).parent
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def main():
    names = (HERE / "labels.txt").read_text().split()
    paths = sorted((HERE / "images").glob("*/*.png"))
    labels = np.array([names.index(path.parent.name) for path in paths])
    pixels = np.stack([np.asarray(Image.open(path).convert("RGB")) for path in paths])
    batch = ((pixels / 255 - MEAN) / STD).transpose(0, 3, 1, 2).astype(np.float32)
    session = onnxruntime.InferenceSession(HERE / "model.onnx", providers=["CPUExecutionProvider"])
    answers = session.run(["logits"], {"image": batch})[0].argmax(1)
    for path, answer, label in zip(paths, answers, labels):
        if answer != label:
            print(f"{path.relative_to(HERE)}: taken for {names[answer]}")
    right = (answers == labels).sum()
    print(f"{right} of {len(labels)} right: {right / len(labels):.2%}")


if __name__ == "__main__":
    main()
