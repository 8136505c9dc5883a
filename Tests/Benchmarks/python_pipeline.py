"""What one would write in Python for the same summary: Pillow, onnxruntime, numpy.

Per representative layer and channel: class means and second moments of the spatial mean and of the
spatial maximum, firing shares, and the nine strongest images with their places. Everything from the
first image file to the last sum is timed; starting Python and loading the model is not.
"""

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

    def add(self, activations, labels, first_image):
        flat = activations.reshape(*activations.shape[:2], -1)
        mean = flat.mean(axis=2)
        place = flat.argmax(axis=2)
        peak = numpy.take_along_axis(flat, place[:, :, None], axis=2)[:, :, 0]
        for label in numpy.unique(labels):
            chosen = labels == label
            for kind, values in enumerate((mean, mean**2, peak, peak**2)):
                self.sums[kind, :, label] += values[chosen].sum(axis=0, dtype=numpy.float64)
            self.fired[:, label] += (peak[chosen] > 0).sum(axis=0)
        self.keep_strongest(peak.T, place.T, first_image + numpy.arange(len(labels)))

    def keep_strongest(self, peak, place, images):
        values = numpy.concatenate([self.top_value, peak], axis=1)
        names = numpy.broadcast_to(images, peak.shape)
        names = numpy.concatenate([self.top_image, names], axis=1)
        places = numpy.concatenate([self.top_place, place], axis=1)
        best = numpy.argsort(-values, axis=1, kind="stable")[:, :TOP]
        self.top_value = numpy.take_along_axis(values, best, axis=1)
        self.top_image = numpy.take_along_axis(names, best, axis=1)
        self.top_place = numpy.take_along_axis(places, best, axis=1)


def main():
    given = support.parser(__doc__).parse_args()
    images, class_count = support.list_images(given.images, given.limit)
    session, names = support.session(given.model, given.threads, exposed=True)
    model_input = session.get_inputs()[0]
    result = session.get_outputs()[0].name
    preprocessing = support.Preprocessing(given.preprocess, model_input)
    batch = 1 if support.is_fixed_to_one(model_input) else given.batch
    summaries = {}

    started = time.perf_counter()
    for start in range(0, len(images), batch):
        part = images[start : start + batch]
        labels = numpy.array([label for _, label in part])
        pixels = preprocessing.batch([path for path, _ in part])
        outputs = session.run([result, *names], {model_input.name: pixels})
        for name, activations in zip(names, outputs[1:]):
            if name not in summaries:
                summaries[name] = LayerSummary(activations.shape[1], class_count)
            summaries[name].add(activations, labels, start)
    seconds = time.perf_counter() - started
    support.report(len(images), seconds, batch=batch, threads=given.threads, layers=len(names))


if __name__ == "__main__":
    main()
