import Analysis
import Networks

/// A rectangle of an image's pixels.
struct PixelArea: Hashable, Sendable {
  var rows: Range<Int>
  var columns: Range<Int>

  static func whole(_ image: PixelImage) -> PixelArea {
    PixelArea(rows: 0..<image.height, columns: 0..<image.width)
  }

  var isEmpty: Bool { rows.isEmpty || columns.isEmpty }
}

/// What a neuron of `layer` saw at the position of `patch`: the crop of its receptive field,
/// or the whole image where it sees all of it or the geometry is not known.
func patchArea(_ patch: TopPatch, of layer: Layer, in image: PixelImage) -> PixelArea {
  guard layer.kind != .dense, let field = layer.receptiveField, isUsable(field),
    patch.y >= 0, patch.x >= 0, patch.y < 1 << 20, patch.x < 1 << 20
  else { return .whole(image) }
  let (rows, columns) = field.patch(
    y: Int(patch.y), x: Int(patch.x), height: image.height, width: image.width)
  let area = PixelArea(rows: rows, columns: columns)
  return area.isEmpty ? .whole(image) : area
}

/// A damaged file may hold any numbers; these stay far from overflow.
private func isUsable(_ field: ReceptiveField) -> Bool {
  let limits = -(1 << 24)...(1 << 24)
  return [field.size, field.jump, field.start].allSatisfy { axis in
    axis.count == 2 && axis.allSatisfy(limits.contains)
  }
}
