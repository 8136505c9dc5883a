"""Writes image_reference.json: small image files and the pixels Pillow reads from them.

Needs Pillow and numpy. Covers the PNG colour types, bit depths, interlacing and gamma, and
the JPEG colour spaces, subsampling, progressive scans and EXIF orientations.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageOps

RANDOM = numpy.random.default_rng(11)


def noise(height, width, channels):
    shape = (height, width, channels) if channels > 1 else (height, width)
    return RANDOM.integers(0, 256, shape, dtype=numpy.uint8)


def smooth(height, width):
    y, x = numpy.mgrid[0:height, 0:width]
    planes = [x * 255 // width, y * 255 // height, (x + y) * 255 // (width + height)]
    return numpy.stack(planes, axis=-1).astype(numpy.uint8)


def saved(image, form, **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, depth, colour_type, rows, extra=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def upper_bytes(samples):
    return (samples >> 8).astype(numpy.uint8)


def png_cases():
    rgb = noise(5, 7, 3)
    yield "rgb", saved(Image.fromarray(rgb), "PNG"), rgb
    gray = noise(5, 7, 1)
    yield "grey", saved(Image.fromarray(gray), "PNG"), gray
    rgba = noise(4, 6, 4)
    yield "rgba", saved(Image.fromarray(rgba, "RGBA"), "PNG"), rgba[..., :3]
    la = noise(4, 6, 2)
    yield "grey with alpha", saved(Image.fromarray(la, "LA"), "PNG"), la[..., 0]
    palette = Image.fromarray(noise(9, 9, 3)).quantize(16)
    yield "palette", saved(palette, "PNG"), numpy.asarray(palette.convert("RGB"))
    clear = saved(palette, "PNG", transparency=3)
    yield "palette with transparency", clear, numpy.asarray(palette.convert("RGB"))
    bits = Image.fromarray(noise(6, 11, 1)).convert("1")
    yield "1 bit", saved(bits, "PNG"), numpy.asarray(bits.convert("L"))
    four = RANDOM.integers(0, 16, (3, 4), dtype=numpy.uint8)
    rows = [bytes([row[0] << 4 | row[1], row[2] << 4 | row[3]]) for row in four]
    yield "4 bit", png(4, 3, 4, 0, rows), four * 17
    deep = RANDOM.integers(0, 65536, (3, 4, 3), dtype=numpy.uint16)
    rows = [row.astype(">u2").tobytes() for row in deep]
    yield "16 bit rgb", png(4, 3, 16, 2, rows), upper_bytes(deep)
    deep = RANDOM.integers(0, 65536, (3, 4), dtype=numpy.uint16)
    rows = [row.astype(">u2").tobytes() for row in deep]
    yield "16 bit grey", png(4, 3, 16, 0, rows), upper_bytes(deep)
    rows = [row.tobytes() for row in rgb]
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    yield "with gamma", png(7, 5, 8, 2, rows, gamma), rgb


def jpeg_case(name, image, **options):
    data = saved(image, "JPEG", **options)
    mode = "L" if image.mode == "L" else "RGB"
    read = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert(mode)
    return name, data, numpy.asarray(read)


def jpeg_cases():
    image = Image.fromarray(smooth(17, 21))
    yield jpeg_case("4:2:0", image, quality=90, subsampling=2)
    yield jpeg_case("4:4:4", image, quality=90, subsampling=0)
    yield jpeg_case("progressive 4:2:2", image, quality=70, subsampling=1, progressive=True)
    yield jpeg_case("grey jpeg", image.convert("L"), quality=90)
    yield jpeg_case("cmyk", image.convert("CMYK"), quality=90)
    small = Image.fromarray(smooth(5, 9))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield jpeg_case(f"orientation {orientation}", small, quality=95, exif=exif)


def main():
    cases = []
    for name, data, pixels in list(png_cases()) + list(jpeg_cases()):
        cases.append(
            {
                "name": name,
                "width": pixels.shape[1],
                "height": pixels.shape[0],
                "channelCount": 1 if pixels.ndim == 2 else 3,
                "file": base64.b64encode(data).decode(),
                "pixels": base64.b64encode(numpy.ascontiguousarray(pixels)).decode(),
            }
        )
    path = pathlib.Path(__file__).with_name("image_reference.json")
    path.write_text(json.dumps(cases, indent=1) + "\n")


main()
