import Analysis
import Atlases
import Inference
import Networks

/// Runs images one at a time with every layer's output at hand. Belongs to one thread at a time.
final class ImageRunner {
  private let plan: AnalysisPlan
  private let images: any ImageProvider
  private let run: any InferenceRun
  /// Images in every run where the network takes no other number.
  private let batchSize: Int
  /// The image whose outputs `run` holds.
  private var current: Int?

  init(
    _ plan: AnalysisPlan, images: any ImageProvider, session: any InferenceSession
  ) throws(InferenceError) {
    self.plan = plan
    self.images = images
    batchSize = max(1, session.inputs.first?.shape?.dimensions.first?.length ?? 1)
    run = try session.makeRun(
      yielding: plan.layers.map(\.tensor) + (plan.classifier.map { [$0.tensor] } ?? []))
  }

  /// Makes an image's outputs those at hand.
  func load(_ image: Int) throws {
    guard current != image else { return }
    guard plan.labels.indices.contains(image) else { throw PictureError.unknown(image) }
    current = nil
    let size = plan.imageShape.reduce(1, *)
    try run.fill(imageSize: size, batchSize: batchSize) { slot in
      try images.write(image: image, into: &slot)
    }
    try run.execute(shape: [batchSize] + plan.imageShape)
    current = image
  }

  /// What the layer's neurons did on the image at hand; nil where its tensor does not tell by image.
  func responses(_ layer: Int) throws -> NeuronResponses? {
    let count = plan.layers[layer].neuronCount
    return try withMaps(layer) { values, maps throws in
      var numbers = Array(repeating: Float(0), count: count * MapNumbers.perNeuron)
      var span = numbers.mutableSpan
      let lengths = maps.height > 1 || maps.width > 1 ? [maps.height, maps.width] : []
      _ = MapNumbers.fill(
        &span, from: values,
        shape: maps.isChannelLast ? [1] + lengths + [count] : [1, count] + lengths,
        channelAxis: maps.isChannelLast ? lengths.count + 1 : 1, neuronCount: count)
      func column(_ place: Int) -> [Float] {
        (0..<count).map { numbers[$0 * MapNumbers.perNeuron + place] }
      }
      let maxima = column(1)
      return NeuronResponses(
        spatialMean: column(0), spatialMax: maxima, firingShare: maxima.map { $0 > 0 ? 1 : 0 })
    }
  }

  /// The layer's feature maps of the image at hand; nil where its tensor does not tell by image.
  func maps(_ layer: Int) throws -> ActivationMaps? {
    try withMaps(layer) { values, maps in ActivationMaps(values, maps) }
  }

  /// The best outputs for the image at hand, `count` at most; none without a classifier.
  func answers(_ count: Int) throws -> [OutputProbability] {
    guard plan.classifier != nil else { return [] }
    return try run.withOutput(plan.layers.count) { _, values in
      let size = values.count / batchSize
      return size > 0 ? bestOutputs(values.extracting(0..<size), count) : []
    }
  }

  /// Lends the layer's maps of the first image of the batch; nil where there are none.
  private func withMaps<Result>(
    _ layer: Int, _ body: (Span<Float>, FeatureMaps) throws -> Result
  ) throws -> Result? {
    let tap = plan.layers[layer]
    return try run.withOutput(layer) { shape, values in
      guard let maps = tap.maps(shape, imageCount: batchSize), maps.valueCount == values.count
      else {
        return nil
      }
      return try body(values.extracting(0..<maps.valuesPerImage), maps)
    }
  }
}
