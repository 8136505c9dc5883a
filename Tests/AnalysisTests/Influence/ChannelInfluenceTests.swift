import Tensors
import Testing

@testable import Analysis

/// The convolution against loops that spell out its definition.
@Suite struct ChannelInfluenceTests {
  private struct Case {
    var window: InfluenceWindow
    var height = 0
    var width = 0
    var neurons = 0
    var maps = 0
    var values: [Float] = []
    var weights: [Float] = []
  }

  private func randomCase(_ seed: UInt64) -> Case {
    var random = SeededGenerator(seed: seed)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let window = InfluenceWindow(
      height: pick(1...3), width: pick(1...3), strides: [pick(1...2), pick(1...3)],
      dilations: [pick(1...2), pick(1...2)], padsBefore: [pick(0...2), pick(0...2)],
      padsAfter: [pick(0...2), pick(0...1)])
    var made = Case(window: window)
    (made.height, made.width) = (pick(1...9), pick(1...11))
    (made.neurons, made.maps) = (pick(1...19), pick(1...3))
    made.values = (0..<made.maps * made.height * made.width).map { _ in
      Float.random(in: -1...1, using: &random)
    }
    made.weights = (0..<made.neurons * made.maps * window.height * window.width).map { _ in
      Float.random(in: -1...1, using: &random)
    }
    return made
  }

  private func expected(_ made: Case, neuron: Int) -> (high: Double, low: Double) {
    let window = made.window
    let reach = [
      (window.height - 1) * window.dilations[0] + 1, (window.width - 1) * window.dilations[1] + 1,
    ]
    let rows = made.height + window.padsBefore[0] + window.padsAfter[0] - reach[0]
    let columns = made.width + window.padsBefore[1] + window.padsAfter[1] - reach[1]
    var found = (high: 0.0, low: 0.0)
    guard rows >= 0, columns >= 0 else { return found }
    for row in stride(from: 0, through: rows, by: window.strides[0]) {
      for column in stride(from: 0, through: columns, by: window.strides[1]) {
        var sum = 0.0
        for map in 0..<made.maps {
          for y in 0..<window.height {
            for x in 0..<window.width {
              let at = row + y * window.dilations[0] - window.padsBefore[0]
              let over = column + x * window.dilations[1] - window.padsBefore[1]
              guard (0..<made.height).contains(at), (0..<made.width).contains(over) else {
                continue
              }
              let place = ((neuron * made.maps + map) * window.height + y) * window.width + x
              sum +=
                Double(made.weights[place])
                * Double(made.values[(map * made.height + at) * made.width + over])
            }
          }
        }
        found = (max(found.high, sum), min(found.low, sum))
      }
    }
    return found
  }

  @Test func `strides, padding, dilation and several maps agree with plain loops`() {
    for seed in 0..<60 {
      let made = randomCase(UInt64(seed))
      let slices = InfluenceSlices(
        neurons: 5..<5 + made.neurons, mapCount: made.maps,
        tapCount: made.window.height * made.window.width, weights: made.weights)
      var convolution = InfluenceConvolution(made.window)
      var seen: [Int] = []
      // The second time buffers are used again.
      for _ in 0..<2 {
        seen = []
        convolution.measure(
          made.values.span, height: made.height, width: made.width, slices
        ) { neuron, found in
          let wanted = expected(made, neuron: neuron - 5)
          #expect(abs(Double(found.excitatory) - wanted.high) < 1e-5, "seed \(seed)")
          #expect(abs(Double(found.inhibitory) + wanted.low) < 1e-5, "seed \(seed)")
          seen.append(neuron)
        }
      }
      #expect(seen == Array(5..<5 + made.neurons))
    }
  }

  private func measured(_ map: [Float], _ weights: [Float]) -> [ChannelInfluence] {
    let slices = InfluenceSlices(
      neurons: 0..<weights.count, mapCount: 1, tapCount: 1, weights: weights)
    var convolution = InfluenceConvolution(InfluenceWindow(height: 1, width: 1))
    var found: [ChannelInfluence] = []
    convolution.measure(map.span, height: 1, width: map.count, slices) { found.append($1) }
    return found
  }

  @Test func `signs are kept apart and never netted`() {
    let found = measured([1, -3, 2], [2, -1])
    #expect(
      found == [
        ChannelInfluence(excitatory: 4, inhibitory: 6),
        ChannelInfluence(excitatory: 3, inhibitory: 2),
      ])
  }

  @Test func `what is not finite has no influence, its neighbours do`() {
    let weights = measured([1, 2], [.nan, 3])
    #expect(weights[0].excitatory.isNaN && weights[0].inhibitory.isNaN)
    #expect(weights[1].excitatory == 6)
    #expect(measured([1, .infinity], [1])[0].excitatory.isNaN)
    #expect(measured([0, 0], [5])[0] == ChannelInfluence(excitatory: 0, inhibitory: 0))
  }

  @Test func `padding beyond all memory is counted without overflow`() {
    let window = InfluenceWindow(height: 1, width: 1, padsAfter: [1 << 40, 1 << 40])
    #expect(window.paddedCount(1, 1, maps: 1) == .max)
    #expect(InfluenceWindow(height: 1, width: 1).paddedCount(3, 4, maps: 2) == 24)
  }
}
