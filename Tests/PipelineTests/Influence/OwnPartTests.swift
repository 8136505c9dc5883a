import Analysis
import Networks
import Tensors
import Testing

@testable import Pipeline

/// Parts of a tensor of 2 channels of 2 × 3.
@Suite struct OwnPartTests {
  private func part(_ values: [Float]) throws -> OwnPart {
    OwnPart(values.span, try #require(FeatureMaps(shape: [1, 2, 2, 3], channelAxis: 1)))
  }
  /// Whether a step fits a part that a tensor of this shape steers.
  private func apply(
    _ step: InfluencePath.Step, _ shape: [Int], _ steering: [Float], to part: inout OwnPart
  ) -> Bool {
    part.apply(step, shape, steering.span)
  }

  private func apply(_ step: InfluencePath.Step, to part: inout OwnPart) -> Bool {
    part.apply(step)
  }

  private let ramp = (0..<12).map { Float($0 + 1) }

  @Test func `a factor stands for a channel, a row, a place or all`() throws {
    let expected: [([Int], [Float], [Float])] = [
      ([1, 2, 1, 1], [2, 10], [2, 4, 6, 8, 10, 12, 70, 80, 90, 100, 110, 120]),
      ([1, 1, 2, 1], [2, 10], [2, 4, 6, 40, 50, 60, 14, 16, 18, 100, 110, 120]),
      ([1, 1, 1, 1], [3], ramp.map { 3 * $0 }),
      ([1, 2, 2, 3], ramp, ramp.map { $0 * $0 }),
    ]
    for (shape, factors, result) in expected {
      var part = try part(ramp)
      #expect(apply(.multiply(tensor: "gate"), shape, factors, to: &part))
      #expect(part.values == result)
    }
    var unfitting = try part(ramp)
    #expect(!apply(.multiply(tensor: "gate"), [1, 2, 3, 1], Array(ramp.prefix(6)), to: &unfitting))
    #expect(!apply(.multiply(tensor: "gate"), [1, 2, 1, 1], ramp, to: &unfitting))
  }

  @Test func `a maximum pool takes the part where the whole is largest, the first of equals`()
    throws
  {
    let seen: [Float] = [0, 5, 5, 0, 5, 0, -1, -2, -3, -4, -5, -6]
    let window = PoolWindow(size: [2, 2], positions: [1, 2])
    var part = try part(ramp)
    #expect(apply(.pick(tensor: "sum", window), [1, 2, 2, 3], seen, to: &part))
    #expect(part.values == [2, 2, 7, 8])
    #expect(part.maps.height == 1 && part.maps.width == 2)
  }

  @Test func `padding counts in a mean only if the pool says so`() throws {
    let window = PoolWindow(
      size: [2, 2], strides: [2, 2], padsBefore: [1, 1], positions: [1, 2])
    var part = try part(ramp)
    #expect(apply(.mean(window, countsPadding: false), to: &part))
    #expect(part.values == [1, 2.5, 7, 8.5])
    part = try self.part(ramp)
    #expect(apply(.mean(window, countsPadding: true), to: &part))
    #expect(part.values == [0.25, 1.25, 1.75, 4.25])
  }

  /// What is added up before a pool, a gate or a mean is what comes out behind it.
  @Test func `parts of a sum make up what the whole becomes`() throws {
    for seed in 0..<20 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let addends = (0..<3).map { _ in
        (0..<12).map { _ in Float(Int.random(in: -8...8, using: &random)) }
      }
      let sum = (0..<12).map { place in addends.reduce(0) { $0 + $1[place] } }
      let factors = (0..<2).map { _ in Float(Int.random(in: 0...4, using: &random)) / 4 }
      let pool = PoolWindow(
        size: [2, 2], padsBefore: [Int.random(in: 0...1, using: &random), 0], positions: [1, 2])
      func result(_ values: [Float]) throws -> [Float] {
        var part = try part(values)
        #expect(apply(.gate(tensor: "sum"), [1, 2, 2, 3], sum, to: &part))
        #expect(apply(.multiply(tensor: "gate"), [1, 2, 1, 1], factors, to: &part))
        #expect(
          apply(.pick(tensor: "sum", pool), [1, 2, 2, 3], sum.map { max(0, $0) }, to: &part))
        #expect(
          apply(
            .mean(PoolWindow(size: [1, 2], positions: [1, 1]), countsPadding: false), to: &part))
        return part.values
      }
      let parts = try addends.map(result)
      let whole = try result(sum)
      #expect(whole.indices.map { place in parts.reduce(0) { $0 + $1[place] } } == whole)
    }
  }
}
