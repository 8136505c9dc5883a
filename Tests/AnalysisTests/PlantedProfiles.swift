import Tensors

/// Neurons of known types: every type responds to its own few classes, with gain and noise.
struct PlantedProfiles {
  let matrix: Matrix
  /// Type of each neuron.
  let types: [Int]

  init(typeCount: Int, perType: Int, classCount: Int, noise: Float = 0.05, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    types = (0..<typeCount * perType).map { $0 % typeCount }.shuffled(using: &random)
    var values: [Float] = []
    for type in types {
      let gain = Float.random(in: 0.5...8, using: &random)
      for column in 0..<classCount {
        let signal: Float = column % typeCount == type ? 1 : 0
        values.append(gain * (signal + Float.random(in: 0...noise, using: &random)))
      }
    }
    matrix = Matrix(rowCount: types.count, columnCount: classCount, values: values)
  }
}

/// Whether two labellings are the same partition.
func isSamePartition(_ first: [Int], _ second: [Int]) -> Bool {
  guard first.count == second.count else { return false }
  var forth: [Int: Int] = [:]
  var back: [Int: Int] = [:]
  for (one, other) in zip(first, second) {
    if forth[one, default: other] != other || back[other, default: one] != one { return false }
    forth[one] = other
    back[other] = one
  }
  return true
}

/// A matrix of uniform random values in 0…1.
func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
  var random = SeededGenerator(seed: seed)
  return Matrix(
    rowCount: rows, columnCount: columns,
    values: (0..<rows * columns).map { _ in Float.random(in: 0...1, using: &random) })
}

func cosineDistance(_ matrix: Matrix, _ one: Int, _ other: Int) -> Double {
  func dot(_ first: Int, _ second: Int) -> Double {
    zip(matrix.row(first), matrix.row(second)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  return 1 - dot(one, other) / (dot(one, one) * dot(other, other)).squareRoot()
}

func pathLength(_ matrix: Matrix, _ order: [Int]) -> Double {
  zip(order, order.dropFirst()).reduce(0) { $0 + cosineDistance(matrix, $1.0, $1.1) }
}

/// All orders of some items.
func permutations(_ items: [Int]) -> [[Int]] {
  guard items.count > 1 else { return [items] }
  return items.flatMap { first in
    permutations(items.filter { $0 != first }).map { [first] + $0 }
  }
}
