import AtlasFiles
import ModelFiles
import Networks
import Pipeline

/// Where pictures come from: the atlas keeps those its patches need, the data set has them all.
struct PictureStore {
  private let atlas: AtlasFile?
  private var dataPath: String?
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
    if let atlas, dataPath == nil || atlas.encodedImage(image) != nil {
      return try AtlasPictures(atlas).picture(image)
    }
    guard let dataPath else { throw PictureError.notKept(image) }
    let dataset = try opened(dataPath)
    guard dataset.index.imageNames.indices.contains(image) else {
      throw PictureError.unknown(image)
    }
    guard let geometry else { return try dataset.image(image) }
    return try DatasetPictures(dataset, geometry).picture(image)
  }

  /// From now on the images at `path` are those of the data set.
  mutating func useImages(at path: String) {
    (dataPath, dataset) = (path, nil)
  }

  /// The pictures an atlas written now should hold.
  mutating func exportedPictures() throws -> ExportedPictures {
    if let atlas { return .file(atlas) }
    guard let dataPath else { return .none }
    return .dataset(try opened(dataPath))
  }

  private mutating func opened(_ path: String) throws -> ImageDataset {
    let result =
      dataset
      ?? Result { () throws(DatasetError) -> ImageDataset in try ImageDataset.open(path: path) }
    dataset = result
    return try result.get()
  }
}
