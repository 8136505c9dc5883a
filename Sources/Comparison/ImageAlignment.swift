import Analysis
import Tensors

/// How alike two layers see single images: linear centred kernel alignment with unbiased estimates of
/// the alignments it is a ratio of, so that few images and many neurons do not feign likeness. 1 for
/// the same up to rotation and one scale, about 0 (it may fall below) for nothing in common.
///
/// L. Song, A. Smola, A. Gretton, J. Bedo, K. Borgwardt, "Feature Selection via Dependence
/// Maximization", JMLR 13, 2012 (the unbiased estimate); S. Kornblith and others, ICML 2019,
/// arXiv:1905.00414 (the alignment); T. Nguyen, M. Raghu, S. Kornblith, ICLR 2021, arXiv:2010.15327
/// (both together).
public struct ImageAlignment: Equatable, Sendable {
  public var value: Double
  /// Images it rests on: those that both samples hold.
  public var imageCount: Int

  /// Fewer images say nothing.
  public static let smallestCount = 16

  /// Of the spatial means of the images that both samples hold.
  ///
  /// - Returns: Nil with fewer than ``smallestCount`` images, where a layer gives all the same, or
  ///   a value is not finite.
  /// - Complexity: O(images² · neurons), at most 512 images.
  public init?(_ first: ActivationSample, _ second: ActivationSample) {
    var places: [Int32: Int] = [:]
    for (place, image) in second.images.enumerated() { places[image] = place }
    var rows: [(Int, Int)] = []
    for (place, image) in first.images.enumerated() {
      if let other = places[image] { rows.append((place, other)) }
    }
    guard rows.count >= Self.smallestCount else { return nil }
    let one = columns(first, rows.map(\.0))
    let other = columns(second, rows.map(\.1))
    guard let value = unbiasedCKA(one, other) else { return nil }
    self.value = value
    imageCount = rows.count
  }
}

/// Spatial means, neurons × images.
private func columns(_ sample: ActivationSample, _ places: [Int]) -> Matrix {
  var values = Array(repeating: Float(0), count: sample.neuronCount * places.count)
  for (column, place) in places.enumerated() {
    for (neuron, value) in sample.means(at: place).enumerated() {
      values[neuron * places.count + column] = value
    }
  }
  return Matrix(rowCount: sample.neuronCount, columnCount: places.count, values: values)
}

/// Linear alignment from unbiased estimates; see ``ImageAlignment``.
///
/// - Parameters:
///   - first: Neurons × items, at least four.
///   - second: Neurons of another layer × the same items.
/// - Returns: Nil where a layer gives all items the same, or a value is not finite.
/// - Complexity: O(items² · neurons).
public func unbiasedCKA(_ first: Matrix, _ second: Matrix) -> Double? {
  precondition(first.columnCount == second.columnCount)
  guard first.columnCount > 3 else { return nil }
  let (a, b) = (gram(first), gram(second))
  let count = first.columnCount
  let (cross, own, other) = (
    unbiasedHSIC(a, b, count), unbiasedHSIC(a, a, count), unbiasedHSIC(b, b, count)
  )
  guard own > 0, other > 0, cross.isFinite, own.isFinite, other.isFinite else { return nil }
  return cross / (own * other).squareRoot()
}

/// Products of the items' columns, the diagonal left out. Each neuron's mean is taken away first,
/// which changes nothing but the size of the numbers; items × items.
private func gram(_ matrix: Matrix) -> [Double] {
  let items = matrix.columnCount
  var gram = Array(repeating: 0.0, count: items * items)
  for neuron in 0..<matrix.rowCount {
    let row = matrix.row(neuron).map(Double.init)
    let mean = row.reduce(0, +) / Double(items)
    let centred = row.map { $0 - mean }
    for i in 1..<items {
      let (value, start) = (centred[i], i * items)
      for j in 0..<i { gram[start + j] += value * centred[j] }
    }
  }
  for i in 0..<items {
    for j in 0..<i { gram[j * items + i] = gram[i * items + j] }
  }
  return gram
}

/// Song and others 2012, equation 5: from Gram matrices without diagonal.
private func unbiasedHSIC(_ a: [Double], _ b: [Double], _ count: Int) -> Double {
  var (trace, totalA, totalB, cross) = (0.0, 0.0, 0.0, 0.0)
  for i in 0..<count {
    var (rowA, rowB) = (0.0, 0.0)
    for j in i * count..<(i + 1) * count {
      trace += a[j] * b[j]
      rowA += a[j]
      rowB += b[j]
    }
    totalA += rowA
    totalB += rowB
    cross += rowA * rowB
  }
  let n = Double(count)
  return (trace + totalA * totalB / ((n - 1) * (n - 2)) - 2 * cross / (n - 2)) / (n * (n - 3))
}
