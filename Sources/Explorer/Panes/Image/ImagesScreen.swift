import Atlases
import Canvas
import Networks
import Tensors

/// The images that the filter lets through: those of a cell of the confusion matrix, of a class…
func drawImages(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let images = state.listedImages
  let inner = surface.box(
    area, title: state.filterText, badge: state.imageFilter.order.title, isFocused: true)
  drawImageTiles(
    images,
    caption: { place in
      state.prediction(of: images[place]).map { NumberText.percent(Double($0.confidence), 0) }
        ?? "not run"
    }, state, in: inner, on: &surface)
  if images.indices.contains(state.selection.item) {
    surface.readout = imageReadout(images[state.selection.item], state)
  }
}

/// Pictures side by side, a caption under each; the list's cursor is on one of them.
func drawImageTiles(
  _ images: [Int], caption: (Int) -> String, _ state: ExplorerState, in inner: CellRect,
  on surface: inout Surface
) {
  let room = CellRect(
    row: inner.row, column: inner.column + 1, height: inner.height, width: inner.width - 2)
  guard !images.isEmpty else {
    surface.text("no image", room.row, room.column, .dim, width: room.width)
    return
  }
  let grid = TileGrid(images.count, in: room, largest: 9)
  surface.survey.patchColumns = grid.columns
  let rows = (images.count + grid.columns - 1) / grid.columns
  let start = surface.scrollStart(
    .images, state, cursor: state.selection.item / grid.columns, count: rows,
    visible: grid.visibleRows)
  let last = min(images.count, (start + grid.visibleRows) * grid.columns)
  for index in min(start * grid.columns, last)..<last {
    guard let place = grid.picture(index, start: start, in: room) else { continue }
    surface.mark(
      CellRect(row: place.row, column: place.column, height: grid.rowHeight, width: place.width),
      .item(index))
    surface.picture(images[index], in: place, state)
    if grid.hasCaption {
      surface.text(caption(index), place.endRow, place.column, .dim, width: place.width)
      if index == state.selection.item {
        surface.restyle(
          CellRect(row: place.endRow, column: place.column, height: 1, width: place.width),
          .selection)
      }
    }
  }
}

/// Name, label, prediction.
func imageReadout(_ image: Int, _ state: ExplorerState) -> [(String, StyleRole)] {
  var pieces: [(String, StyleRole)] = [(state.imageName(image), .value)]
  pieces.append((" · \(state.label(of: image).map(state.className) ?? "no label")", .label))
  if let prediction = state.prediction(of: image) {
    let confidence = NumberText.percent(Double(prediction.confidence))
    pieces.append(
      (" · classified as \(state.outputName(Int(prediction.output))), \(confidence) sure", .label))
  }
  return pieces
}

extension ExplorerState {
  func prediction(of image: Int) -> ImagePrediction? {
    guard let predictions = atlas.classification?.predictions, predictions.indices.contains(image)
    else { return nil }
    return predictions[image]
  }
}
