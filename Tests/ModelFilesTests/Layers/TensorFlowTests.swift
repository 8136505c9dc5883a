import Networks
import Tensors
import Testing

@testable import ModelFiles

@Suite struct TensorFlowTests {
  @Test(arguments: UInt64(0)..<50)
  func `a receptive field is what a chain of kernels touches`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var field = ReceptiveField.pixel
    var windows: [(size: Int, stride: Int, dilation: Int, pad: Int)] = []
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let window = (
        size: Int.random(in: 1...5, using: &random), stride: Int.random(in: 1...3, using: &random),
        dilation: Int.random(in: 1...2, using: &random), pad: Int.random(in: 0...2, using: &random)
      )
      windows.append(window)
      let geometry = WindowGeometry(
        size: [window.size, window.size], strides: [window.stride, window.stride],
        dilations: [window.dilation, window.dilation], padsBefore: [window.pad, window.pad],
        padsAfter: [window.pad, window.pad])
      field = try #require(field.after(geometry))
    }
    for output in [0, 1, 7] {
      // Positions that the output needs, walked back kernel by kernel.
      var touched: Set<Int> = [output]
      for window in windows.reversed() {
        touched = Set(
          touched.flatMap { place in
            (0..<window.size).map { place * window.stride - window.pad + $0 * window.dilation }
          })
      }
      let first = field.start[0] + output * field.jump[0]
      #expect(touched.min() == first)
      #expect(touched.max() == first + field.size[0] - 1)
    }
  }

  @Test func `fields unite when their positions line up`() {
    let small = ReceptiveField(size: [3, 3], jump: [2, 2], start: [-1, -1])
    let large = ReceptiveField(size: [4, 9], jump: [2, 2], start: [1, -3])
    #expect(small.union(large) == ReceptiveField(size: [6, 9], jump: [2, 2], start: [-1, -3]))
    #expect(small.union(.pixel) == nil)
  }

  @Test func `trails share their beginnings and come back in order`() {
    var trails = Trails()
    let first = trails.extend(0, "Add")
    let second = trails.extend(first, "Relu")
    #expect(trails.extend(first, "Relu") == second)
    #expect(trails.names(second) == ["Add", "Relu"])
    #expect(trails.length(second) == 2)
  }
}
