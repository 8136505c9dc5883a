import Tensors

/// Centroids, the rows nearest to them, and Lloyd's iteration over both.
///
/// S. P. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28(2), 1982,
/// doi:10.1109/TIT.1982.1056489.
///
/// Ours: products of rows and centroids are kept, and only those of centroids that moved are
/// computed again. The result is that of the full computation, bit for bit, for a fraction of it:
/// late iterations move few centroids.
struct LloydSearch {
  let rows: ClusteredRows
  /// Most centroids there is room for.
  let capacity: Int
  private(set) var centroidCount = 0
  private(set) var centroids: Centroids
  /// Centroid of each row, eight rows to a vector; -1 before the first assignment.
  private(set) var labels: [SIMD8<Int32>]
  /// Squared distance from the row's centroid.
  private(set) var nearest: [SIMD8<Float>]
  /// Squared distance from the second nearest centroid.
  private(set) var second: [SIMD8<Float>]
  /// Squared length of centroid less twice its product with each row: panel × capacity.
  private(set) var scores: [SIMD8<Float>]
  /// Centroids whose scores are out of date.
  private var isStale: [Bool]
  /// Centroids that are not the mean of their rows.
  private var needsMean: [Bool]
  private(set) var inertia = Double.infinity

  init(_ rows: ClusteredRows, capacity: Int) {
    self.rows = rows
    centroids = Centroids(rows, capacity: capacity)
    self.capacity = capacity
    let panels = (rows.count + 7) / 8
    labels = Array(repeating: SIMD8(repeating: -1), count: panels)
    nearest = Array(repeating: .zero, count: panels)
    second = Array(repeating: .zero, count: panels)
    scores = Array(repeating: SIMD8(repeating: .infinity), count: panels * capacity)
    isStale = Array(repeating: false, count: capacity)
    needsMean = Array(repeating: false, count: capacity)
  }

  func label(of row: Int) -> Int { Int(labels[row / 8][row % 8]) }

  func distance(of row: Int) -> Float { nearest[row / 8][row % 8] }

  /// Repeats assignment and means until no row changes its centroid, the inertia falls by less
  /// than `tolerance` of itself, or the limit is reached.
  ///
  /// - Parameter isCancelled: Asked at each step; true ends with what there is.
  mutating func run(tolerance: Double, limit: Int = 300, isCancelled: () -> Bool) {
    for _ in 0..<limit where !isCancelled() {
      let before = inertia
      let hasChanged = assign()
      if !hasChanged || before - inertia <= tolerance * inertia { return }
      moveToMeans()
    }
  }

  /// Takes `row` to another centroid; the means follow with ``moveToMeans()``.
  mutating func move(row: Int, to index: Int) {
    needsMean[label(of: row)] = true
    needsMean[index] = true
    labels[row / 8][row % 8] = Int32(truncatingIfNeeded: index)
  }

  /// Lets the next ``run(tolerance:limit:isCancelled:)`` make at least one step.
  mutating func forgetInertia() { inertia = .infinity }

  /// Adds a row as centroid; rows join it at the next assignment.
  mutating func append(row: Int) {
    precondition(centroidCount < capacity)
    centroids.place(row: row, at: centroidCount)
    noteAdded(1)
  }

  /// Adds centroids near others; rows join them at the next assignment.
  mutating func append(_ moved: [MovedCentroid]) {
    precondition(centroidCount + moved.count <= capacity)
    centroids.place(moved, from: centroidCount)
    noteAdded(moved.count)
  }

  private mutating func noteAdded(_ count: Int) {
    for index in centroidCount..<centroidCount + count { notePlaced(index) }
    centroidCount += count
    inertia = .infinity
  }

  /// Removes centroids; the others keep their order and move down.
  mutating func remove(_ removed: [Int]) {
    var places = Array(repeating: Int32(-1), count: centroidCount)
    var next = 0
    for index in 0..<centroidCount where !removed.contains(index) {
      if index != next { move(index, to: next) }
      places[index] = Int32(next)
      next += 1
    }
    for panel in labels.indices {
      for lane in 0..<8 where labels[panel][lane] >= 0 {
        labels[panel][lane] = places[Int(labels[panel][lane])]
      }
    }
    centroidCount = next
    inertia = .infinity
  }

