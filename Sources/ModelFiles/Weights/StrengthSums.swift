import Networks
import Tensors

/// Adds up a layer's weights, handed over in the order in which they are stored, by the source
/// channels that arrive where they apply; for all sources at once.
struct StrengthSums {
  /// Neurons × channels of one source after the other.
  private var values: [Float]
  private let destinations: InputDestinations
  private let factors: [Float]
  private let order: WeightOrder
  private let kernelCount: Int
  private let innerCount: Int
  private let inputsPerGroup: Int
  private let neuronsPerGroup: Int
  private let neuronCount: Int
  /// Place of the next weight.
  private var outer = 0
  private var inner = 0
  private var position = 0

  init(
    _ layer: FoundLayer, _ sources: [(routes: [ChannelRoute], channelCount: Int)],
    _ factors: [Float]
  ) {
    neuronCount = layer.neuronCount
    values = Array(
      repeating: 0, count: sources.reduce(0) { $0 + layer.neuronCount * $1.channelCount })
    destinations = InputDestinations(
      sources, inputCount: layer.inputCount, neuronCount: layer.neuronCount)
    self.factors = factors
    let lengths = layer.weight.dimensions
    order = layer.weightOrder
    kernelCount = max(1, lengths.dropFirst(2).reduce(1, *))
    innerCount = lengths.count > 1 ? lengths[1] : 1
    inputsPerGroup = max(1, layer.kernelShape[1])
    neuronsPerGroup = max(1, layer.neuronCount / layer.groups)
  }

  mutating func add(_ weights: Span<Float>) {
    var place = 0
    while place < weights.count {
      let run = min(kernelCount - position, weights.count - place)
      var sum: Float = 0
      for i in place..<place + run { sum += weights[i] }
      add(sum)
      place += run
      position += run
      if position == kernelCount {
        position = 0
        inner += 1
        if inner == innerCount {
          inner = 0
          outer += 1
        }
      }
    }
  }

  private mutating func add(_ weight: Float) {
    let neuron: Int
    let input: Int
    switch order {
    case .outputFirst:
      neuron = outer
      input = outer / neuronsPerGroup * inputsPerGroup + inner
    case .inputFirst:
      neuron = inner
      input = outer
    case .transposedConvolution:
      neuron = outer / inputsPerGroup * neuronsPerGroup + inner
      input = outer
    }
    guard neuron < min(factors.count, neuronCount), let range = destinations.range(of: input)
    else { return }
    for index in range {
      let destination = destinations[index]
      values[destination.first + neuron * destination.stride] += weight * factors[neuron]
    }
  }

  /// What was added up, one matrix a source.
  func matrices(_ channelCounts: [Int]) -> [Matrix] {
    var start = 0
    return channelCounts.map { count in
      let end = start + neuronCount * count
      defer { start = end }
      return Matrix(
        rowCount: neuronCount, columnCount: count, values: Array(values[start..<end]))
    }
  }
}

/// For each input of a layer the channels that arrive there, by where their strengths lie.
private struct InputDestinations {
  struct Destination {
    /// Place of the strength for the first neuron.
    var first: Int
    /// Distance to that for the next one.
    var stride: Int
  }

  private var all: [Destination] = []
  /// Where the destinations of each input start; one more than there are inputs.
  private var starts: [Int] = [0]

  /// Most channels of a source that are followed to one input, where they are added before they
  /// arrive.
  private static let most = 16

  init(
    _ sources: [(routes: [ChannelRoute], channelCount: Int)], inputCount: Int, neuronCount: Int
  ) {
    var lists: [[Destination]] = Array(repeating: [], count: max(0, inputCount))
    var base = 0
    for source in sources {
      var counts = Array(repeating: 0, count: lists.count)
      for route in source.routes {
        for channel in 0..<max(0, route.count) {
          let from = route.sourceStart + channel * route.sourceStep
          for position in 0..<max(0, route.spatialCount) {
            let input =
              route.targetStart + channel * route.targetStep + position * route.positionStep
            guard lists.indices.contains(input), counts[input] < Self.most else { continue }
            counts[input] += 1
            guard (0..<source.channelCount).contains(from) else { continue }
            lists[input].append(Destination(first: base + from, stride: source.channelCount))
          }
        }
      }
      base += neuronCount * source.channelCount
    }
    for list in lists {
      all += list
      starts.append(all.count)
    }
  }

  subscript(index: Int) -> Destination { all[index] }

  /// Nil for an input that the layer does not have.
  func range(of input: Int) -> Range<Int>? {
    guard input >= 0, input + 1 < starts.count else { return nil }
    return starts[input]..<starts[input + 1]
  }
}
