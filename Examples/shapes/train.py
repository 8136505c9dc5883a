"""Trains the small network of this example and writes model.onnx, labels.txt and training_log.csv.

    pip install torch onnx pillow numpy
    python train.py

The training images are drawn here with seeds of their own; the images in images/ are only ever
tested on, and the last epoch is kept whatever its accuracy.
"""

import csv
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

from draw_shapes import CLASSES, draw_set

HERE = Path(__file__).parent
SEED = 7
EPOCHS = 12
PER_CLASS = 600
BATCH = 64
PEAK_RATE = 0.01
# The usual ImageNet figures, applied after division by 255.
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)


class ConvUnit(nn.Module):
    """Convolution, batch normalisation and, unless told otherwise, ReLU."""

    def __init__(self, inputs, outputs, kernel, active=True):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False)
        self.bn = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU() if active else nn.Identity()

    def forward(self, x):
        return self.relu(self.bn(self.conv(x)))


class Branches(nn.Module):
    """Three kernel sizes side by side, joined by concatenation: 8 + 16 + 8 channels."""

    def __init__(self, inputs):
        super().__init__()
        self.point = ConvUnit(inputs, 8, 1)
        self.small = ConvUnit(inputs, 16, 3)
        self.large = ConvUnit(inputs, 8, 5)

    def forward(self, x):
        return torch.cat([self.point(x), self.small(x), self.large(x)], dim=1)


class Residual(nn.Module):
    """Two convolutions whose sum with their input passes a ReLU."""

    def __init__(self, channels):
        super().__init__()
        self.first = ConvUnit(channels, channels, 3)
        self.second = ConvUnit(channels, channels, 3, active=False)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.second(self.first(x)) + x)


class ShapesNet(nn.Module):
    """About 39,000 parameters: 3 x 32 x 32 in, one logit a class out."""

    def __init__(self):
        super().__init__()
        self.stem = ConvUnit(3, 16, 3)
        self.pool1 = nn.MaxPool2d(2)
        self.branches = Branches(16)
        self.pool2 = nn.MaxPool2d(2)
        self.residual = Residual(32)
        self.top = ConvUnit(32, 48, 3)
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.classifier = nn.Linear(48, len(CLASSES))

    def forward(self, x):
        x = self.pool1(self.stem(x))
        x = self.pool2(self.branches(x))
        x = self.top(self.residual(x))
        return self.classifier(self.flatten(self.gap(x)))


def prepared(images):
    """Bytes (n, 32, 32, 3) to the normalised tensor (n, 3, 32, 32) the network takes."""
    scaled = (images.astype(np.float32) / 255 - MEAN) / STD
    return torch.from_numpy(np.ascontiguousarray(scaled.transpose(0, 3, 1, 2)))


def held_out():
    """The committed images and their labels."""
    paths = sorted((HERE / "images").glob("*/*.png"))
    labels = [CLASSES.index(path.parent.name) for path in paths]
    return np.stack([np.asarray(Image.open(path)) for path in paths]), np.array(labels)


def train_epoch(net, optimiser, schedule, images, labels):
    """One pass over the images in random order: (mean loss, accuracy while training)."""
    net.train()
    total, right = 0.0, 0
    for rows in torch.randperm(len(labels)).split(BATCH):
        logits = net(images[rows])
        loss = nn.functional.cross_entropy(logits, labels[rows])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        total += loss.item() * len(rows)
        right += (logits.argmax(1) == labels[rows]).sum().item()
    return total / len(labels), right / len(labels)


def accuracy(net, images, labels):
    """Share of images whose largest logit is their class."""
    net.eval()
    with torch.no_grad():
        return (net(images).argmax(1) == labels).float().mean().item()


def export(net):
    """Writes the network in one file with its batch normalisations kept as nodes."""
    net.eval()
    torch.onnx.export(
        net, (torch.zeros(1, 3, 32, 32),), HERE / "model.onnx", dynamo=False, opset_version=17,
        input_names=["image"], output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
        training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
    )
    (HERE / "labels.txt").write_text("\n".join(CLASSES) + "\n")


def main():
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    images, labels = held_out()
    images, labels = prepared(images), torch.from_numpy(labels)
    net = ShapesNet()
    print(sum(p.numel() for p in net.parameters()), "parameters")
    optimiser = torch.optim.AdamW(net.parameters(), lr=PEAK_RATE, weight_decay=1e-3)
    steps = EPOCHS * -(-PER_CLASS * len(CLASSES) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps)
    with open(HERE / "training_log.csv", "w", newline="") as file:
        log = csv.writer(file, lineterminator="\n")
        log.writerow(["epoch", "loss", "train_accuracy", "held_out_accuracy", "learning_rate"])
        for epoch in range(1, EPOCHS + 1):
            rate = schedule.get_last_lr()[0]
            drawn, targets = draw_set(SEED * 1000 + epoch, PER_CLASS)
            drawn, targets = prepared(drawn), torch.from_numpy(targets)
            loss, train = train_epoch(net, optimiser, schedule, drawn, targets)
            test = accuracy(net, images, labels)
            row = [epoch, f"{loss:.5f}", f"{train:.4f}", f"{test:.4f}", f"{rate:.6f}"]
            log.writerow(row)
            file.flush()
            print(*row, flush=True)
    export(net)


if __name__ == "__main__":
    main()