  private mutating func move(_ source: Int, to target: Int) {
    centroids.copy(source, to: target)
    for panel in labels.indices {
      scores[panel * capacity + target] = scores[panel * capacity + source]
    }
    isStale[target] = isStale[source]
    needsMean[target] = needsMean[source]
  }

  private mutating func notePlaced(_ index: Int) {
    isStale[index] = true
    needsMean[index] = true
  }
}

extension LloydSearch {
  /// Gives every row its nearest centroid, the lowest of equals; true when one changed.
  @discardableResult
  mutating func assign() -> Bool {
    refreshScores()
    var hasChanged = false
    for panel in labels.indices {
      var best = SIMD8<Float>(repeating: .infinity)
      var next = best
      var label = SIMD8<Int32>(repeating: -1)
      let base = panel * capacity
      for index in 0..<centroidCount {
        let score = scores[base + index]
        let isBest = score .< best
        let loser = score.replacing(with: best, where: isBest)
        next.replace(with: loser, where: loser .< next)
        best.replace(with: score, where: isBest)
        label.replace(with: Int32(truncatingIfNeeded: index), where: isBest)
      }
      note(label, best, next, panel, &hasChanged)
    }
    inertia = (0..<rows.count).reduce(0.0) { $0 + Double(distance(of: $1)) }
    return hasChanged
  }

  @inline(__always)
  private mutating func note(
    _ label: SIMD8<Int32>, _ best: SIMD8<Float>, _ next: SIMD8<Float>, _ panel: Int,
    _ hasChanged: inout Bool
  ) {
    let before = labels[panel]
    if hasBits(label ^ before) {
      for lane in 0..<min(8, rows.count - panel * 8) where label[lane] != before[lane] {
        hasChanged = true
        needsMean[Int(label[lane])] = true
        if before[lane] >= 0 { needsMean[Int(before[lane])] = true }
      }
      labels[panel] = label
    }
    let lengths = rows.lengths(panel)
    let (one, two) = (best + lengths, next + lengths)
    nearest[panel] = one.replacing(with: 0, where: one .< 0)
    second[panel] = two.replacing(with: 0, where: two .< 0)
  }

  /// Whether any lane is not 0, without a look at each.
  @inline(__always)
  private func hasBits(_ lanes: SIMD8<Int32>) -> Bool {
    let four = lanes.lowHalf | lanes.highHalf
    let two = four.lowHalf | four.highHalf
    return two[0] | two[1] != 0
  }

  private mutating func refreshScores() {
    let stale = (0..<centroidCount).filter { isStale[$0] }
    guard !stale.isEmpty else { return }
    for index in stale { isStale[index] = false }
    centroids.score(stale, capacity, into: &scores)
  }

  /// Moves centroids to the mean of their rows; one without rows goes to the row farthest from
  /// its own centroid, the lowest of equals.
  mutating func moveToMeans() {
    let members = staleMembers()
    var taken: [Int] = []
    for index in 0..<centroidCount where needsMean[index] {
      if !members[index].isEmpty {
        centroids.place(meanOf: members[index], at: index)
        notePlaced(index)
        needsMean[index] = false
      } else if let row = farthestRow(except: taken) {
        taken.append(row)
        centroids.place(row: row, at: index)
        notePlaced(index)
      }
    }
  }

  private func farthestRow(except taken: [Int]) -> Int? {
    var best: Int?
    for row in 0..<rows.count where distance(of: row) > 0 && !taken.contains(row) {
      if distance(of: row) > best.map({ distance(of: $0) }) ?? 0 { best = row }
    }
    return best
  }

  /// Rows of each centroid that is not their mean, ascending.
  private func staleMembers() -> [[Int]] {
    var members = Array(repeating: [Int](), count: centroidCount)
    for panel in labels.indices {
      let own = labels[panel]
      for lane in 0..<min(8, rows.count - panel * 8) where needsMean[Int(own[lane])] {
        members[Int(own[lane])].append(panel * 8 + lane)
      }
    }
    return members
  }
}
