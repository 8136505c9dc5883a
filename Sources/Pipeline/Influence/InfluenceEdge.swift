import Analysis
import Networks

/// One connection ready to be measured: where its maps come from and which weights they meet.
struct InfluenceEdge: Sendable {
  /// What one channel of the source meets in one group of the target's neurons.
  struct Part: Sendable {
    var channel: Int
    /// Inputs of the target that the channel arrives at: channels of the tensor whose maps are
    /// convolved, or places in the flattened tensor.
    var inputs: [Int]
    var slices: InfluenceSlices
  }

  let path: InfluencePath
  let neuronCount: Int
  let channelCount: Int
  let window: InfluenceWindow
  let parts: [Part]

  /// Most numbers of panels, padded maps and sums that one connection may take.
  static let limit = 1 << 27

  /// Nil where the target's geometry is not known, or the weights do not fit the path.
  init?(_ path: InfluencePath, _ kernel: LayerKernel, in network: Network) {
    let (source, target) = (network[path.source], network[path.target])
    guard kernel.shape.count == 4, kernel.shape[0] == target.neuronCount,
      let window = path.reading == .moving ? Self.window(of: target) : .single
    else { return nil }
    let weights = TargetWeights(kernel, groups: target.kernel?.groups ?? 1)
    guard weights.tapCount == window.height * window.width else { return nil }
    var parts: [Part] = []
    var total = 0
    for (channel, found) in Self.arrivals(path, channels: source.neuronCount).enumerated() {
      for (group, inputs) in weights.grouped(found) {
        total += (weights.neuronsPerGroup + 8) * inputs.count * weights.tapCount
        guard total <= Self.limit else { return nil }
        parts.append(
          Part(channel: channel, inputs: inputs, slices: weights.slices(group, inputs)))
      }
    }
    self.path = path
    self.window = window
    self.parts = parts
    neuronCount = target.neuronCount
    channelCount = source.neuronCount
  }

  /// Bytes held while it is measured, by `workers` at a time.
  func byteCount(workers: Int) -> Int {
    let panels = parts.reduce(0) {
      $0 + ($1.slices.neurons.count + 7) / 8 * 32 * $1.slices.mapCount * window.height
        * window.width
    }
    return panels + neuronCount * channelCount * (33 + 8 * workers)
  }

  /// Inputs of the target that each channel of the source arrives at, ascending.
  private static func arrivals(_ path: InfluencePath, channels: Int) -> [[Int]] {
    var found: [[Int]] = Array(repeating: [], count: channels)
    for route in path.routes {
      route.forEachArrival { source, target in
        if found.indices.contains(source) { found[source].append(target) }
      }
    }
    return found.map { $0.sorted() }
  }

  private static func window(of layer: Layer) -> InfluenceWindow? {
    guard layer.kind != .dense else { return .single }
    guard let kernel = layer.kernel, (1...2).contains(kernel.size.count),
      (kernel.padsBefore + kernel.padsAfter).allSatisfy({ (0...1 << 16).contains($0) })
    else { return nil }
    // A kernel of one axis moves along the rows of a map that is one wide.
    func pair(_ values: [Int], _ rest: Int) -> [Int] { Array((values + [rest]).prefix(2)) }
    let size = pair(kernel.size, 1)
    return InfluenceWindow(
      height: size[0], width: size[1], strides: pair(kernel.strides, 1),
      dilations: pair(kernel.dilations, 1), padsBefore: pair(kernel.padsBefore, 0),
      padsAfter: pair(kernel.padsAfter, 0))
  }
}

extension InfluenceWindow {
  /// One weight a map.
  fileprivate static var single: InfluenceWindow { InfluenceWindow(height: 1, width: 1) }
}

/// A layer's kernels by group of neurons and input.
private struct TargetWeights {
  let kernel: LayerKernel
  let inputsPerGroup: Int
  let neuronsPerGroup: Int
  let groups: Int
  let tapCount: Int

  init(_ kernel: LayerKernel, groups: Int) {
    self.kernel = kernel
    self.groups = max(1, groups)
    inputsPerGroup = max(1, kernel.shape[1])
    neuronsPerGroup = kernel.shape[0] / max(1, groups)
    tapCount = kernel.shape[2] * kernel.shape[3]
  }

  /// Inputs that exist, by group, both ascending.
  func grouped(_ inputs: [Int]) -> [(group: Int, inputs: [Int])] {
    var result: [(group: Int, inputs: [Int])] = []
    for input in inputs where input >= 0 && input < inputsPerGroup * groups {
      let group = input / inputsPerGroup
      if result.last?.group == group {
        result[result.count - 1].inputs.append(input)
      } else {
        result.append((group, [input]))
      }
    }
    return result
  }

  func slices(_ group: Int, _ inputs: [Int]) -> InfluenceSlices {
    let neurons = group * neuronsPerGroup..<(group + 1) * neuronsPerGroup
    var weights: [Float] = []
    weights.reserveCapacity(neurons.count * inputs.count * tapCount)
    for neuron in neurons {
      for input in inputs {
        let start = (neuron * inputsPerGroup + input % inputsPerGroup) * tapCount
        weights += kernel.values[start..<start + tapCount]
      }
    }
    return InfluenceSlices(
      neurons: neurons, mapCount: inputs.count, tapCount: tapCount, weights: weights)
  }
}
