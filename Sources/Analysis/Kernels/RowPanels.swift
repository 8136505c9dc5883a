import Tensors

/// Rows eight to a panel, one row a SIMD lane, so that short rows waste no lanes.
///
/// The value of row `8·p + lane` in column `c` is lane `lane` of `values[p · columnCount + c]`;
/// rows past the last are zero.
struct RowPanels: Sendable {
  let rowCount: Int
  let columnCount: Int
  let values: [SIMD8<Float>]

  init(_ matrix: Matrix) {
    rowCount = matrix.rowCount
    columnCount = matrix.columnCount
    let panels = (matrix.rowCount + 7) / 8
    var values = Array(repeating: SIMD8<Float>.zero, count: panels * matrix.columnCount)
    for row in 0..<matrix.rowCount {
      let base = row / 8 * matrix.columnCount
      matrix.withRow(row) { source in
        for column in source.indices { values[base + column][row % 8] = source[column] }
      }
    }
    self.values = values
  }

  var panelCount: Int { (rowCount + 7) / 8 }
}

/// Rows four to a group, interleaved: the other operand of ``dotTile(_:_:)``.
///
/// The value of row `4·g + lane` in column `c` is lane `lane` of `values[g · columnCount + c]`.
struct RowQuads: Sendable {
  let rowCount: Int
  let columnCount: Int
  var values: [SIMD4<Float>]

  /// The rows of `matrix` named by `rows`, in that order.
  init(_ matrix: Span<Float>, columnCount: Int, rows: [Int]) {
    rowCount = rows.count
    self.columnCount = columnCount
    values = Array(repeating: .zero, count: (rows.count + 3) / 4 * columnCount)
    for (place, row) in rows.enumerated() {
      let source = matrix.extracting(row * columnCount..<(row + 1) * columnCount)
      let base = place / 4 * columnCount
      for column in source.indices { values[base + column][place % 4] = source[column] }
    }
  }

  /// Every row of `matrix`.
  init(_ matrix: Matrix) {
    self.init(
      matrix.values.span, columnCount: matrix.columnCount, rows: Array(0..<matrix.rowCount))
  }

  var groupCount: Int { (rowCount + 3) / 4 }
}

/// Dot products of eight rows with four others.
///
/// Each product is summed in column order, in single precision, without fused multiply-add: the
/// same bits on every processor, and `x·y` equals `y·x` exactly. Written as `a += x * y`:
/// `addProduct` is a library call per lane on x86-64 without FMA, 70 times slower.
///
/// - Complexity: 64 floating-point operations a column.
@inline(__always)
func dotTile(_ panel: Span<SIMD8<Float>>, _ quad: Span<SIMD4<Float>>) -> DotTile {
  precondition(panel.count == quad.count)
  var (first, second) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
  var (third, fourth) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
  for column in panel.indices {
    let (rows, others) = (panel[column], quad[column])
    first += rows * others.x
    second += rows * others.y
    third += rows * others.z
    fourth += rows * others.w
  }
  return DotTile(first: first, second: second, third: third, fourth: fourth)
}

/// Four columns of eight dot products.
struct DotTile {
  var first: SIMD8<Float>
  var second: SIMD8<Float>
  var third: SIMD8<Float>
  var fourth: SIMD8<Float>

  /// The column of the quad's row `lane`, 0…3.
  @inline(__always)
  subscript(lane: Int) -> SIMD8<Float> {
    switch lane {
    case 0: first
    case 1: second
    case 2: third
    default: fourth
    }
  }
}

extension RowPanels {
  /// Calls `body(panel, row, products)` for every panel of these rows and every row of `others`.
  ///
  /// - Complexity: O(rows · others · columns).
  @inline(__always)
  func forEachProduct(with others: RowQuads, _ body: (Int, Int, SIMD8<Float>) -> Void) {
    let (mine, theirs) = (values.span, others.values.span)
    for panel in 0..<panelCount {
      let rows = mine.extracting(panel * columnCount..<(panel + 1) * columnCount)
      for group in 0..<others.groupCount {
        let quad = theirs.extracting(group * columnCount..<(group + 1) * columnCount)
        let tile = dotTile(rows, quad)
        for lane in 0..<min(4, others.rowCount - group * 4) {
          body(panel, group * 4 + lane, tile[lane])
        }
      }
    }
  }

  /// Calls `body(row, products)` with the products of the rows of `panel` and of each row from the
  /// panel's first on: with every panel in turn, those of every two of these rows.
  ///
  /// - Parameter quads: The same rows.
  @inline(__always)
  func forEachProduct(
    of panel: Int, onwardIn quads: RowQuads, _ body: (Int, SIMD8<Float>) -> Void
  ) {
    let (mine, theirs) = (values.span, quads.values.span)
    let rows = mine.extracting(panel * columnCount..<(panel + 1) * columnCount)
    for group in panel * 2..<quads.groupCount {
      let quad = theirs.extracting(group * columnCount..<(group + 1) * columnCount)
      let tile = dotTile(rows, quad)
      for lane in 0..<min(4, quads.rowCount - group * 4) { body(group * 4 + lane, tile[lane]) }
    }
  }
}
