"""More images than there are, for programs to run on: variants.py IMAGES COPIES TARGET."""

import pathlib
import shutil
import sys

from PIL import Image, ImageChops, ImageOps

# Pixels to the right and down.
SHIFTS = [(0, 0)] + [(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0)]


def varied(images, copies, target):
    """The same class folders with every image `copies` times: mirrored or not and moved by a pixel, so that
    no two are the same picture. A search for preprocessing passes over copies."""
    if copies > 2 * len(SHIFTS):
        sys.exit(f"bench: an image has {2 * len(SHIFTS)} variants, not {copies}")
    for source in sorted(path for path in images.rglob("*") if path.is_file()):
        picture = Image.open(source)
        for copy in range(copies):
            relative = source.relative_to(images)
            place = target / relative.with_stem(f"{relative.stem}-{copy}")
            place.parent.mkdir(parents=True, exist_ok=True)
            if copy == 0:
                shutil.copyfile(source, place)
                continue
            variant = ImageOps.mirror(picture) if copy % 2 else picture
            ImageChops.offset(variant, *SHIFTS[copy // 2]).save(place, quality=92)


if __name__ == "__main__":
    varied(pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3]))
