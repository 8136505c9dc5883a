"""Writes resize_reference.json: small random images and what Pillow makes of them.

Needs Pillow and numpy. Each case holds a source image, a target size, the policy (a short
side to resize to before cropping the centre as torchvision does, or none), and the result.
"""

import base64
import json
import pathlib

import numpy
from PIL import Image

CASES = [
    # width, height, channels, target width, target height, short side or None
    (13, 9, 3, 7, 5, None),
    (13, 9, 1, 7, 5, None),
    (8, 8, 3, 20, 31, None),
    (16, 16, 3, 16, 7, None),
    (16, 16, 1, 5, 16, None),
    (40, 3, 3, 2, 9, None),
    (31, 30, 3, 32, 32, None),
    (64, 48, 1, 3, 3, None),
    (1, 1, 3, 4, 4, None),
    (37, 23, 3, 12, 12, 14),
    (23, 37, 3, 13, 12, 15),
    (20, 20, 1, 16, 16, 16),
    (33, 16, 3, 15, 15, 16),
]


def centre_crop(image, width, height):
    left = int(round((image.width - width) / 2.0))
    top = int(round((image.height - height) / 2.0))
    return image.crop((left, top, left + width, top + height))


def short_side(image, side):
    width, height = image.size
    if width <= height:
        return image.resize((side, int(side * height / width)), Image.BILINEAR)
    return image.resize((int(side * width / height), side), Image.BILINEAR)


def encode(array):
    return base64.b64encode(numpy.ascontiguousarray(array, dtype=numpy.uint8)).decode()


def main():
    random = numpy.random.default_rng(7)
    cases = []
    for width, height, channels, to_width, to_height, side in CASES:
        shape = (height, width, 3) if channels == 3 else (height, width)
        source = random.integers(0, 256, shape, dtype=numpy.uint8)
        image = Image.fromarray(source)
        if side is None:
            result = image.resize((to_width, to_height), Image.BILINEAR)
        else:
            result = centre_crop(short_side(image, side), to_width, to_height)
        cases.append(
            {
                "sourceWidth": width,
                "sourceHeight": height,
                "channelCount": channels,
                "width": to_width,
                "height": to_height,
                "shortSide": side,
                "source": encode(source),
                "result": encode(numpy.asarray(result)),
            }
        )
    path = pathlib.Path(__file__).with_name("resize_reference.json")
    path.write_text(json.dumps(cases, indent=1) + "\n")


main()
