import AtlasFiles
import Canvas
import ModelFiles
import Networks

/// Where pictures come from: the atlas keeps those its patches need, the data set has them all.
struct PictureStore {
  var atlas: AtlasFile?
  var dataPath: String?
  /// Listed when the first picture is asked for.
  private var dataset: Result<ImageDataset, DatasetError>?

  init(atlas: AtlasFile?, dataPath: String?) {
    self.atlas = atlas
    self.dataPath = dataPath
  }

  /// An image of the data set in the geometry of the network's input.
  ///
  /// - Parameter geometry: How images become that input; nil leaves them as they are.
  mutating func picture(_ image: Int, _ geometry: Preprocessing?) throws -> PixelImage {
    if let kept = atlas?.encodedImage(image) { return try decodeImage(kept) }
    guard let dataPath else {
      throw CommandFailure("The atlas does not keep this picture; open it with --data PATH.")
    }
    let dataset = try opened(dataPath)
    guard dataset.index.imageNames.indices.contains(image) else {
      throw CommandFailure("“\(dataPath)” holds other images than were analysed.")
    }
    let whole = try dataset.image(image)
    guard let geometry else { return whole }
    return whole.resized(
      width: geometry.width, height: geometry.height, policy: geometry.resize)
  }

  private mutating func opened(_ path: String) throws -> ImageDataset {
    let result =
      dataset
      ?? Result { () throws(DatasetError) -> ImageDataset in try ImageDataset.open(path: path) }
    dataset = result
    return try result.get()
  }
}
