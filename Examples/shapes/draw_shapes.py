"""Draws the shapes data set: small RGB images of coloured, textured shapes.

Every class is one shape, one colour and one texture, so what the classes share is known beforehand.
The same seed gives the same pixels. Run as a script, it writes the held-out images:

    python draw_shapes.py            # images/<class>/NNN.png, 40 of each class
"""

import argparse
import colorsys
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 32
OVERSAMPLING = 4
HELD_OUT_SEED = 2024
HELD_OUT_PER_CLASS = 40

# Hue of each colour, 0...1 around the colour wheel.
HUES = {"red": 0.0, "yellow": 0.15, "green": 0.36, "blue": 0.61}

# Class name: colour, shape, texture. Sorted, as class folders are.
CLASSES = [
    "blue-square-dotted",
    "blue-square-plain",
    "blue-triangle-plain",
    "green-ring-plain",
    "green-triangle-plain",
    "red-disc-plain",
    "red-disc-striped",
    "red-square-striped",
    "yellow-cross-plain",
    "yellow-ring-dotted",
]

SHAPES = {
    "disc": lambda u, v: np.hypot(u, v) < 0.85,
    "square": lambda u, v: np.maximum(abs(u), abs(v)) < 0.75,
    "triangle": lambda u, v: (v < 0.5) & (np.sqrt(3) * abs(u) - v < 1),
    "ring": lambda u, v: abs(np.hypot(u, v) - 0.7) < 0.25,
    "cross": lambda u, v: (np.minimum(abs(u), abs(v)) < 0.27) & (np.maximum(abs(u), abs(v)) < 0.95),
}


def texture_mask(texture, x, y, rng):
    """Where the darker ink of a texture lies; x and y are pixels along the texture's own axes."""
    pitch = rng.uniform(4.6, 5.8)
    x = (x / pitch + rng.uniform()) % 1 - 0.5
    y = (y / pitch + rng.uniform()) % 1 - 0.5
    if texture == "striped":
        return abs(x) < 0.25
    if texture == "dotted":
        return np.hypot(x, y) < 0.31
    return np.zeros(x.shape, bool)


def rotated(x, y, angle):
    """The coordinates of the points (x, y) along axes turned by angle (radians)."""
    return x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)


def background(x, y, rng):
    """A dull linear gradient between two random colours, height x width x 3 in 0...1."""
    ends = [
        colorsys.hsv_to_rgb(rng.uniform(), rng.uniform(0, 0.3), rng.uniform(0.1, 0.9))
        for _ in range(2)
    ]
    along, _ = rotated(x / SIZE - 0.5, y / SIZE - 0.5, rng.uniform(0, 2 * np.pi))
    blend = np.clip(along + 0.5, 0, 1)[..., None]
    return (1 - blend) * np.array(ends[0]) + blend * np.array(ends[1])


def draw(name, rng):
    """One image of the class `name`: 32 x 32 x 3, uint8."""
    colour, shape, texture = name.split("-")
    steps = (np.arange(SIZE * OVERSAMPLING) + 0.5) / OVERSAMPLING
    x, y = np.meshgrid(steps, steps)
    image = background(x, y, rng)

    radius = rng.uniform(9, 14)
    centre = rng.uniform(radius - 1, SIZE - radius + 1, 2)
    x, y = x - centre[0], y - centre[1]
    u, v = rotated(x, y, rng.uniform(0, 2 * np.pi))
    inside = SHAPES[shape](u / radius, v / radius)
    ink = texture_mask(texture, *rotated(x, y, rng.uniform(0, 2 * np.pi)), rng)

    hue = (HUES[colour] + rng.uniform(-0.025, 0.025)) % 1
    fill = np.array(colorsys.hsv_to_rgb(hue, rng.uniform(0.65, 1), rng.uniform(0.65, 1)))
    image[inside] = fill
    image[inside & ink] = fill * rng.uniform(0.2, 0.4)

    image = image.reshape(SIZE, OVERSAMPLING, SIZE, OVERSAMPLING, 3).mean(axis=(1, 3))
    image += rng.normal(0, rng.uniform(0.005, 0.03), image.shape)
    return np.clip(np.rint(image * 255), 0, 255).astype(np.uint8)


def draw_set(seed, per_class):
    """`per_class` images of each class in class order: images (n, 32, 32, 3) uint8, labels (n,)."""
    rng = np.random.default_rng(seed)
    images = np.stack([draw(name, rng) for name in CLASSES for _ in range(per_class)])
    return images, np.repeat(np.arange(len(CLASSES)), per_class)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    parser.add_argument("--seed", type=int, default=HELD_OUT_SEED)
    parser.add_argument("--per-class", type=int, default=HELD_OUT_PER_CLASS)
    options = parser.parse_args()
    images, labels = draw_set(options.seed, options.per_class)
    for index, (image, label) in enumerate(zip(images, labels)):
        folder = options.out / CLASSES[label]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{index % options.per_class:03d}.png"
        Image.fromarray(image).save(path, optimize=True)


if __name__ == "__main__":
    main()
