import Tensors

/// The windows of ``MeanShift`` on their way to the modes.
struct WindowSearch {
  private let rows: ClusteredRows
  private let squaredRadius: Float
  /// Middles of the windows one after another; windows × columns.
  private var middles: [Float]
  /// Rows inside each window.
  private var supports: [Int]
  /// Windows that still move.
  private var moving: [Int]

  init(_ rows: ClusteredRows, starts: [Int], squaredRadius: Float) {
    self.rows = rows
    self.squaredRadius = squaredRadius
    middles = starts.flatMap { rows.matrix.row($0) }
    supports = Array(repeating: 0, count: starts.count)
    moving = Array(starts.indices)
  }

  /// Windows moved between two askings whether to go on.
  private static let windowsAtOnce = 32

  /// Moves every window to the mean of the rows in it; false when none moved.
  ///
  /// - Parameter isCancelled: Asked every few windows; true takes the others as they are.
  /// - Complexity: O(windows · rows · columns).
  mutating func climb(isCancelled: () -> Bool) -> Bool {
    var stillMoving: [Int] = []
    for first in stride(from: 0, to: moving.count, by: Self.windowsAtOnce) {
      if isCancelled() { break }
      let windows = Array(moving[first..<min(first + Self.windowsAtOnce, moving.count)])
      for (window, inside) in zip(windows, rowsInside(windows)) {
        supports[window] = inside.count
        if move(window, to: inside) { stillMoving.append(window) }
      }
    }
    moving = stillMoving
    return !moving.isEmpty
  }

  private func rowsInside(_ windows: [Int]) -> [[Int]] {
    let distances = squaredDistances(windows)
    return distances.map { distances in
      distances.indices.filter { distances[$0] <= squaredRadius }
    }
  }

  /// Squared distances of all rows from the middles of `windows`; windows × rows.
  private func squaredDistances(_ windows: [Int]) -> [[Float]] {
    let width = rows.columnCount
    let quads = RowQuads(middles.span, columnCount: width, rows: windows)
    let lengths = windows.map { window in
      middles[window * width..<(window + 1) * width].reduce(Float(0)) { $0 + $1 * $1 }
    }
    var result = Array(
      repeating: Array(repeating: Float(0), count: rows.count), count: windows.count)
    rows.panels.forEachProduct(with: quads) { panel, place, products in
      for lane in 0..<min(8, rows.count - panel * 8) {
        let row = panel * 8 + lane
        let square = rows.squaredLengths[row] + lengths[place] - 2 * products[lane]
        result[place][row] = max(0, square)
      }
    }
    return result
  }

  /// Whether the window moved by more than a thousandth of its radius.
  private mutating func move(_ window: Int, to inside: [Int]) -> Bool {
    guard !inside.isEmpty else { return false }
    let width = rows.columnCount
    var sum = Array(repeating: Float(0), count: width)
    for row in inside {
      rows.matrix.withRow(row) { source in
        for column in source.indices { sum[column] += source[column] }
      }
    }
    let scale = 1 / Float(inside.count)
    var moved: Float = 0
    for column in 0..<width {
      let mean = sum[column] * scale
      let step = mean - middles[window * width + column]
      moved += step * step
      middles[window * width + column] = mean
    }
    return moved > squaredRadius * 1e-6
  }

  /// Mode of each row: the one nearest among windows that ended apart from each other, those
  /// with more rows first.
  func labels() -> [Int] {
    let width = rows.columnCount
    let byRows = supports.indices.sorted {
      supports[$0] == supports[$1] ? $0 < $1 : supports[$0] > supports[$1]
    }
    var modes: [Int] = []
    for window in byRows {
      let isApart = modes.allSatisfy { mode in
        var square: Float = 0
        for column in 0..<width {
          let step = middles[window * width + column] - middles[mode * width + column]
          square += step * step
        }
        return square > squaredRadius
      }
      if isApart { modes.append(window) }
    }
    let distances = squaredDistances(modes)
    return (0..<rows.count).map { row in
      modes.indices.min { distances[$0][row] < distances[$1][row] } ?? 0
    }
  }
}
