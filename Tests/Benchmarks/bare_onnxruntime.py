"""The floor: ONNX Runtime alone on images that are decoded already, nothing captured.

Only the runs are timed; loading, decoding and a warm-up run are not. With --one-batch the same batch
is run over and over, so that the peak memory is that of inference and not of the images.
"""

import time

import peer_support as support


def main():
    options = support.parser(__doc__)
    options.add_argument("--one-batch", action="store_true")
    given = options.parse_args()

    images, _ = support.list_images(given.images, given.limit)
    session, _ = support.session(given.model, given.threads)
    model_input = session.get_inputs()[0]
    preprocessing = support.Preprocessing(given.preprocess, model_input)
    batch = 1 if support.is_fixed_to_one(model_input) else given.batch
    starts = range(0, len(images), batch)
    needed = starts[:1] if given.one_batch else starts
    batches = [
        preprocessing.batch([path for path, _ in images[start : start + batch]]) for start in needed
    ]
    if given.one_batch:
        batches = batches * len(starts)
    session.run(None, {model_input.name: batches[0]})

    started = time.perf_counter()
    count = 0
    for pixels in batches:
        session.run(None, {model_input.name: pixels})
        count += len(pixels)
    support.report(count, time.perf_counter() - started, batch=batch, threads=given.threads)


if __name__ == "__main__":
    main()
