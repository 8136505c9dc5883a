import Networks
import Tensors

/// Finds the tensors of a checkpoint that belong to the layers of a graph.
struct LayerMatcher {
  let graph: ModelFile
  let checkpoint: Checkpoint
  let search: NormalizationSearch
  private(set) var bound: [BoundTensor] = []
  private(set) var misfits: [String] = []
  private(set) var notes: [String] = []
  /// Names of the checkpoint's tensors in use, and stems of the normalisations among them.
  private var used: Set<String> = []
  private var takenNormalizations: Set<String> = []
  /// What each place in the graph's files takes.
  private var takers: [TensorPlace: BindingRecipe] = [:]

  /// A stored tensor by where it lies.
  private struct TensorPlace: Hashable {
    var file: String
    var start: Int
  }

  /// The checkpoint's tensors as its file names them.
  private let stored: [String: CheckpointTensor]

  init(_ graph: ModelFile, _ checkpoint: Checkpoint) {
    self.graph = graph
    self.checkpoint = checkpoint
    stored = Dictionary(
      checkpoint.tensors.map { ($0.storedName, $0) }, uniquingKeysWith: { first, _ in first })
    search = NormalizationSearch(checkpoint)
  }

  mutating func match() {
    var weights = graph.found.indices.map { namedWeight(of: $0) }
    let byOrder = orderedWeights(missing: weights.indices.filter { weights[$0] == nil })
    for (layer, tensor) in byOrder { weights[layer] = tensor }
    // Normalisations that the graph keeps are taken by name before any is folded.
    for layer in graph.found.indices { takeKeptNormalization(layer) }
    for (layer, weight) in weights.enumerated() {
      guard let weight else {
        misfits.append(
          "layer “\(name(layer))” (\(shapeText(graph.found[layer].kernelShape))) has no weights")
        continue
      }
      let isByOrder = byOrder.contains { $0.layer == layer }
      bind(layer, weight, isByOrder ? .order : .name)
    }
    bindConstants()
    if !byOrder.isEmpty {
      notes.append(
        "matched by order and shape, not by name: \(NumberText.counted(byOrder.count, "layer"))")
    }
    misfits += checkpoint.tensors.filter { !used.contains($0.name) && !isBookkeeping($0) }.map {
      "“\($0.name)” (\(shapeText($0.shape))) has no place in the graph"
    }
  }

  /// The tensor that the graph's `name` names, whichever of the two wears a wrapper's prefix.
  private func named(_ name: String) -> CheckpointTensor? {
    checkpoint.tensor(name) ?? stored[name] ?? checkpoint.tensor(LayerNames.withoutWrapper(name))
  }

  private func name(_ layer: Int) -> String { graph.network.layers[layer].name }

  private func isBookkeeping(_ tensor: CheckpointTensor) -> Bool {
    tensor.name.hasSuffix("num_batches_tracked") || tensor.name == "num_batches_tracked"
      || !tensor.elementType.isFloatingPoint
  }
}

extension LayerMatcher {
  // Weights.

  /// The checkpoint's weight that a layer's names point at, when its shape fits.
  private func namedWeight(of layer: Int) -> CheckpointTensor? {
    let found = graph.found[layer]
    let candidates = [
      checkpoint.tensor(name(layer) + ".weight"),
      found.weight.tensor.flatMap { named($0.name) },
    ]
    if let tensor = candidates.compactMap(\.self).first(where: { fits($0, found) }) {
      return tensor
    }
    // A folder that all names share may have been taken away.
    let ending = ".\(name(layer)).weight"
    let longer = checkpoint.tensors.filter { $0.name.hasSuffix(ending) && fits($0, found) }
    return longer.count == 1 ? longer[0] : nil
  }

  private func fits(_ tensor: CheckpointTensor, _ layer: FoundLayer) -> Bool {
    orientation(of: tensor, layer) != nil
  }

  /// Whether a tensor's axes must be swapped to lie as the graph stores the weight; nil when it
  /// does not fit at all.
  private func orientation(of tensor: CheckpointTensor, _ layer: FoundLayer) -> Bool? {
    guard let stored = layer.weight.tensor, tensor.elementType.isFloatingPoint,
      !layer.weight.isQuantized
    else { return nil }
    let shape = tensor.shape
    let isInputFirst = layer.weightOrder == .inputFirst && !layer.weight.isTransposed
    if isInputFirst, shape.count == 2, stored.name != tensor.storedName, stored.name != tensor.name
    {
      return Array(shape.reversed()) == stored.dimensions ? true : nil
    }
    return shape == stored.dimensions ? false : nil
  }

  /// Layers without a named weight and the checkpoint's unused weights, in order; empty unless the
  /// two rows agree in length and in every shape.
  private func orderedWeights(missing: [Int]) -> [(layer: Int, tensor: CheckpointTensor)] {
    guard !missing.isEmpty else { return [] }
    let taken = Set(
      graph.found.indices.compactMap { missing.contains($0) ? nil : namedWeight(of: $0)?.name })
    let free = checkpoint.layers.filter { $0.kind == .convolution || $0.kind == .dense }
      .compactMap { $0["weight"] }.filter { !taken.contains($0.name) }
    guard free.count == missing.count,
      zip(missing, free).allSatisfy({ fits($1, graph.found[$0]) })
    else { return [] }
    return zip(missing, free).map { ($0, $1) }
  }
}

extension LayerMatcher {
  // Binding.

  private mutating func takeKeptNormalization(_ layer: Int) {
    for step in graph.found[layer].affineSteps {
      guard case .batchNormalization(let scale, let bias, let mean, let variance, _) = step else {
        continue
      }
      for source in [scale, bias, mean, variance] {
        guard let target = source.tensor, let tensor = named(target.name),
          tensor.shape == target.dimensions
        else { continue }
        take(target, .copy(tensor), [tensor.name], .name, layer)
        if let dot = tensor.name.lastIndex(of: ".") {
          takenNormalizations.insert(String(tensor.name[..<dot]))
        }
      }
    }
  }

