import Canvas
import Tensors

/// Names over the columns of a heatmap: level where they fit, else downwards.
struct ClassLabels {
  var columns: HeatColumns
  var names: [String]
  var height: Int

  private static let levelWidth = 5
  private static let tallest = 7

  init(_ columns: HeatColumns, names: [String], classCount: Int, room: Int) {
    self.columns = columns
    let binned = columns.isBinned(classCount)
    self.names = binned ? [] : names
    if binned || names.isEmpty {
      height = 1
    } else if columns.cellsPerBin >= ClassLabels.levelWidth {
      height = 1
    } else {
      let longest = names.map { min($0.count, ClassLabels.tallest) }.max() ?? 1
      height = max(1, min(longest, room / 4))
    }
  }

  /// Draws the names from `row` down; the selected one stands out.
  func draw(_ row: Int, _ column: Int, selected: Int?, on surface: inout Surface) {
    guard !names.isEmpty else {
      let text =
        "\(NumberText.counted(columns.bins.count, "column")), each the mean of several classes"
      surface.text(text, row, column, .dim, width: columns.width)
      return
    }
    for (place, name) in names.enumerated() {
      let role: StyleRole = place == selected ? .key : .label
      let left = column + place * columns.cellsPerBin
      if columns.cellsPerBin >= ClassLabels.levelWidth {
        surface.text(
          name, row, left, role, width: columns.cellsPerBin - 1, truncation: .clip)
      } else {
        for (offset, letter) in name.prefix(height).enumerated() {
          surface.text(String(letter), row + offset, left, role, width: columns.cellsPerBin)
        }
      }
    }
  }
}
