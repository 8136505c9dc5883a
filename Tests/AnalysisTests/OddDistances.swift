import Tensors

@testable import Analysis

/// Distances between random rows, of which one row's, every third, or all are `odd`.
func oddDistances(_ count: Int, _ odd: Float, seed: UInt64) -> [SquareDistances] {
  let sound = SquareDistances.cosine(
    ActivationProfiles(randomMatrix(count, 3, seed: seed)).unitRows)
  let kinds: [(Int, Int) -> Bool] = [
    { one, other in min(one, other) == 0 }, { one, other in (one + other) % 3 == 0 },
    { _, _ in true },
  ]
  return kinds.map { isOdd in
    var distances = sound
    for one in 0..<count {
      for other in 0..<count where one != other && isOdd(one, other) {
        distances[one, other] = odd
      }
    }
    return distances
  }
}