  private mutating func bind(
    _ layer: Int, _ weight: CheckpointTensor, _ evidence: BoundTensor.Evidence
  ) {
    let found = graph.found[layer]
    guard let stored = found.weight.tensor, let isSwapped = orientation(of: weight, found) else {
      return
    }
    let stem = weight.name.hasSuffix(".weight") ? String(weight.name.dropLast(7)) : weight.name
    let bias = checkpoint.tensor("\(stem).bias")
    if found.affineSteps.contains(where: \.isNormalization) {
      bindKept(layer, found, stem: stem)
    } else if let folded = search.normalization(
      after: stem, neuronCount: found.neuronCount, taken: takenNormalizations)
    {
      takenNormalizations.insert(folded.stem)
      return bindFolded(layer, weight, isSwapped, bias, folded, evidence)
    }
    take(stored, isSwapped ? .swapped(weight) : .copy(weight), [weight.name], evidence, layer)
    bindBias(layer, bias, evidence)
  }

  private mutating func bindFolded(
    _ layer: Int, _ weight: CheckpointTensor, _ isSwapped: Bool, _ bias: CheckpointTensor?,
    _ folded: NormalizationTensors, _ evidence: BoundTensor.Evidence
  ) {
    let found = graph.found[layer]
    guard let stored = found.weight.tensor, let shift = found.bias?.tensor,
      shift.count == found.neuronCount,
      isSwapped || found.weightOrder == .outputFirst || found.weight.isTransposed
    else {
      misfits.append("the normalisation “\(folded.stem)” cannot be folded into “\(name(layer))”")
      return
    }
    take(
      stored, .scaled(weight, isSwapped: isSwapped, folded), [weight.name] + folded.names,
      evidence, layer)
    take(
      shift, .shifted(bias, folded), (bias.map { [$0.name] } ?? []) + folded.names, evidence, layer)
    if !search.knowsEpsilon(of: folded.stem) {
      let note =
        "batch normalisation was folded with ε = 0.00001, PyTorch's default; the checkpoint does not say"
      if !notes.contains(note) { notes.append(note) }
    }
  }

  /// Sees to it that a normalisation of the graph has all its tensors: by name, or else all four
  /// from the one that belongs to the layer.
  private mutating func bindKept(_ layer: Int, _ found: FoundLayer, stem: String) {
    for case .batchNormalization(let scale, let bias, let mean, let variance, _)
      in found.affineSteps
    {
      let targets = [scale, bias, mean, variance].compactMap(\.tensor)
      let missing = targets.filter { target in place(target).map { takers[$0] == nil } ?? true }
      guard !missing.isEmpty else { continue }
      if missing.count == 4,
        let normalization = search.normalization(
          after: stem, neuronCount: found.neuronCount, taken: takenNormalizations),
        let factor = normalization.scale, let shift = normalization.shift
      {
        takenNormalizations.insert(normalization.stem)
        let sources = [factor, shift, normalization.mean, normalization.variance]
        for (target, source) in zip(targets, sources) {
          take(target, .copy(source), [source.name], .name, layer)
        }
      } else {
        misfits += missing.map { "“\(printable($0.name))” of the graph has no counterpart" }
      }
    }
  }

  private mutating func bindBias(
    _ layer: Int, _ bias: CheckpointTensor?, _ evidence: BoundTensor.Evidence
  ) {
    let found = graph.found[layer]
    var targets = [found.bias?.tensor]
    for case .add(let source) in found.affineSteps { targets.append(source.tensor) }
    for target in targets.compactMap(\.self) {
      let own = named(target.name).flatMap { used.contains($0.name) ? nil : $0 }
      guard let tensor = bias ?? own, tensor.count == target.count else {
        misfits.append("the bias “\(printable(target.name))” of the graph has no counterpart")
        continue
      }
      take(target, .copy(tensor), [tensor.name], evidence, layer)
    }
  }

  /// Constants outside the layers, by name.
  private mutating func bindConstants() {
    for target in graph.initializers where target.elementType.isFloatingPoint {
      guard let place = place(target), takers[place] == nil,
        let tensor = named(target.name), !used.contains(tensor.name),
        tensor.shape == target.dimensions
      else { continue }
      take(target, .copy(tensor), [tensor.name], .name, nil)
    }
  }

  private mutating func take(
    _ target: ONNXTensor, _ recipe: BindingRecipe, _ sources: [String],
    _ evidence: BoundTensor.Evidence, _ layer: Int?
  ) {
    used.formUnion(sources)
    guard target.elementType.isFloatingPoint, let place = place(target) else {
      misfits.append(
        "“\(printable(target.name))” of the graph is stored in a form that cannot be replaced")
      return
    }
    if let other = takers[place] {
      if other != recipe {
        misfits.append(
          "“\(printable(target.name))” of the graph serves several layers, which have weights of their own"
        )
      }
      return
    }
    takers[place] = recipe
    bound.append(
      BoundTensor(
        target: printable(target.name), sources: sources, evidence: evidence,
        layer: layer.map { LayerID($0) }, recipe: recipe, tensor: target))
  }

  private func place(_ tensor: ONNXTensor) -> TensorPlace? {
    graph.store.replaceableRange(of: tensor).map {
      TensorPlace(file: $0.location, start: $0.range.lowerBound)
    }
  }
}

extension AffineStep {
  fileprivate var isNormalization: Bool {
    if case .batchNormalization = self { true } else { false }
  }
}

func shapeText(_ shape: [Int]) -> String {
  shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: "×")
}
