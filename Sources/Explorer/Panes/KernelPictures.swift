import Atlases
import Canvas
import Networks
import Tensors

/// Kernels of a cluster's neurons in rows, largest norm first; returns how many found no room.
func drawKernels(
  of cluster: ClusterDigest, _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState,
  in area: CellRect, on surface: inout Surface
) -> String {
  guard let kernels = digest.kernels else {
    if digest.isFilled {
      surface.text("kernels not kept", area.row, area.column, .dim, width: area.width)
    }
    return ""
  }
  guard !surface.isSurvey else { return "" }
  let members = cluster.members.sorted {
    (kernels.norms[$1], $0) < (kernels.norms[$0], $1)
  }
  var rest = area
  if area.height >= 3 {
    let norms = members.map { Double(kernels.norms[$0]) }
    let low = NumberText.compact(norms.last ?? 0)
    let high = NumberText.compact(norms.first ?? 0)
    surface.text("norm \(low)…\(high)", area.row, area.column, .dim, width: area.width)
    rest = area.withoutTop(1)
  }
  // One size for all clusters as far as they have room: larger would look more important.
  let grid = KernelGrid(kernels, count: members.count, largest: 1, isCaptioned: false, in: rest)
  let shown = members.prefix(grid.columns * grid.visibleRows)
  for (index, neuron) in shown.enumerated() {
    guard let tile = grid.tile(index, start: 0, in: rest) else { continue }
    drawTile(kernels, neuron, isBGR: state.isBGR, in: grid.pictureArea(tile), on: &surface)
  }
  return shown.count < members.count ? "+\(members.count - shown.count)" : ""
}

/// Cells for one kernel: a weight is two columns wide and a row high, or more, or half a cell.
func kernelSize(_ kernels: KernelDigest, in area: CellRect) -> ScreenSize {
  let scale = min(area.height / kernels.height, max(1, area.width / (2 * kernels.width)))
  if scale >= 1 {
    return ScreenSize(height: kernels.height * scale, width: kernels.width * 2 * scale)
  }
  let height = max(1, min(area.height, (kernels.height + 1) / 2))
  return ScreenSize(height: height, width: min(area.width, max(kernels.width, height)))
}

/// One neuron's kernel in a tile of a ``KernelGrid``: a picture, or a strip where it is 1 × 1.
func drawTile(
  _ kernels: KernelDigest, _ neuron: Int, isBGR: Bool, in area: CellRect,
  on surface: inout Surface
) {
  if kernels.isStrip {
    drawWeightStrip(kernels.all(neuron: neuron), in: area, on: &surface)
  } else {
    drawKernel(kernels, neuron, input: nil, isBGR: isBGR, in: area, on: &surface)
  }
}

/// One neuron's kernel: in colour over three input channels, else the slice of one channel
/// (the strongest when `input` is nil), blue to orange, scaled to the kernel's own peak.
func drawKernel(
  _ kernels: KernelDigest, _ neuron: Int, input: Int?, isBGR: Bool, in area: CellRect,
  on surface: inout Surface
) {
  guard kernels.norms.indices.contains(neuron), !surface.isSurvey else { return }
  if kernels.inputCount == 3, input == nil, surface.theme.tier.hasSmoothColors {
    drawColorKernel(kernels, neuron, isBGR, in: area, on: &surface)
    return
  }
  let slice = kernels.slice(neuron: neuron, input: input ?? kernels.strongestInput[neuron])
  let peak = peak(slice)
  let heatmap = Heatmap(surface.theme.signedRamp, tier: surface.theme.tier)
  let (height, width) = (kernels.height, kernels.width)
  var cells: [Cell] = []
  for row in 0..<area.height {
    for column in 0..<area.width {
      let x = column * width / area.width
      if area.height >= height {
        cells.append(heatmap.cell(share(slice, row * height / area.height * width + x, peak)))
        continue
      }
      let top = share(slice, min(2 * row, height - 1) * width + x, peak)
      let bottom = 2 * row + 1 < height ? share(slice, (2 * row + 1) * width + x, peak) : 0
      cells.append(heatmap.cell(top: top, bottom: bottom))
    }
  }
  surface.draw(placed(cells, width: area.width), in: area)
}

/// Weights as one row of shades, binned by mean where there are more than cells.
func drawWeightStrip(
  _ weights: ArraySlice<Float>, in area: CellRect, on surface: inout Surface
) {
  guard !surface.isSurvey, area.height > 0 else { return }
  let heatmap = Heatmap(surface.theme.signedRamp, tier: surface.theme.tier)
  let all = Array(weights)
  let peak = peak(all[...])
  let cells = evenBins(all.count, into: area.width).map { bin in
    let mean = all[bin].reduce(0, +) / Float(bin.count)
    return heatmap.cell(peak > 0 && mean.isFinite ? Double(mean / peak) : 0)
  }
  for (column, cell) in placed(cells, width: max(1, cells.count)).enumerated() {
    surface.put(cell, area.row, area.column + column)
  }
}

private func drawColorKernel(
  _ kernels: KernelDigest, _ neuron: Int, _ isBGR: Bool, in area: CellRect,
  on surface: inout Surface
) {
  let peak = peak(kernels.all(neuron: neuron))
  let channels = (isBGR ? [2, 1, 0] : [0, 1, 2]).map {
    Array(kernels.slice(neuron: neuron, input: $0))
  }
  var rgb: [UInt8] = []
  for at in 0..<kernels.height * kernels.width {
    for channel in channels {
      let share = peak > 0 && channel[at].isFinite ? channel[at] / peak : 0
      rgb.append(UInt8(max(0, min(255, 127.5 + 127.5 * share))))
    }
  }
  guard let block = PixelBlock(width: kernels.width, height: kernels.height, rgb: rgb) else {
    return
  }
  surface.draw(
    renderThumbnail(block, height: area.height, width: area.width, tier: surface.theme.tier),
    in: area)
}

private func peak(_ values: ArraySlice<Float>) -> Float {
  values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
}

private func share(_ slice: ArraySlice<Float>, _ offset: Int, _ peak: Float) -> Double {
  guard slice.indices.contains(slice.startIndex + offset) else { return .nan }
  let value = slice[slice.startIndex + offset]
  return peak > 0 && value.isFinite ? Double(value / peak) : value.isFinite ? 0 : .nan
}

extension ExplorerState {
  /// Whether the network sees blue first.
  var isBGR: Bool { atlas.provenance.preprocessing?.chosen.preprocessing.colorOrder == .bgr }
}
