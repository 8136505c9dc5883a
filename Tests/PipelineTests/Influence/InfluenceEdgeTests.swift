import Analysis
import Inference
import Networks
import Tensors
import Testing

@testable import Pipeline

/// Whole connections on the toy network, whose tensor `same` is the image: 2 channels of 3 × 4.
@Suite struct InfluenceEdgeTests {
  /// Image *i* holds `image[i]`.
  private struct Images: ImageProvider {
    var values: [[Float]]
    func write(image: Int, into input: inout MutableSpan<Float>) throws {
      guard !values[image].isEmpty else { throw InferenceError.runFailed("unreadable") }
      for index in values[image].indices { input[index] = values[image][index] }
    }
  }

  private func layer(
    _ index: Int, _ kind: LayerKind, _ neurons: Int, _ kernel: KernelGeometry? = nil
  ) -> Layer {
    Layer(
      id: LayerID(index), name: "layer\(index)", operatorName: "Conv", kind: kind,
      neuronCount: neurons, outputTensor: "same", outputShape: nil, channelAxis: 1,
      activation: nil, hasBatchNormalization: false, kernel: kernel, parameterCount: 0,
      receptiveField: nil)
  }

  private func network(_ layers: [Layer]) -> Network {
    Network(
      name: "toy", inputs: [], outputs: [], layers: layers, edges: [], stages: [],
      operatorCounts: [], parameterCount: 0,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: [], producer: "", fileByteCount: 0,
        externalData: false), notes: [])
  }

  private func path(
    _ routes: [ChannelRoute], _ reading: InfluencePath.Reading = .moving,
    _ steps: [InfluencePath.Step] = []
  ) -> InfluencePath {
    InfluencePath(
      source: LayerID(0), target: LayerID(1), basis: .input, reading: reading, tensor: "same",
      channelAxis: 1, steps: steps, routes: routes)
  }

  private func measured(
    _ edge: InfluenceEdge, _ images: [[Float]], threads: Int = 2
  ) throws -> InfluenceTally {
    let run = try InfluenceRun(
      InfluencePlan(
        modelPath: "", imageShape: [2, 3, 4], images: Array(images.indices), edges: [edge],
        threadCount: threads),
      images: Images(values: images), engine: ToyEngine())
    return try run.measure()[0]
  }

  private let plain = KernelGeometry(
    size: [1, 1], strides: [1, 1], dilations: [1, 1], padsBefore: [0, 0], padsAfter: [0, 0],
    groups: 1)

  private func image(_ first: Float, _ second: Float) -> [Float] {
    (0..<24).map { $0 < 12 ? first * Float($0 % 12 + 1) : second }
  }

  @Test func `channels behind an offset meet their own slice`() throws {
    // The source's three channels arrive as the tensor's channels 1 and 0; the last one nowhere.
    let routes = [
      ChannelRoute(sourceStart: 0, targetStart: 1, count: 1),
      ChannelRoute(sourceStart: 1, targetStart: 0, count: 1),
    ]
    let kernel = LayerKernel(shape: [2, 2, 1, 1], values: [1, 10, -1, 100], bias: [0, 0])
    let edge = try #require(
      InfluenceEdge(
        path(routes), kernel,
        in: network([layer(0, .convolution, 3), layer(1, .convolution, 2, plain)])))
    let tally = try measured(edge, [image(1, 2), image(1, 4), []])
    #expect(tally.imageCount == 2)
    #expect(tally.means.excitatory.values == [30, 12, 0, 300, 0, 0])
    #expect(tally.means.inhibitory.values == [0, 0, 0, 0, 12, 0])
  }

  @Test func `each group's neurons meet their own channels only`() throws {
    var grouped = plain
    grouped.groups = 2
    let kernel = LayerKernel(shape: [4, 1, 1, 1], values: [1, 2, 3, 4], bias: [0, 0, 0, 0])
    let edge = try #require(
      InfluenceEdge(
        path([ChannelRoute(sourceStart: 0, targetStart: 0, count: 2)]), kernel,
        in: network([layer(0, .convolution, 2), layer(1, .depthwiseConvolution, 4, grouped)])))
    let tally = try measured(edge, [image(1, 1)])
    #expect(tally.means.excitatory.values == [12, 0, 24, 0, 0, 3, 0, 4])
  }

  @Test func `a dense layer on flattened maps has one position`() throws {
    let weights = (0..<24).map { Float($0 == 0 ? 1 : $0 == 11 ? -1 : $0 == 23 ? 5 : 0) }
    let edge = try #require(
      InfluenceEdge(
        path([ChannelRoute(sourceStart: 0, targetStart: 0, count: 2, spatialCount: 12)], .units),
        LayerKernel(shape: [1, 24, 1, 1], values: weights, bias: [0]),
        in: network([layer(0, .convolution, 2), layer(1, .dense, 1)])))
    let tally = try measured(edge, [image(1, 2)])
    // 1 · 1 − 1 · 12 for the first channel: summed over the places before the sign is taken.
    #expect(tally.means.excitatory.values == [0, 10])
    #expect(tally.means.inhibitory.values == [11, 0])
  }

  @Test func `own parts are gated, cut, widened and averaged in order`() throws {
    let steps: [InfluencePath.Step] = [
      .gate(tensor: "same"), .scale([1, 3]), .select(axis: 0, indices: [2]),
      .select(axis: 1, indices: [0, 3]), .widen(before: 1, after: 0), .average,
    ]
    let edge = try #require(
      InfluenceEdge(
        path([ChannelRoute(sourceStart: 0, targetStart: 1, count: 2)], .units, steps),
        LayerKernel(shape: [1, 3, 1, 1], values: [100, 1, 1], bias: [0]),
        in: network([layer(0, .convolution, 2), layer(1, .dense, 1)])))
    // Of the first channel 9 and 12 are left, of the second nothing passes.
    #expect(try measured(edge, [image(1, -2)]).means.excitatory.values == [10.5, 0])
    #expect(try measured(edge, [image(1, 2)]).means.excitatory.values == [10.5, 6])
  }

  @Test func `the only channel that feeds a neuron comes out on top`() throws {
    for seed in 0..<10 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let feeder = Int.random(in: 0..<2, using: &random)
      var weights = (0..<18).map { _ in Float.random(in: -0.01...0.01, using: &random) }
      for place in 0..<9 { weights[feeder * 9 + place] = Float.random(in: 1...2, using: &random) }
      var geometry = plain
      (geometry.size, geometry.padsBefore, geometry.padsAfter) = ([3, 3], [1, 1], [1, 1])
      let edge = try #require(
        InfluenceEdge(
          path([ChannelRoute(sourceStart: 0, targetStart: 0, count: 2)]),
          LayerKernel(shape: [1, 2, 3, 3], values: weights, bias: [0]),
          in: network([layer(0, .convolution, 2), layer(1, .convolution, 1, geometry)])))
      let means = try measured(edge, [image(0.1, 1), image(0.2, 1)]).means
      #expect(means.excitatory[0, feeder] > 10 * means.excitatory[0, 1 - feeder])
    }
  }

  @Test func `a step that does not fit ends in an error, a strange kernel in nothing`() throws {
    let pair = network([layer(0, .convolution, 2), layer(1, .convolution, 2, plain)])
    let routes = [ChannelRoute(sourceStart: 0, targetStart: 0, count: 2)]
    let kernel = LayerKernel(shape: [2, 2, 1, 1], values: [1, 2, 3, 4], bias: [0, 0])
    let bad = try #require(
      InfluenceEdge(path(routes, .moving, [.scale([1, 2, 3, 4, 5])]), kernel, in: pair))
    #expect(throws: AnalysisError.self) { try measured(bad, [image(1, 1)]) }
    let far = path([ChannelRoute(sourceStart: 0, targetStart: 5, count: 2)])
    #expect(try #require(InfluenceEdge(far, kernel, in: pair)).parts.isEmpty)
    let strange = LayerKernel(
      shape: [2, 2, 3, 3], values: Array(repeating: 1, count: 36), bias: [])
    #expect(InfluenceEdge(path(routes), strange, in: pair) == nil)
  }
}
