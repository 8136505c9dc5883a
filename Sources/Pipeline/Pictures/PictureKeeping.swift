import Analysis
import AtlasFiles
import Atlases
import ModelFiles
import Networks

/// Which pictures an atlas keeps, and in what form.
///
/// Small files of the data set are kept as they are; everything else is brought to the size of
/// the network's input and encoded: PNG up to 64 pixels a side, JPEG above.
struct PictureKeeping {
  let dataset: ImageDataset
  let pictures: DatasetPictures
  /// All pictures together stay below this, bytes.
  static let byteBudget = 128 << 20
  /// Original files up to this size are kept as they are, bytes.
  static let originalLimit = 64 << 10

  /// Images that a top patch of any neuron lies in, and those strongest for a class; those
  /// of better patches first, so that a tight budget loses the least.
  static func wanted(_ layers: [LayerAtlas]) -> [Int] {
    var isWanted: Set<Int32> = []
    var ordered: [Int] = []
    func want(_ patch: TopPatch) {
      if isWanted.insert(patch.image).inserted { ordered.append(Int(patch.image)) }
    }
    for rank in 0..<StrongestPatches.capacity {
      for layer in layers {
        for patches in layer.statistics?.topPatches ?? [] where patches.indices.contains(rank) {
          want(patches[rank])
        }
      }
    }
    for layer in layers {
      for patch in layer.statistics?.classBest ?? [] {
        if let patch { want(patch) }
      }
    }
    return ordered
  }

  /// Adds the wanted pictures to `writer`; unreadable ones are left out.
  ///
  /// - Complexity: One decoding and encoding a picture that is not kept as it is; memory for
  ///   one picture at a time.
  func keep(
    _ layers: [LayerAtlas], in writer: inout AtlasWriter
  ) throws(AtlasError) {
    var byteCount = 0
    for image in Self.wanted(layers) {
      guard let bytes = encoded(image) else { continue }
      byteCount += bytes.count
      guard byteCount <= Self.byteBudget else { return }
      try writer.addPicture(image, encoded: bytes)
    }
  }

  private func encoded(_ image: Int) -> [UInt8]? {
    if let original = dataset.encodedImage(image, limit: Self.originalLimit) { return original }
    guard let picture = try? pictures.picture(image) else { return nil }
    let isSmall = picture.width <= 64 && picture.height <= 64
    return isSmall ? try? encodePNG(picture) : try? encodeJPEG(picture, quality: 90)
  }
}
