import Tensors
import TestSupport
import Testing

@testable import Analysis

/// Distances of rows, whole and cut short.
struct SquareDistancesTests {
  @Test(arguments: [1, 7, 8, 33, 70])
  func `cut short, the first rows are done and all others have nothing in common`(count: Int) {
    let rows = ActivationProfiles(randomMatrix(count, 4, seed: 3)).unitRows
    let whole = SquareDistances.cosine(rows)
    for asked in 0...(count / 8 + 1) {
      let cut = SquareDistances.cosine(rows, isCancelled: Stop(after: asked).isCancelled)
      let done = (0..<count).filter { row in
        (0..<count).allSatisfy { cut[row, $0] == whole[row, $0] }
      }
      for row in 0..<count where !done.contains(row) {
        for column in 0..<count where !done.contains(column) {
          #expect(cut[row, column] == (row == column ? .infinity : 1))
        }
      }
      #expect(asked > 0 || count < 2 || done.isEmpty)
    }
  }
}
