import Atlases
import Storage
import Tensors

/// `LayerContributions` as tensors named `<prefix>/contribution_…`.
enum ContributionTensors {
  static func write(
    _ contributions: LayerContributions, _ prefix: String, _ writer: inout SafetensorsWriter
  ) {
    let entries = contributions.entries
    let neurons = entries.flatMap(\.neurons)
    var offsets: [Int64] = [0]
    for entry in entries { offsets.append((offsets.last ?? 0) + Int64(entry.neurons.count)) }
    let classes = contributions.classCounts.count
    writer.add(
      "\(prefix)/contribution_neurons", neurons.map { Int32(clamping: $0) },
      shape: [neurons.count])
    writer.add("\(prefix)/contribution_offset", offsets, shape: [offsets.count])
    writer.add(
      "\(prefix)/contribution_class_counts", contributions.classCounts.map(Int64.init),
      shape: [classes])
    writer.add(
      "\(prefix)/contribution_accuracy_before", contributions.accuracyBefore, shape: [classes])
    for (name, part) in parts {
      writer.add(
        "\(prefix)/contribution_\(name)", entries.flatMap { $0[keyPath: part] },
        shape: [entries.count, classes])
    }
  }

  static func read(
    _ tensors: CheckedTensors, _ prefix: String, _ facts: LayerMetadata.Contributions,
    neurons: Int, classes: Int
  ) throws(AtlasError) -> LayerContributions {
    let sets = try neuronSets(tensors, prefix, neurons: neurons)
    let counts: [Int64] = try tensors.values("\(prefix)/contribution_class_counts", [classes])
    var entries = sets.map {
      Contribution(
        neurons: $0, scoreChange: [], scoreError: [], accuracyChange: [], accuracyError: [])
    }
    for (name, part) in parts {
      let matrix = try tensors.matrix(
        "\(prefix)/contribution_\(name)", sets.count, classes)
      for index in entries.indices {
        entries[index][keyPath: part] = Array(matrix.row(index))
      }
    }
    guard counts.allSatisfy({ (0..<1 << 40).contains($0) }) else {
      throw tensors.inconsistent("the images behind the contributions of \(prefix) are no counts")
    }
    return LayerContributions(
      replacement: facts.replacement, score: facts.score, classCounts: counts.map { Int($0) },
      accuracyBefore: try tensors.values("\(prefix)/contribution_accuracy_before", [classes]),
      entries: entries)
  }

  private static var parts: [(String, WritableKeyPath<Contribution, [Float]>)] {
    [
      ("score_change", \.scoreChange), ("score_error", \.scoreError),
      ("accuracy_change", \.accuracyChange), ("accuracy_error", \.accuracyError),
    ]
  }

  private static func neuronSets(
    _ tensors: CheckedTensors, _ prefix: String, neurons: Int
  ) throws(AtlasError) -> [[Int]] {
    let name = "\(prefix)/contribution_neurons"
    let offsetName = "\(prefix)/contribution_offset"
    let total = tensors.file.tensors[name]?.elementCount ?? 0
    let count = tensors.file.tensors[offsetName]?.elementCount ?? 0
    let all: [Int32] = try tensors.values(name, [total])
    let offsets: [Int64] = try tensors.values(offsetName, [count])
    guard offsets.first == 0, offsets.last == Int64(total),
      zip(offsets, offsets.dropFirst()).allSatisfy(<=)
    else { throw tensors.inconsistent("the sets behind the contributions of \(prefix) overlap") }
    let sets = zip(offsets, offsets.dropFirst()).map { start, end in
      all[Int(start)..<Int(end)].map(Int.init)
    }
    let areSound = sets.allSatisfy { set in
      zip(set, set.dropFirst()).allSatisfy(<) && set.allSatisfy { (0..<neurons).contains($0) }
    }
    guard areSound else {
      throw tensors.inconsistent("the contributions of \(prefix) name neurons it does not have")
    }
    return sets
  }
}
