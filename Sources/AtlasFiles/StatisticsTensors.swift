import Analysis
import Storage
import Tensors

/// `ActivationStatistics` as tensors named `<prefix>/mean_of_mean` and so on.
enum StatisticsTensors {
  /// Patches kept of one neuron.
  static let patchCount = 9

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
      (0..<patchCount).map { patches.indices.contains($0) ? patches[$0] : nil }
    }
    write(padded, "\(prefix)/top", [shape[0], patchCount], &writer)
    write(statistics.classBest, "\(prefix)/class_best", shape, &writer)
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
    let top = try patches(tensors, "\(prefix)/top", [neurons, patchCount], images)
    return ActivationStatistics(
      imageCount: imageCount, classCounts: counts.map { Int(clamping: $0) },
      meanOfMean: try tensors.matrix("\(prefix)/mean_of_mean", neurons, classes),
      meanOfMax: try tensors.matrix("\(prefix)/mean_of_max", neurons, classes),
      secondMomentOfMean: try tensors.matrix(
        "\(prefix)/second_moment_of_mean", neurons, classes),
      secondMomentOfMax: try tensors.matrix("\(prefix)/second_moment_of_max", neurons, classes),
      firingShare: try tensors.matrix("\(prefix)/firing_share", neurons, classes),
      topPatches: (0..<neurons).map { neuron in
        top[neuron * patchCount..<(neuron + 1) * patchCount].compactMap { $0 }
      },
      classBest: try patches(tensors, "\(prefix)/class_best", [neurons, classes], images),
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

  private static func write(
    _ patches: [TopPatch?], _ name: String, _ shape: [Int], _ writer: inout SafetensorsWriter
  ) {
    let places = patches.flatMap { patch -> [Int32] in
      patch.map { [$0.image, $0.y, $0.x] } ?? [-1, 0, 0]
    }
    writer.add("\(name)_image_y_x", places, shape: shape + [3])
    writer.add("\(name)_value", patches.map { $0?.value ?? 0 }, shape: shape)
  }

  private static func patches(
    _ tensors: CheckedTensors, _ name: String, _ shape: [Int], _ images: Int
  ) throws(AtlasError) -> [TopPatch?] {
    let places: [Int32] = try tensors.values("\(name)_image_y_x", shape + [3])
    let values: [Float] = try tensors.values("\(name)_value", shape)
    guard values.indices.allSatisfy({ places[3 * $0] < images }) else {
      throw tensors.inconsistent("tensor “\(name)_image_y_x” names an image that is not there")
    }
    return values.indices.map { place in
      places[3 * place] < 0
        ? nil
        : TopPatch(
          image: places[3 * place], y: places[3 * place + 1], x: places[3 * place + 2],
          value: values[place])
    }
  }
}
