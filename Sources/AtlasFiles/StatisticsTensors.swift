import Analysis
import Storage
import Tensors

/// `ActivationStatistics` as tensors named `<prefix>/mean_of_mean` and so on.
enum StatisticsTensors {
  static func write(
    _ statistics: ActivationStatistics, _ prefix: String, _ writer: inout SafetensorsWriter
  ) {
    let shape = [statistics.neuronCount, statistics.classCount]
    for (name, matrix) in [
      ("mean_of_mean", statistics.meanOfMean), ("mean_of_max", statistics.meanOfMax),
      ("second_moment_of_mean", statistics.secondMomentOfMean),
      ("second_moment_of_max", statistics.secondMomentOfMax),
      ("firing_share", statistics.firingShare),
    ] {
      writer.add("\(prefix)/\(name)", matrix.values, shape: shape)
    }
    writer.add(
      "\(prefix)/class_counts", statistics.classCounts.map(Int64.init), shape: [shape[1]])
    let padded = statistics.topPatches.flatMap { patches in
      (0..<StrongestPatches.capacity).map { patches.indices.contains($0) ? patches[$0] : nil }
    }
    PatchTensors.write(padded, "\(prefix)/top", [shape[0], StrongestPatches.capacity], &writer)
    PatchTensors.write(statistics.classBest, "\(prefix)/class_best", shape, &writer)
    let flags = statistics.health.map { UInt8(($0.isDead ? 1 : 0) + ($0.isSaturated ? 2 : 0)) }
    writer.add("\(prefix)/health", flags, shape: [shape[0]])
    writer.add(
      "\(prefix)/non_finite_images", statistics.health.map { Int64($0.nonFiniteCount) },
      shape: [shape[0]])
  }

  static func read(
    _ tensors: CheckedTensors, _ prefix: String, neurons: Int, classes: Int, imageCount: Int,
    images: Int
  ) throws(AtlasError) -> ActivationStatistics {
    let counts: [Int64] = try tensors.values("\(prefix)/class_counts", [classes])
    let top = try PatchTensors.read(
      tensors, "\(prefix)/top", [neurons, StrongestPatches.capacity], images)
    return ActivationStatistics(
      imageCount: imageCount, classCounts: counts.map { Int(clamping: $0) },
      meanOfMean: try tensors.matrix("\(prefix)/mean_of_mean", neurons, classes),
      meanOfMax: try tensors.matrix("\(prefix)/mean_of_max", neurons, classes),
      secondMomentOfMean: try tensors.matrix(
        "\(prefix)/second_moment_of_mean", neurons, classes),
      secondMomentOfMax: try tensors.matrix("\(prefix)/second_moment_of_max", neurons, classes),
      firingShare: try tensors.matrix("\(prefix)/firing_share", neurons, classes),
      topPatches: (0..<neurons).map { neuron in
        top[neuron * StrongestPatches.capacity..<(neuron + 1) * StrongestPatches.capacity]
          .compactMap { $0 }
      },
      classBest: try PatchTensors.read(
        tensors, "\(prefix)/class_best", [neurons, classes], images),
      health: try health(tensors, prefix, neurons))
  }

  private static func health(
    _ tensors: CheckedTensors, _ prefix: String, _ neurons: Int
  ) throws(AtlasError) -> [NeuronHealth] {
    let flags: [UInt8] = try tensors.values("\(prefix)/health", [neurons])
    let nonFinite: [Int64] = try tensors.values("\(prefix)/non_finite_images", [neurons])
    return zip(flags, nonFinite).map { flag, count in
      NeuronHealth(
        isDead: flag & 1 != 0, isSaturated: flag & 2 != 0, nonFiniteCount: Int(clamping: count))
    }
  }
}
