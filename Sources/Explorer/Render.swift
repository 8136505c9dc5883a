import Canvas

/// Draws the whole screen. Equal states draw equal frames; the size is that of the grid.
package func render(_ state: ExplorerState, into grid: inout CellGrid) {
  var fitted = FittedPictures()
  render(state, into: &grid, with: &fitted)
}

/// The same frame, sooner where its pictures were fitted to cells before.
package func render(
  _ state: ExplorerState, into grid: inout CellGrid, with fitted: inout FittedPictures
) {
  var surface = Surface(
    CellGrid(height: grid.height, width: grid.width), state.context.theme)
  swap(&surface.fitted, &fitted)
  drawScreen(state, on: &surface)
  swap(&surface.fitted, &fitted)
  grid = surface.grid
}

/// Lays out and draws; the same for frames and surveys.
func drawScreen(_ state: ExplorerState, on surface: inout Surface) {
  let area = surface.bounds
  let minimum = RenderContext.minimumSize
  guard area.height >= minimum.height, area.width >= minimum.width else {
    let need = "convscope needs \(minimum.width)×\(minimum.height), this is "
    let lines = wrapped("\(need)\(area.width)×\(area.height)", to: max(1, area.width))
    for (index, line) in lines.enumerated() {
      surface.text(line, max(0, (area.height - lines.count) / 2) + index, 0, width: area.width)
    }
    return
  }
  if !surface.isSurvey { drawHeader(state, on: &surface) }
  if !surface.isLayoutAlone { drawFooter(state, on: &surface) }
  let body = CellRect(row: 1, column: 0, height: area.height - 3, width: area.width)
  drawBody(state, in: body, on: &surface)
  if !surface.isSurvey { drawStatus(state, on: &surface) }
  if let prompt = state.prompt {
    drawPrompt(prompt, state, on: &surface)
  } else if let line = state.helpLine {
    drawHelp(from: line, state, on: &surface)
  }
}

private func drawBody(
  _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  guard state.layer != nil else { return drawNotes(state, in: area, on: &surface) }
  switch state.view {
  case .network: drawNetwork(state, in: area, on: &surface)
  case .layer: drawLayer(state, in: area, on: &surface)
  case .cluster: drawCluster(state, in: area, on: &surface)
  case .neuron: drawNeuron(state, in: area, on: &surface)
  case .classes: drawClasses(state, in: area, on: &surface)
  case .pair: drawPair(state, in: area, on: &surface)
  case .images: drawImages(state, in: area, on: &surface)
  case .image: drawImage(state, in: area, on: &surface)
  case .findings: drawFindings(state, in: area, on: &surface)
  case .whatIf: drawWhatIfs(state, in: area, on: &surface)
  case .flips: drawFlips(state, in: area, on: &surface)
  }
}
