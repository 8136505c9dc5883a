import Analysis
import Atlases
import Networks
import Tensors
import TestSupport
import Testing

@testable import Pipeline

struct AtlasBuilderTests {
  private static let model = TestEngine.packageRoot + "/Examples/shapes/model.onnx"

  /// A few images with random numbers; one neuron of each layer is NaN once, one always infinite.
  private func summaries(_ base: Atlas) -> [ActivationSummary] {
    var random = SeededGenerator(seed: 5)
    return base.network.layers.map { layer in
      var summary = ActivationSummary(
        neuronCount: layer.neuronCount, classCount: 3, range: .signed)
      for image in 0..<9 {
        var numbers = (0..<layer.neuronCount * MapNumbers.perNeuron).map { _ in
          Float.random(in: 0...1, using: &random)
        }
        if image == 4 { numbers[0] = .nan }
        if layer.neuronCount > 2 { numbers[2 * MapNumbers.perNeuron] = .infinity }
        summary.add(numbers.span, image: Int32(image), column: image % 3)
      }
      return summary
    }
  }

  @Test func `an atlas is whole, or none when it is stopped`() throws {
    let base = try structureAtlas(modelPath: Self.model)
    let builder = AtlasBuilder(base: base, seed: 1)
    let summaries = summaries(base)
    let built = builder.build(summaries, isCancelled: { false })
    let whole = try #require(built)
    for (tallied, layer) in zip(builder.tallied(summaries), whole) {
      #expect(tallied.statistics?.imageCount == 9 && layer.statistics?.imageCount == 9)
      #expect(tallied.statistics?.health == layer.statistics?.health)
      #expect(tallied.clustering == nil && tallied.rowOrder == nil)
    }
    for asked in Array(0..<10) + [20, 50, 100, 250, 600] {
      let stop = Stop(after: asked)
      let found = builder.build(summaries, isCancelled: stop.isCancelled)
      guard !stop.hasStopped, let found else {
        #expect(stop.hasStopped && found == nil)
        continue
      }
      // Statistics hold NaN, which equals nothing.
      for (one, other) in zip(found, whole) {
        #expect(one.clustering == other.clustering && one.clusterOrder == other.clusterOrder)
        #expect(one.rowOrder == other.rowOrder && one.columnOrder == other.columnOrder)
        #expect(one.similarity == other.similarity)
      }
    }
  }
}
