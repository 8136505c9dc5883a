import Analysis
import Atlases
import Networks
import Storage
import Tensors

/// The exact sums of an analysis and the images they rest on: what it takes to go on with a
/// half-done one, or to join two parts.
public struct ResumeState: Equatable, Sendable {
  /// One a representative layer.
  public var summaries: [ActivationSummary]
  /// Data set images that were visited, readable or not: true at their index.
  public var visited: [Bool]

  /// - Parameter visited: One flag an image of the data set.
  public init(summaries: [ActivationSummary], visited: [Bool]) {
    self.summaries = summaries
    self.visited = visited
  }
}

/// A ``ResumeState`` as tensors below `resume`.
enum ResumeTensors {
  static func write(_ state: ResumeState, _ writer: inout SafetensorsWriter) {
    writer.add(
      "resume/visited", state.visited.map { UInt8($0 ? 1 : 0) }, shape: [state.visited.count])
    for (index, summary) in state.summaries.enumerated() {
      write(summary, "resume/\(index)", &writer)
    }
  }

  static func read(
    _ tensors: CheckedTensors, _ atlas: Atlas
  ) throws(AtlasError) -> ResumeState? {
    guard tensors.has("resume/visited"), let dataset = atlas.dataset else { return nil }
    let visited: [UInt8] = try tensors.values("resume/visited", [dataset.count])
    var summaries: [ActivationSummary] = []
    for layer in atlas.network.layers {
      summaries.append(
        try read(
          tensors, "resume/\(layer.id.index)", neurons: layer.neuronCount,
          columns: LayerTensors.columnCount(dataset), images: dataset.count,
          range: ActivationRange(
            activation: layer.activation, bounds: layer.clipBounds)))
    }
    return ResumeState(summaries: summaries, visited: visited.map { $0 != 0 })
  }

  private static func write(
    _ summary: ActivationSummary, _ prefix: String, _ writer: inout SafetensorsWriter
  ) {
    let neurons = summary.neuronCount
    writer.add("\(prefix)/image_count", [Int64(summary.imageCount)], shape: [1])
    writer.add("\(prefix)/non_finite", summary.nonFiniteCounts, shape: [neurons])
    let extremes = summary.extremes.flatMap {
      [Double($0.largestMaximum), $0.smallestMean, $0.largestMean]
    }
    writer.add("\(prefix)/extremes", extremes, shape: [neurons, 3])
    let patches = (0..<neurons).flatMap { neuron in
      let kept = summary.strongest[neuron]
      return (0..<StrongestPatches.capacity).map { kept.indices.contains($0) ? kept[$0] : nil }
    }
    PatchTensors.write(
      patches, "\(prefix)/strongest", [neurons, StrongestPatches.capacity], &writer)
    SampleTensors.write(summary.sample, "\(prefix)/sample", &writer)
    for (column, tally) in summary.classes.enumerated() {
      guard let tally else { continue }
      ClassTallyTensors.write(tally, "\(prefix)/class/\(column)", &writer)
    }
  }

  private static func read(
    _ tensors: CheckedTensors, _ prefix: String, neurons: Int, columns: Int, images: Int,
    range: ActivationRange
  ) throws(AtlasError) -> ActivationSummary {
    let imageCount: [Int64] = try tensors.values("\(prefix)/image_count", [1])
    let nonFinite: [Int32] = try tensors.values("\(prefix)/non_finite", [neurons])
    let extremes: [Double] = try tensors.values("\(prefix)/extremes", [neurons, 3])
    var strongest = StrongestPatches(neuronCount: neurons)
    let capacity = StrongestPatches.capacity
    let patches = try PatchTensors.read(
      tensors, "\(prefix)/strongest", [neurons, capacity], images)
    for (slot, patch) in patches.enumerated() {
      if let patch { strongest.insert(patch, neuron: slot / capacity) }
    }
    var classes: [ClassTally?] = []
    for column in 0..<columns {
      let name = "\(prefix)/class/\(column)"
      classes.append(
        tensors.has("\(name)/sums")
          ? try ClassTallyTensors.read(tensors, name, neurons, images) : nil)
    }
    return ActivationSummary(
      neuronCount: neurons, range: range, imageCount: Int(clamping: imageCount[0]),
      classes: classes, strongest: strongest,
      extremes: (0..<neurons).map {
        ActivationExtremes(
          largestMaximum: Float(extremes[3 * $0]), smallestMean: extremes[3 * $0 + 1],
          largestMean: extremes[3 * $0 + 2])
      }, nonFiniteCounts: nonFinite,
      sample: try SampleTensors.read(tensors, "\(prefix)/sample", neurons, images))
  }
}
