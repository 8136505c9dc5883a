import Analysis
import Inference
import Networks

/// Measures images one after another, on one thread.
final class InfluenceWorker {
  private let plan: InfluencePlan
  private let images: any ImageProvider
  private let run: any InferenceRun
  private let requests: [TensorRequest]
  /// Images in every run where the network takes no other number.
  private let batchSize: Int
  private var convolutions: [InfluenceConvolution]
  private let isOver: () -> Bool

  /// - Parameter isOver: Asked between channels.
  init(
    _ plan: InfluencePlan, _ images: any ImageProvider, _ session: any InferenceSession,
    isOver: @escaping () -> Bool
  ) throws(InferenceError) {
    self.plan = plan
    self.images = images
    self.isOver = isOver
    requests = Self.requests(plan)
    batchSize = max(1, session.inputs.first?.shape?.dimensions.first?.length ?? 1)
    convolutions = plan.edges.map { InfluenceConvolution($0.window) }
    run = try session.makeRun(yielding: requests)
  }

  /// The tensors that are read, each once.
  static func requests(_ plan: InfluencePlan) -> [TensorRequest] {
    var seen: Set<TensorRequest> = []
    return plan.edges.flatMap { [$0.path.request] + $0.path.steering.map { TensorRequest($0) } }
      .filter { seen.insert($0).inserted }
  }

  /// Runs an image and hands over what it says of each connection, neurons × channels; nothing for
  /// one that cannot be read.
  func measure(_ image: Int, _ take: (_ edge: Int, [Float], [Float]) -> Void) throws {
    let size = plan.imageShape.reduce(1, *)
    let isReadable = try run.fill(imageSize: size, batchSize: batchSize) { slot in
      do {
        try images.write(image: image, into: &slot)
        return true
      } catch {
        return false
      }
    }
    guard isReadable else { return }
    try run.execute(shape: [batchSize] + plan.imageShape)
    for (index, edge) in plan.edges.enumerated() {
      var sums = EdgeInfluence(edge)
      do {
        try withMaps(edge) { values, maps throws in
          try measure(edge, index, values, maps, &sums)
        }
      } catch is RowsAreNoImages {
        continue
      }
      take(index, sums.excitatory, sums.inhibitory)
    }
  }

  /// Lends a connection's tensor as it arrives at the target.
  private func withMaps(
    _ edge: InfluenceEdge, _ body: (Span<Float>, FeatureMaps) throws -> Void
  ) throws {
    let path = edge.path
    guard !path.steps.isEmpty else { return try withTensor(path, body) }
    var found: OwnPart?
    try withTensor(path) { values, maps in found = OwnPart(values, maps) }
    guard var part = found else { return }
    for step in path.steps {
      let fits =
        if let tensor = step.steering {
          try withFirstImage(TensorRequest(tensor)) { shape, values in
            part.apply(step, shape, values)
          }
        } else {
          part.apply(step)
        }
      guard fits else { throw unexpected(path.tensor, part.maps) }
    }
    try body(part.values.span, part.maps)
  }

  private func withTensor(
    _ path: InfluencePath, _ body: (Span<Float>, FeatureMaps) throws -> Void
  ) throws {
    try withFirstImage(path.request) { shape, values in
      guard let maps = FeatureMaps(shape: shape, channelAxis: path.channelAxis),
        maps.valuesPerImage == values.count
      else {
        throw AnalysisError.unexpectedShape(tensor: path.tensor, shape: shape, neuronCount: 1)
      }
      try body(values, maps)
    }
  }

  /// A tensor's first axis counts windows or tokens, so that it has no values of one image: its
  /// connection is left out.
  private struct RowsAreNoImages: Error {}

  /// Lends a tensor's values for the first image of the batch.
  private func withFirstImage<Result>(
    _ request: TensorRequest, _ body: ([Int], Span<Float>) throws -> Result
  ) throws -> Result {
    guard let index = requests.firstIndex(of: request) else {
      throw InferenceError.noSuchTensor(request.name)
    }
    return try run.withOutput(index) { shape, values in
      guard shape.first == batchSize else { throw RowsAreNoImages() }
      return try body(shape, values.extracting(0..<values.count / batchSize))
    }
  }

  private func unexpected(_ tensor: String, _ maps: FeatureMaps) -> AnalysisError {
    .unexpectedShape(
      tensor: tensor, shape: [1, maps.neuronCount, maps.height, maps.width], neuronCount: 1)
  }

  private func measure(
    _ edge: InfluenceEdge, _ index: Int, _ values: Span<Float>, _ maps: FeatureMaps,
    _ sums: inout EdgeInfluence
  ) throws {
    let isMoving = edge.path.reading == .moving
    let (height, width) = isMoving ? (maps.height, maps.width) : (1, 1)
    let inputCount = isMoving ? maps.neuronCount : values.count
    var gathered: [Float] = []
    for part in edge.parts {
      if isOver() { throw InferenceError.cancelled }
      guard part.inputs.allSatisfy({ $0 < inputCount }),
        edge.window.paddedCount(height, width, maps: part.inputs.count) <= InfluenceEdge.limit
      else { throw unexpected(edge.path.tensor, maps) }
      gathered.removeAll(keepingCapacity: true)
      for input in part.inputs {
        for position in 0..<height * width {
          gathered.append(
            values[isMoving ? maps.place(of: input, position: position) : input])
        }
      }
      convolutions[index].measure(
        gathered.span, height: height, width: width, part.slices
      ) { neuron, found in
        sums.add(found, neuron: neuron, channel: part.channel)
      }
    }
  }
}

/// What one image says of one connection.
private struct EdgeInfluence {
  /// Neurons × channels.
  private(set) var excitatory: [Float]
  private(set) var inhibitory: [Float]
  private let channelCount: Int

  init(_ edge: InfluenceEdge) {
    channelCount = edge.channelCount
    excitatory = Array(repeating: 0, count: edge.neuronCount * edge.channelCount)
    inhibitory = excitatory
  }

  mutating func add(_ found: ChannelInfluence, neuron: Int, channel: Int) {
    excitatory[neuron * channelCount + channel] = found.excitatory
    inhibitory[neuron * channelCount + channel] = found.inhibitory
  }
}

extension InfluencePath {
  /// The tensors that steer its steps.
  var steering: [String] { steps.compactMap(\.steering) }

  /// The tensor with its scale.
  var request: TensorRequest { TensorRequest(tensor, scale: scale, zeroPoint: zeroPoint) }
}

extension InfluencePath.Step {
  /// The tensor that says what passes.
  var steering: String? {
    switch self {
    case .gate(let tensor), .multiply(let tensor), .pick(let tensor, _): tensor
    case .scale, .select, .widen, .average, .mean: nil
    }
  }
}
