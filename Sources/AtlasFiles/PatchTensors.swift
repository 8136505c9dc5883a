import Analysis
import Storage

/// Patches as an I32 tensor of image, y and x, and an F32 tensor of values; image -1 is none.
enum PatchTensors {
  static func write(
    _ patches: [TopPatch?], _ name: String, _ shape: [Int], _ writer: inout SafetensorsWriter
  ) {
    let places = patches.flatMap { patch -> [Int32] in
      patch.map { [$0.image, $0.y, $0.x] } ?? [-1, 0, 0]
    }
    writer.add("\(name)_image_y_x", places, shape: shape + [3])
    writer.add("\(name)_value", patches.map { $0?.value ?? 0 }, shape: shape)
  }

  static func read(
    _ tensors: CheckedTensors, _ name: String, _ shape: [Int], _ images: Int
  ) throws(AtlasError) -> [TopPatch?] {
    let places: [Int32] = try tensors.values("\(name)_image_y_x", shape + [3])
    let values: [Float] = try tensors.values("\(name)_value", shape)
    guard values.indices.allSatisfy({ places[3 * $0] < images }) else {
      throw tensors.inconsistent("tensor “\(name)_image_y_x” names an image that is not there")
    }
    return values.indices.map { place in
      places[3 * place] < 0
        ? nil
        : TopPatch(
          image: places[3 * place], y: places[3 * place + 1], x: places[3 * place + 2],
          value: values[place])
    }
  }
}
