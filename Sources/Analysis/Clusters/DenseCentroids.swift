import Tensors

/// Centroids as rows of numbers.
struct DenseCentroids {
  private let rows: ClusteredRows
  private let width: Int
  /// Centroids one after another.
  private var centroids: [Float]

  /// Room for `capacity` centroids among `rows`.
  init(_ rows: ClusteredRows, capacity: Int) {
    self.rows = rows
    width = rows.columnCount
    centroids = Array(repeating: 0, count: capacity * rows.columnCount)
  }

  mutating func place(row: Int, at index: Int) {
    let values = rows.matrix.row(row)
    place(values, at: index)
  }

  /// - Complexity: O(members · columns).
  mutating func place(meanOf members: [Int], at index: Int) {
    let matrix = rows.matrix
    let source = matrix.values.span
    var sums = Array(repeating: Float(0), count: width)
    for row in members {
      add(source.extracting(row * width..<(row + 1) * width), to: &sums)
    }
    let scale = 1 / Float(members.count)
    place(sums.map { $0 * scale }, at: index)
  }

  mutating func place(_ moved: [MovedCentroid], from first: Int) {
    for (place, move) in moved.enumerated() {
      let source = centroids[move.source * width..<(move.source + 1) * width]
      let values = zip(source, move.offset).map { $0 + $1 }
      self.place(values, at: first + place)
    }
  }

  mutating func copy(_ source: Int, to target: Int) {
    for column in 0..<width {
      centroids[target * width + column] = centroids[source * width + column]
    }
  }

  /// - Complexity: O(indices · rows · columns).
  func score(_ indices: [Int], _ capacity: Int, into scores: inout [SIMD8<Float>]) {
    let quads = RowQuads(centroids.span, columnCount: width, rows: indices)
    let lengths = indices.map { index in
      var sum: Float = 0
      for value in centroids[index * width..<(index + 1) * width] { sum += value * value }
      return sum
    }
    rows.panels.forEachProduct(with: quads) { panel, place, products in
      scores[panel * capacity + indices[place]] = lengths[place] - 2 * products
    }
  }

  func squaredDistance(_ one: Int, _ other: Int) -> Float {
    let all = centroids.span
    let mine = all.extracting(one * width..<(one + 1) * width)
    let theirs = all.extracting(other * width..<(other + 1) * width)
    var sum: Float = 0
    for column in mine.indices {
      let difference = mine[column] - theirs[column]
      sum += difference * difference
    }
    return sum
  }

  private mutating func place(_ centroid: some Collection<Float>, at index: Int) {
    let base = index * width
    for (column, value) in centroid.enumerated() { centroids[base + column] = value }
  }

  /// Apart, so that both have one length that the compiler knows of: it then adds in vectors.
  private func add(_ values: Span<Float>, to sums: inout [Float]) {
    precondition(values.count == sums.count)
    var sums = sums.mutableSpan
    for place in values.indices { sums[place] += values[place] }
  }
}
