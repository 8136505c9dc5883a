"""Inputs from real networks: none where the data, named by DATA, or a package is missing."""

import os
import pathlib

import numpy

DATA = pathlib.Path(os.environ.get("DATA", "../shared/data"))


def _ward(profiles, count):
    from scipy.cluster.hierarchy import fcluster, linkage

    return fcluster(linkage(profiles, "ward"), count, "maxclust") - 1


def _between(weights, left, right, share):
    """Mean weights between clusters, the strongest share kept."""
    means = numpy.array([[weights[numpy.ix_(left == i, right == j)].mean() for j in range(right.max() + 1)]
                         for i in range(left.max() + 1)])
    means[numpy.abs(means) < numpy.quantile(numpy.abs(means), 1 - share)] = 0
    return means


def cluster_weights():
    """BaseCNN on CIFAR-10: weights between 12 clusters of neighbouring layers, as (layer, matrix)."""
    path, images = DATA / "models/basecnn_cifar10/model.onnx", DATA / "datasets/cifar10_npz/cifar10.npz"
    if not (path.exists() and images.exists()):
        return []
    try:
        import onnx
        import onnxruntime
        import scipy.cluster.hierarchy  # noqa: F401
    except ImportError:
        return []
    model = onnx.load(path)
    outputs = [node.output[0] for node in model.graph.node if node.op_type == "Relu"]
    known = {output.name for output in model.graph.output}
    for name in outputs:
        if name not in known:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    data = numpy.load(images)
    pictures, classes = data["x_test"].astype(numpy.float32).transpose(0, 3, 1, 2) / 255, data["y_test"]
    name = session.get_inputs()[0].name
    runs = [session.run(outputs, {name: pictures[i:i + 50]}) for i in range(0, len(pictures), 50)]
    profiles = []
    for layer in range(len(outputs)):
        means = numpy.concatenate([r[layer].mean((2, 3)) if r[layer].ndim == 4 else r[layer] for r in runs])
        profiles.append(numpy.stack([means[classes == c].mean(0) for c in range(10)], 1).astype(numpy.float32))
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    kernels = [stored[node.input[1]] for node in model.graph.node if node.op_type == "Conv"]
    found = []
    for layer in range(1, len(kernels)):
        label = outputs[layer].split("/")[-2].replace("relu", "").strip("_")
        if label in ("2_2", "4_2"):
            found.append((label, _between(kernels[layer].sum((2, 3)).T, _ward(profiles[layer - 1], 12),
                                          _ward(profiles[layer], 12), 0.5)))
    return found


def digits_weights(sizes):
    """scikit-learn's MLP on its digits: weights between clusters of its hidden layers, as (size, matrix)."""
    try:
        from sklearn.datasets import load_digits
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        return []
    pictures, classes = load_digits(return_X_y=True)
    pictures = pictures / 16.0
    model = MLPClassifier(hidden_layer_sizes=(512, 256), max_iter=40, random_state=7, alpha=1e-3)
    model.fit(pictures, classes)
    profiles, values = [], pictures
    for layer in range(2):
        values = numpy.maximum(values @ model.coefs_[layer] + model.intercepts_[layer], 0)
        profiles.append(numpy.stack([values[classes == k].mean(0) for k in range(10)], 1).astype(numpy.float32))
    weights = model.coefs_[1].astype(numpy.float32)
    return [(size, _between(weights, _ward(profiles[0], size), _ward(profiles[1], size), 0.3)) for size in sizes]


def layer_graphs():
    """ONNX graphs without constants and shapes, as (name, {"nodes", "edges"})."""
    try:
        import onnx
    except ImportError:
        return []
    found = []
    for path in sorted(DATA.glob("models/onnx_light_structures/*.onnx")) + [DATA / "models/resnet56_cifar10/model.onnx"]:
        if not path.exists():
            continue
        graph = onnx.load(path, load_external_data=False).graph
        stored = {tensor.name for tensor in graph.initializer}
        producer, edges, count = {}, set(), 0
        for value in graph.input:
            if value.name not in stored:
                producer[value.name] = count
                count += 1
        for node in graph.node:
            if node.op_type in ("Constant", "ConstantOfShape", "Shape"):
                continue
            edges |= {(producer[name], count) for name in node.input if name in producer}
            producer.update((name, count) for name in node.output)
            count += 1
        used = sorted({end for edge in edges for end in edge})
        place = {node: number for number, node in enumerate(used)}
        name = path.parent.name if path.name == "model.onnx" else path.stem
        found.append((name, {"nodes": [{"id": number} for number in range(len(used))],
                             "edges": sorted([place[a], place[b]] for a, b in edges)}))
    return found
