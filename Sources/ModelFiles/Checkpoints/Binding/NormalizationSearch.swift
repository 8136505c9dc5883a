/// Finds the batch normalisation that belongs to a convolution, by name, else by place.
struct NormalizationSearch {
  private let layers: [CheckpointLayer]
  private let epsilons: [String: Float]
  private var places: [String: Int] = [:]

  /// PyTorch's default, where the checkpoint does not say.
  static let usualEpsilon: Float = 1e-5

  init(_ checkpoint: Checkpoint) {
    layers = checkpoint.layers
    for (place, layer) in layers.enumerated() { places[layer.name] = place }
    epsilons = Dictionary(
      checkpoint.modules.compactMap { module in
        module.settings.first { $0.key == "eps" }.flatMap { Float($0.value) }
          .map { (module.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the ε of a normalisation stands in the checkpoint.
  func knowsEpsilon(of stem: String) -> Bool { epsilons[stem] != nil }

  /// The normalisation of the layer `stem` with that many neurons.
  ///
  /// - Parameter taken: Those that belong to other layers already.
  func normalization(
    after stem: String, neuronCount: Int, taken: Set<String>
  ) -> NormalizationTensors? {
    guard let place = places[stem] else { return nil }
    for name in names(after: stem) where !taken.contains(name) {
      if let found = places[name].flatMap({ tensors(layers[$0], neuronCount) }) { return found }
    }
    // The next in the file, as long as no other layer with weights comes between.
    for layer in layers[(place + 1)...] {
      switch layer.kind {
      case .convolution, .dense: return nil
      case .batchNormalization:
        return taken.contains(layer.name) ? nil : tensors(layer, neuronCount)
      case .vector, .unknown: continue
      }
    }
    return nil
  }

  /// `bn1` for `conv1`, `downsample.1` for `downsample.0`.
  private func names(after stem: String) -> [String] {
    let parts = stem.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last else { return [] }
    var lasts: [String] = []
    if last.contains("conv") {
      lasts += ["bn", "norm", "batchnorm", "batch_norm"].map {
        last.replacing("conv", with: $0)
      }
    }
    if let number = Int(last) { lasts.append("\(number + 1)") }
    lasts += ["bn", "norm"]
    return lasts.map { (parts.dropLast() + [$0]).joined(separator: ".") }
      + ["bn", "norm"].map { "\(stem).\($0)" }
  }

  private func tensors(_ layer: CheckpointLayer, _ count: Int) -> NormalizationTensors? {
    guard layer.kind == .batchNormalization, let mean = layer["running_mean"],
      let variance = layer["running_var"], mean.shape == [count]
    else { return nil }
    let (scale, shift) = (layer["weight"], layer["bias"])
    guard scale.map({ $0.shape == [count] }) ?? true, shift.map({ $0.shape == [count] }) ?? true
    else { return nil }
    return NormalizationTensors(
      stem: layer.name, scale: scale, shift: shift, mean: mean, variance: variance,
      epsilon: epsilons[layer.name] ?? Self.usualEpsilon)
  }
}
