import Canvas

/// Stands until the cluster screen is drawn.
func drawCluster(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  drawLayer(state, in: area, on: &surface)
}
func drawNeuron(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  drawLayer(state, in: area, on: &surface)
}
func drawClasses(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  drawLayer(state, in: area, on: &surface)
}
func drawImages(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  drawLayer(state, in: area, on: &surface)
}
func drawImage(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  drawLayer(state, in: area, on: &surface)
}
