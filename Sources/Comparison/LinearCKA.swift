import Tensors

/// How alike two layers see the same items, whatever their neurons are called: linear centred
/// kernel alignment, 0 for nothing in common, 1 for the same up to rotation and one scale.
///
/// S. Kornblith, M. Norouzi, H. Lee, G. Hinton, "Similarity of Neural Network Representations
/// Revisited", ICML 2019, arXiv:1905.00414. With fewer items than neurons the value is biased
/// upwards; compare it among layers, not with 1.
///
/// - Parameters:
///   - first: Neurons × items.
///   - second: Neurons of another layer × the same items.
/// - Returns: Nil where a layer gives all items the same, or a value is not finite.
/// - Complexity: O(items² · neurons).
public func linearCKA(_ first: Matrix, _ second: Matrix) -> Double? {
  precondition(first.columnCount == second.columnCount)
  let (a, b) = (centredGram(first), centredGram(second))
  let (cross, own, other) = (product(a, b), product(a, a), product(b, b))
  guard own > 0, other > 0, cross.isFinite, own.isFinite, other.isFinite else { return nil }
  return max(0, min(1, cross / (own * other).squareRoot()))
}

/// Products of the items' columns after taking each neuron's mean away; items × items.
private func centredGram(_ matrix: Matrix) -> [Double] {
  let items = matrix.columnCount
  var gram = Array(repeating: 0.0, count: items * items)
  for neuron in 0..<matrix.rowCount {
    let row = matrix.row(neuron).map(Double.init)
    let mean = row.reduce(0, +) / Double(max(1, items))
    let centred = row.map { $0 - mean }
    for i in 0..<items {
      for j in 0...i { gram[i * items + j] += centred[i] * centred[j] }
    }
  }
  for i in 0..<items {
    for j in 0..<i { gram[j * items + i] = gram[i * items + j] }
  }
  return gram
}

private func product(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
