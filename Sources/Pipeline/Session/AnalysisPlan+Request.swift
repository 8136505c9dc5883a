import Inference
import ModelFiles
import Networks

extension AnalysisPlan {
  /// Of a model's layers on the images that a request is about.
  ///
  /// - Parameters:
  ///   - outputOfClass: The network's output for each class of the data set; nil where images carry no
  ///     labels, or none that fit. Of images without classes predictions are kept and nothing is counted.
  init(
    _ request: AnalysisRequest, _ model: ModelFile, _ output: Networks.ClassifierOutput,
    _ index: DatasetIndex, fed preprocessing: Preprocessing, outputOfClass: [Int?]?
  ) {
    let isLabeled = !index.classes.isEmpty
    let outputs = !isLabeled && output.classCount != nil ? [] : outputOfClass
    self.init(
      modelPath: request.modelPath, imageShape: preprocessing.imageShape,
      layers: model.network.layers.map { LayerTap($0) },
      labels: isLabeled ? index.labels : index.labels.map { _ in 0 },
      classCount: max(1, index.classes.count),
      classifier: outputs.map {
        ClassifierTap(tensor: TensorRequest(output.name), outputOfClass: $0)
      },
      order: request.order(of: index), provider: request.providers.first,
      threadCount: request.threadCount)
  }
}

extension AnalysisRequest {
  /// The images to visit, in order.
  func order(of index: DatasetIndex) -> BalancedOrder {
    BalancedOrder(labels: index.labels, seed: seed).limited(to: limit)
      .shard(shardIndex, of: shardCount)
  }
}
