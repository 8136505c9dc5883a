import Atlases
import Storage
import Tensors

/// A `ConnectionInfluence` as tensors named `<prefix>/excitatory` and `<prefix>/inhibitory`.
enum InfluenceTensors {
  static func write(
    _ influence: ConnectionInfluence, _ prefix: String, _ writer: inout SafetensorsWriter
  ) {
    for (name, matrix) in [
      ("excitatory", influence.excitatory), ("inhibitory", influence.inhibitory),
    ] {
      writer.add(
        "\(prefix)/\(name)", matrix.values, shape: [matrix.rowCount, matrix.columnCount])
    }
  }

  static func read(
    _ tensors: CheckedTensors, _ prefix: String, _ facts: LayerMetadata.Influence, neurons: Int,
    channels: Int
  ) throws(AtlasError) -> ConnectionInfluence {
    let influence = ConnectionInfluence(
      basis: facts.basis, imageCount: facts.imageCount,
      excitatory: try tensors.matrix("\(prefix)/excitatory", neurons, channels),
      inhibitory: try tensors.matrix("\(prefix)/inhibitory", neurons, channels))
    let values = influence.excitatory.values + influence.inhibitory.values
    guard (1..<1 << 40).contains(facts.imageCount), !values.contains(where: { $0 < 0 }) else {
      throw tensors.inconsistent("the influence \(prefix) is of no images or below zero")
    }
    return influence
  }
}
