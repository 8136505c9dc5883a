import Atlases
import Canvas
import Networks
import Tensors

/// Where the selected neurons fire on the image, and how that is called.
struct ImageHeat {
  var caption: String
  /// Nil where there is no place to show.
  var map: PictureHeat?
}

/// A map over a picture.
struct PictureHeat {
  let maps: ActivationMaps
  /// Rows × columns.
  let values: [Float]
  let field: ReceptiveField?
  /// Largest magnitude: where the ramp ends.
  let peak: Float
  let isSigned: Bool

  init(_ maps: ActivationMaps, neurons: [Int], field: ReceptiveField?) {
    self.maps = maps
    self.field = field
    values = maps.mean(of: neurons)
    peak = values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    isSigned = values.contains { $0 < 0 }
  }

  /// In the ramp's range, `height` × `width` over a picture of that many pixels.
  func samples(
    inputHeight: Int, inputWidth: Int, height: Int, width: Int
  ) -> [Double] {
    maps.upscaled(
      values, through: field, inputHeight: inputHeight, inputWidth: inputWidth, height: height,
      width: width
    ).map { peak > 0 ? Double($0 / peak) : 0 }
  }
}

/// What lies over the picture: the selected layer, cluster or neuron, whichever part of the screen
/// the keys move in; nil while nothing is known.
func imageHeat(_ state: ExplorerState, on surface: inout Surface) -> ImageHeat? {
  guard let layer = state.layer, let look = state.look,
    let digest = surface.digest(state.selection.layer, state)
  else { return nil }
  let (name, neurons) = state.heatSubject(layer, digest)
  guard state.looks.showsWhere else { return ImageHeat(caption: "w shows where \(name) fires") }
  guard let maps = look.maps[digest.layer] else {
    let isMissing = state.looks.layersWithoutMaps.contains(digest.layer)
    return ImageHeat(caption: isMissing ? "\(name): not one row an image" : "\(name)…")
  }
  if maps.isSinglePosition {
    return ImageHeat(caption: "\(name): one value for the whole image")
  }
  let map = PictureHeat(maps, neurons: neurons, field: layer.receptiveField)
  guard map.peak > 0 else { return ImageHeat(caption: "\(name) is 0 everywhere") }
  return ImageHeat(caption: name, map: map)
}

extension ExplorerState {
  /// The neurons whose mean map lies over the picture, and what they are called.
  func heatSubject(_ layer: Layer, _ digest: LayerDigest) -> (name: String, neurons: [Int]) {
    switch place.focus {
    case 0: return ("\(layer.name), all", Array(0..<digest.neuronCount))
    case 1:
      let cluster = digest.cluster(of: selection.neuron)
      return ("\(layer.name):\(cluster?.letter ?? "")", cluster?.members ?? [])
    default: return ("\(layer.name):\(selection.neuron)", [selection.neuron])
    }
  }
}

extension Surface {
  /// Draws an image with a map over it.
  mutating func picture(
    _ image: Int, under heat: PictureHeat, in area: CellRect, _ state: ExplorerState
  ) {
    picture(image, in: area, state)
    guard !isSurvey, let picture = state.pictures[image],
      let block = pixels(of: picture, .whole(picture.full), for: area)
    else { return }
    let preprocessing = state.atlas.provenance.preprocessing?.chosen.preprocessing
    let samples = heat.samples(
      inputHeight: preprocessing?.height ?? picture.full.height,
      inputWidth: preprocessing?.width ?? picture.full.width, height: 2 * area.height,
      width: 2 * area.width)
    draw(
      renderHeatOverlay(
        block, values: samples, height: area.height, width: area.width,
        ramp: heat.isSigned ? theme.signedRamp : theme.dataRamp, tier: theme.tier),
      in: area)
  }
}

/// What the colours stand for, at the right of the box's lower edge where there is room.
func drawHeatScale(
  _ map: PictureHeat, _ caption: String, in box: CellRect, on surface: inout Surface
) {
  let heatmap = Heatmap(
    map.isSigned ? surface.theme.signedRamp : surface.theme.dataRamp, tier: surface.theme.tier)
  let low = map.isSigned ? " \(NumberText.compact(-Double(map.peak))) " : " 0 "
  let high = " \(NumberText.compact(Double(map.peak))) "
  let cells = 6
  let width = low.count + cells + high.count
  let column = box.endColumn - 2 - width
  guard column > box.column + 4 + cellWidth(of: caption), box.height > 2 else { return }
  let row = box.endRow - 1
  surface.text(low, row, column, .label)
  surface.draw(
    heatmap.legend(width: cells),
    in: CellRect(row: row, column: column + low.count, height: 1, width: cells))
  surface.text(high, row, column + low.count + cells, .label)
}
