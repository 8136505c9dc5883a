import Atlases
import Analysis
import Networks
import Storage
import Tensors

/// A `LayerAtlas` as tensors below `layers/<index>`.
enum LayerTensors {
  static func write(_ layer: LayerAtlas, _ writer: inout SafetensorsWriter) {
    let prefix = prefix(layer.layer)
    if let statistics = layer.statistics {
      StatisticsTensors.write(statistics, prefix, &writer)
    }
    if let similarity = layer.similarity {
      SimilarityTensors.write(similarity, prefix, &writer)
    }
    if let clustering = layer.clustering {
      add(clustering.labels, "\(prefix)/cluster", &writer)
      add(layer.clusterOrder, "\(prefix)/cluster_order", &writer)
    }
    if let order = layer.rowOrder?.order { add(order.order, "\(prefix)/row_order", &writer) }
    if let order = layer.columnOrder?.order {
      add(order.order, "\(prefix)/column_order", &writer)
    }
    if let kernel = layer.kernel {
      writer.add("\(prefix)/kernel", kernel.values, shape: kernel.shape)
    }
    if let contributions = layer.contributions {
      ContributionTensors.write(contributions, prefix, &writer)
    }
    for (index, connection) in layer.connections.enumerated() {
      let strength = connection.strength
      writer.add(
        "\(prefix)/strength/\(index)", strength.values,
        shape: [strength.rowCount, strength.columnCount])
      if let influence = connection.influence {
        InfluenceTensors.write(influence, "\(prefix)/influence/\(index)", &writer)
      }
    }
  }

  static func read(
    _ tensors: CheckedTensors, _ facts: LayerMetadata, _ layer: Layer, dataset: DatasetIndex?
  ) throws(AtlasError) -> LayerAtlas {
    var result = LayerAtlas(layer: layer.id)
    let prefix = prefix(layer.id)
    let (neurons, classes) = (layer.neuronCount, columnCount(dataset))
    if let imageCount = facts.imageCount {
      result.statistics = try StatisticsTensors.read(
        tensors, prefix, neurons: neurons, classes: classes, imageCount: imageCount,
        images: dataset?.count ?? 0)
    }
    if let count = facts.similarityImageCount {
      result.similarity = try SimilarityTensors.read(
        tensors, prefix, neurons: neurons, imageCount: count)
    }
    if let count = facts.clusterCount {
      try readClusters(tensors, prefix, facts, count, neurons, &result)
    }
    if let order = facts.rowOrder {
      let permutation = try tensors.permutation("\(prefix)/row_order", neurons)
      result.rowOrder = order.result(order: permutation)
    }
    if let order = facts.columnOrder {
      let permutation = try tensors.permutation("\(prefix)/column_order", classes)
      result.columnOrder = order.result(order: permutation)
    }
    try readWeights(tensors, prefix, facts, neurons, &result)
    if let facts = facts.contributions {
      result.contributions = try ContributionTensors.read(
        tensors, prefix, facts, neurons: neurons, classes: classes)
    }
    return result
  }

  /// Columns of a layer's matrices: one a class, or one for everything without labels.
  static func columnCount(_ dataset: DatasetIndex?) -> Int { max(1, dataset?.classes.count ?? 0) }

  static func prefix(_ layer: LayerID) -> String { "layers/\(layer.index)" }

  private static func readClusters(
    _ tensors: CheckedTensors, _ prefix: String, _ facts: LayerMetadata, _ count: Int,
    _ neurons: Int, _ result: inout LayerAtlas
  ) throws(AtlasError) {
    let labels: [Int32] = try tensors.values("\(prefix)/cluster", [neurons])
    let orderName = "\(prefix)/cluster_order"
    let orderCount = tensors.file.tensors[orderName]?.elementCount ?? 0
    let order: [Int32] = try tensors.values(orderName, [orderCount])
    guard labels.allSatisfy({ $0 >= -1 && $0 < count }), Set(order).count == order.count,
      Set(labels).isSubset(of: Set(order)), order.allSatisfy({ $0 >= -1 && $0 < count })
    else { throw tensors.inconsistent("the clusters of \(prefix) do not fit together") }
    result.clustering = Clustering(
      labels: labels.map(Int.init), clusterCount: count, silhouette: facts.silhouette,
      method: facts.method ?? "")
    result.clusterOrder = order.map(Int.init)
    guard let grouping = facts.grouping else { return }
    guard grouping.fits(neuronCount: neurons),
      grouping.clustering(method: "").labels == result.clustering?.labels
    else { throw tensors.inconsistent("the edited clusters of \(prefix) do not fit together") }
    result.grouping = grouping
  }

  private static func readWeights(
    _ tensors: CheckedTensors, _ prefix: String, _ facts: LayerMetadata, _ neurons: Int,
    _ result: inout LayerAtlas
  ) throws(AtlasError) {
    result.weightStatistics = facts.weightStatistics
    if let entry = tensors.file.tensors["\(prefix)/kernel"] {
      guard entry.shape.count == 4, entry.shape[0] == neurons else {
        throw tensors.inconsistent("the kernel of \(prefix) has shape \(entry.shape)")
      }
      result.kernel = KernelStack(
        shape: entry.shape, values: try tensors.values("\(prefix)/kernel", entry.shape))
    }
    for (index, fact) in facts.connections.enumerated() {
      let name = "\(prefix)/strength/\(index)"
      let columns = tensors.file.tensors[name]?.shape.last ?? 0
      var connection = Connection(
        source: fact.source, strength: try tensors.matrix(name, neurons, columns),
        through: fact.through)
      if let facts = fact.influence {
        connection.influence = try InfluenceTensors.read(
          tensors, "\(prefix)/influence/\(index)", facts, neurons: neurons, channels: columns)
      }
      result.connections.append(connection)
    }
  }

  private static func add(
    _ values: [Int], _ name: String, _ writer: inout SafetensorsWriter
  ) {
    writer.add(name, values.map { Int32(clamping: $0) }, shape: [values.count])
  }
}
