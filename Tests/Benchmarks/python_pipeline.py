"""What one would write in Python for the same summary: Pillow, onnxruntime, numpy.

Per representative layer and channel: class means and second moments of the spatial mean and of the
spatial maximum, firing shares, the nine strongest images and the strongest of each class with their
places, and whether the channel is dead or saturated; top-1 and top-5 over all images. Everything from
the first image file to the last sum is timed; starting Python and loading the model is not.
"""

import json
import pathlib
import time

import numpy

import peer_support as support

TOP = 9


class LayerSummary:
    """Sums of one layer; channels × classes."""

    def __init__(self, channels, classes):
        self.sums = numpy.zeros((4, channels, classes))
        self.fired = numpy.zeros((channels, classes))
        self.top_value = numpy.full((channels, TOP), -numpy.inf, numpy.float32)
        self.top_image = numpy.full((channels, TOP), -1)
        self.top_place = numpy.full((channels, TOP), -1)
        self.class_value = numpy.full((channels, classes), -numpy.inf, numpy.float32)
        self.class_image = numpy.full((channels, classes), -1)
        self.class_place = numpy.full((channels, classes), -1)
        self.largest = numpy.full(channels, -numpy.inf)
        self.smallest_mean = numpy.full(channels, numpy.inf)

    def add(self, activations, labels, first_image):
        flat = activations.reshape(*activations.shape[:2], -1)
        mean = flat.mean(axis=2)
        place = flat.argmax(axis=2)
        peak = numpy.take_along_axis(flat, place[:, :, None], axis=2)[:, :, 0]
        self.largest = numpy.maximum(self.largest, peak.max(axis=0))
        self.smallest_mean = numpy.minimum(self.smallest_mean, mean.min(axis=0))
        for label in numpy.unique(labels):
            chosen = labels == label
            self.keep_class_best(label, peak[chosen], place[chosen], first_image + chosen.nonzero()[0])
            for kind, values in enumerate((mean, mean**2, peak, peak**2)):
                self.sums[kind, :, label] += values[chosen].sum(axis=0, dtype=numpy.float64)
            self.fired[:, label] += (peak[chosen] > 0).sum(axis=0)
        self.keep_strongest(peak.T, place.T, first_image + numpy.arange(len(labels)))

    def keep_class_best(self, label, peak, place, images):
        best = peak.argmax(axis=0)
        channels = numpy.arange(peak.shape[1])
        better = peak[best, channels] > self.class_value[:, label]
        self.class_value[better, label] = peak[best, channels][better]
        self.class_image[better, label] = images[best][better]
        self.class_place[better, label] = place[best, channels][better]

    def health(self):
        """Never above 0; one and the same value above 0 everywhere."""
        constant = self.largest - self.smallest_mean <= 1e-6 * numpy.abs(self.largest)
        return self.largest <= 0, constant & (self.largest > 0)

    def keep_strongest(self, peak, place, images):
        values = numpy.concatenate([self.top_value, peak], axis=1)
        names = numpy.broadcast_to(images, peak.shape)
        names = numpy.concatenate([self.top_image, names], axis=1)
        places = numpy.concatenate([self.top_place, place], axis=1)
        best = numpy.argsort(-values, axis=1, kind="stable")[:, :TOP]
        self.top_value = numpy.take_along_axis(values, best, axis=1)
        self.top_image = numpy.take_along_axis(names, best, axis=1)
        self.top_place = numpy.take_along_axis(places, best, axis=1)


class Accuracy:
    """Top-1, top-5 and each image's prediction."""

    def __init__(self):
        self.first = self.fifth = 0
        self.predictions = []

    def add(self, scores, truth):
        order = numpy.argsort(-scores.reshape(len(scores), -1), axis=1, kind="stable")[:, :5]
        self.first += int((order[:, 0] == truth).sum())
        self.fifth += int((order == truth[:, None]).any(axis=1).sum())
        self.predictions += order[:, 0].tolist()


def main():
    options = support.parser(__doc__)
    options.add_argument("--outputs", type=pathlib.Path, help="JSON: start of a class folder's name to output")
    given = options.parse_args()
    images, classes = support.list_images(given.images, given.limit)
    session, names = support.session(given.model, given.threads, exposed=True)
    model_input = session.get_inputs()[0]
    result = session.get_outputs()[0].name
    preprocessing = support.Preprocessing(given.preprocess, model_input)
    batch = 1 if support.is_fixed_to_one(model_input) else given.batch
    outputs = numpy.arange(len(classes))
    if given.outputs:
        known = json.loads(given.outputs.read_text())
        outputs = numpy.array([known[name.partition("_")[0]] for name in classes])
    summaries, accuracy = {}, Accuracy()

    started = time.perf_counter()
    for start in range(0, len(images), batch):
        part = images[start : start + batch]
        labels = numpy.array([label for _, label in part])
        pixels = preprocessing.batch([path for path, _ in part])
        found = session.run([result, *names], {model_input.name: pixels})
        accuracy.add(found[0], outputs[labels])
        for name, activations in zip(names, found[1:]):
            if name not in summaries:
                summaries[name] = LayerSummary(activations.shape[1], len(classes))
            summaries[name].add(activations, labels, start)
    dead = sum(int(summary.health()[0].sum()) for summary in summaries.values())
    seconds = time.perf_counter() - started
    support.report(
        len(images), seconds, batch=batch, threads=given.threads, layers=len(names),
        top1=accuracy.first / len(images), top5=accuracy.fifth / len(images), dead=dead,
    )  # fmt: skip


if __name__ == "__main__":
    main()
