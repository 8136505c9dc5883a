import Canvas
import Tensors
import Testing

@testable import Explorer

struct ClusterHeatTests {
  @Test(arguments: UInt64(0)..<12)
  func `rows and columns are means of what they stand for`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (neurons, classes) = (Int.random(in: 1...30, using: &random), 23)
    var numbers = (0..<neurons * classes).map { _ in Float.random(in: -3...3, using: &random) }
    if seed % 2 == 1 { numbers[Int.random(in: numbers.indices, using: &random)] = .nan }
    let values = Matrix(rowCount: neurons, columnCount: classes, values: numbers)
    let members = Array(0..<neurons).shuffled(using: &random)
    let order = Array(0..<classes).shuffled(using: &random)
    let room = ScreenSize(height: 1 + Int(seed % 9), width: 1 + Int(seed * 3 % 25))
    let paint = HeatPaint(HeatRange(values), seed % 3 == 0 ? .layer : .row, Theme())
    let cluster = ClusterDigest(label: 0, letter: "A", members: members, firstRow: 0)

    let heat = ClusterHeat(cluster, values, paint, order: order, room: room)
    #expect(heat.rows == evenBins(neurons, into: room.height))
    for (row, shares) in zip(heat.rows, heat.shares) {
      for (bin, share) in zip(evenBins(classes, into: room.width), shares) {
        // One after the other, as any sum of them.
        let each = members[row].flatMap { neuron in
          order[bin].compactMap {
            paint.range.share(values[neuron, $0], neuron: neuron, scale: paint.scale)
          }
        }
        let mean = each.isEmpty ? Double.nan : each.reduce(0, +) / Double(each.count)
        #expect(share == mean || share.isNaN && mean.isNaN)
      }
    }
  }

  @Test func `a pane waits for its heatmaps and shows them once they are there`() {
    var state = settledState(height: 50, width: 200)
    let effects = update(&state, .key(.character("2")))
    #expect(!surveyed(state).heats.isEmpty && state.lacksPieces)
    let before = frame(state)
    for case .workOut(let number) in effects {
      _ = update(&state, workedOut(state, number: number))
    }
    #expect(surveyed(state).heats.isEmpty && !state.lacksPieces)
    let hasChanged = frame(state) != before
    let isWhole = frame(state) == frame(settledState(height: 50, width: 200, after: "2"))
    #expect(hasChanged && isWhole)
  }
}
