extension CellGrid {
  /// The same with blanks where pictures would have to be painted anew: what is on the screen as
  /// it should be stays, so that a picture that did not change costs nothing.
  ///
  /// Both grids are settled and of one size.
  ///
  /// - Complexity: O(cells).
  func leavingOutNewPictures(since old: CellGrid) -> CellGrid {
    var sketch = self
    for row in 0..<height {
      let isPicture = pictureCells(row)
      for column in 0..<width where isPicture[column] {
        if self[row, column] != old[row, column] { sketch[row, column] = .blank }
      }
    }
    return sketch
  }

  /// Which cells of a row belong to pictures: block elements in two colours, and what lies between
  /// and beside them in one.
  private func pictureCells(_ row: Int) -> [Bool] {
    var isPicture = (0..<width).map { column in
      let cell = self[row, column]
      return cell.style.background != nil && (0x2580...0x259F).contains(cell.glyph.value)
    }
    func spread(_ columns: some Sequence<Int>) {
      var isBeside = false
      for column in columns {
        let cell = self[row, column]
        let isFlat = cell.glyph == " " && cell.style.background != nil
        isBeside = isPicture[column] || isBeside && isFlat
        isPicture[column] = isBeside
      }
    }
    spread(0..<width)
    spread((0..<width).reversed())
    return isPicture
  }
}
