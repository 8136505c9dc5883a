import Analysis
import Atlases
import Networks
import Tensors

/// Activations that grow or shrink by orders of magnitude from layer to layer.
struct ScaleDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    let sizes = subject.layers.filter { !subject.feedsOutput($0.layer.id) }
      .compactMap { layer in size(layer).map { (layer: layer, size: $0) } }
    let limit = subject.thresholds[.scaleWarning]
    guard let largest = sizes.max(by: { $0.size < $1.size }),
      let smallest = sizes.min(by: { $0.size < $1.size }),
      largest.size / smallest.size >= limit
    else { return [] }
    let ratio = largest.size / smallest.size
    let isGrowing = smallest.layer.layer.id < largest.layer.layer.id
    let (from, to) = isGrowing ? (smallest, largest) : (largest, smallest)
    let isError = ratio >= subject.thresholds[.scaleError]
    return [
      Finding(
        .activationScale, subject: isGrowing ? "exploding" : "vanishing",
        severity: isError ? .error : .warning,
        sentence: "Activations \(isGrowing ? "grow" : "shrink") by a factor of "
          + "\(NumberText.compact(ratio)) along depth: from \(NumberText.compact(from.size)) in "
          + "\(from.layer.layer.name) to \(NumberText.compact(to.size)) in "
          + "\(to.layer.layer.name), over \(NumberText.counted(to.layer.imageCount, "image")).",
        measures: [
          subject.measure(
            "scale ratio", ratio,
            "largest ÷ smallest size of a hidden layer's activations, the size being the root mean "
              + "square of the spatial max over images and neurons",
            isError ? .scaleError : .scaleWarning)
        ], place: .layer(to.layer.layer.id),
        layers: [from.layer.layer.id, to.layer.layer.id].sorted(),
        imageCount: to.layer.imageCount, weight: 1)
    ]
  }

  /// Root mean square of the spatial max over images and living neurons; nil where there is none.
  private func size(_ layer: JudgedLayer) -> Double? {
    let statistics = layer.statistics
    var (sum, count) = (0.0, 0.0)
    for neuron in 0..<layer.neuronCount where !statistics.health[neuron].isDead {
      for (column, images) in statistics.classCounts.enumerated() where images > 0 {
        let square = Double(statistics.secondMomentOfMax[neuron, column])
        guard square.isFinite else { continue }
        sum += square * Double(images)
        count += Double(images)
      }
    }
    guard count > 0, sum > 0 else { return nil }
    return (sum / count).squareRoot()
  }
}

extension DiagnosisSubject {
  /// Whether a layer's values are an output of the network.
  func feedsOutput(_ layer: LayerID) -> Bool {
    atlas.network.edges.contains { edge in
      guard edge.source == .layer(layer), case .output = edge.target else { return false }
      return true
    }
  }

  /// Whether a layer leads straight to one whose values are an output of the network.
  func feedsOutputLayer(_ layer: LayerID) -> Bool {
    atlas.network.edges.contains { edge in
      guard edge.source == .layer(layer), case .layer(let target) = edge.target else {
        return false
      }
      return feedsOutput(target)
    }
  }
}
