extension CellGrid {
  /// The same with blanks for lines between things that are not on the screen yet.
  ///
  /// Both grids are of one size.
  ///
  /// - Complexity: O(cells).
  func withoutNewEdges(since old: CellGrid) -> CellGrid {
    var grid = self
    for (index, cell) in cells.enumerated() where cell.isEdge && cell != old.cells[index] {
      grid[index / width, index % width] = .blank
    }
    return grid
  }
}

/// How coarsely pictures stand in for themselves: tiles of so many cells, each of one colour.
struct SketchTile: Equatable {
  var height: Int
  var width: Int

  /// From fine to coarse; cells are about twice as high as wide. The last is a whole picture.
  static let all = [
    SketchTile(height: 1, width: 1), SketchTile(height: 1, width: 2),
    SketchTile(height: 2, width: 4), SketchTile(height: 3, width: 6),
    SketchTile(height: 4, width: 8), SketchTile(height: 6, width: 12),
    SketchTile(height: 8, width: 16), SketchTile(height: 12, width: 24),
    SketchTile(height: 16, width: 32), SketchTile(height: 256, width: 256),
  ]
}

/// A frame whose new pictures can be shown coarsely.
///
/// A tile of a picture that is on the screen as it should be stays.
struct Sketch {
  /// A picture's cell.
  private struct Part {
    /// In the frame's cells.
    var index: Int
    var place: PicturePlace
    /// Its colour; in the fourth lane the share of ink.
    var mean: LinearPixel
    var isChanged: Bool
  }

  private let frame: CellGrid
  private let tier: DisplayTier
  /// Row-major.
  private let parts: [Part]
  /// Places in the frame's cells of what would have to be painted.
  private let changed: [Int]

  /// Both grids are settled and of one size.
  ///
  /// - Complexity: O(cells).
  init(_ frame: CellGrid, since old: CellGrid, tier: DisplayTier) {
    self.frame = frame
    self.tier = tier
    var parts: [Part] = []
    for (index, cell) in frame.cells.enumerated() {
      guard let place = cell.place else { continue }
      parts.append(
        Part(
          index: index, place: place, mean: cell.inkMean, isChanged: cell != old.cells[index]))
    }
    self.parts = parts
    changed = parts.compactMap { $0.isChanged ? $0.index : nil }
  }

  /// Cells of pictures to be painted.
  var count: Int { changed.count }

  /// The frame with a mean colour for each tile that has to be painted, up to the cell numbered
  /// `count` of those that have to; tiles that have only later ones of them are blank.
  ///
  /// - Complexity: O(cells).
  func drawn(in tile: SketchTile, count: Int = .max) -> CellGrid {
    let end = count < changed.count ? changed[max(0, count)] : frame.cells.count
    // Of each tile, at its start; the first cell to be painted tells whether there is any.
    var (first, sums) = (
      Array(repeating: Int.max, count: frame.cells.count),
      Array(repeating: LinearPixel.zero, count: frame.cells.count)
    )
    var sizes = Array(repeating: Float(0), count: frame.cells.count)
    for part in parts {
      let start = start(of: part, tile)
      sums[start] += part.mean
      sizes[start] += 1
      if part.isChanged { first[start] = min(first[start], part.index) }
    }
    var sketch = frame
    for part in parts {
      let start = start(of: part, tile)
      guard first[start] < .max else { continue }
      sketch[part.index / frame.width, part.index % frame.width] =
        first[start] < end ? flat(sums[start] / sizes[start]) : .blank
    }
    return sketch
  }

  /// The top left of the tile that a part belongs to, on the screen.
  private func start(of part: Part, _ tile: SketchTile) -> Int {
    let row = part.index / frame.width - Int(part.place.row) % tile.height
    let column = part.index % frame.width - Int(part.place.column) % tile.width
    return max(0, row) * frame.width + max(0, column)
  }

  /// A ground of one colour; ink where there are no colours.
  private func flat(_ mean: LinearPixel) -> Cell {
    guard tier.colors == .mono else { return Cell(" ", Style(background: Color(mean))) }
    let inks = Unicode.Scalar.inks(tier.glyphs)
    return Cell(inks[Int(mean.w * Float(inks.count - 1) + 0.5)])
  }
}

extension Cell {
  /// The mean colour of a cell, and in the fourth lane the share of it that its glyph covers.
  fileprivate var inkMean: LinearPixel {
    let cover = glyph.inkCover
    // Text in the terminal's own colour is about this grey.
    let front = style.foreground.map(LinearPixel.init) ?? LinearPixel(200, 200, 200, 0)
    let back = style.background.map(LinearPixel.init) ?? .zero
    var mean = front * cover + back * (1 - cover)
    mean.w = cover
    return mean
  }
}

extension LinearPixel {
  fileprivate init(_ color: Color) {
    self.init(Float(color.red), Float(color.green), Float(color.blue), 0)
  }
}

extension Unicode.Scalar {
  /// Glyphs of growing ink, for pictures without colours.
  static func inks(_ tier: GlyphTier) -> [Unicode.Scalar] {
    tier == .ascii
      ? [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"] : [" ", "░", "▒", "▓", "█"]
  }

  /// Share of a cell that a glyph of pictures covers.
  fileprivate var inkCover: Float {
    switch value {
    case 0x20: 0
    case 0x2580, 0x2584, 0x258C, 0x2590, 0x2592, 0x259A, 0x259E: 0.5
    case 0x2591, 0x2596...0x2598, 0x259D: 0.25
    case 0x2593, 0x2599, 0x259B, 0x259C, 0x259F: 0.75
    case 0x2588: 1
    default:
      Unicode.Scalar.inks(.ascii).firstIndex(of: self).map { Float($0) / 9 } ?? 0.5
    }
  }
}
