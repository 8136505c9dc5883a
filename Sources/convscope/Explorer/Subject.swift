import AtlasFiles
import Atlases
import Explorer
import Pipeline

/// What there is to look at: an atlas file, or a model and what is known of it so far.
struct Subject {
  var atlas: Atlas
  var pictures: PictureStore
  /// Said once at the start.
  var notice: String?
  /// What there is to add to a model's structure, and takes too long to wait for.
  private(set) var reading: StructureReading?

  /// Opens an atlas, or a model's structure; runs nothing.
  ///
  /// - Parameter dataPath: Where an atlas' pictures are, those it does not keep itself.
  init(opening path: String, dataPath: String?) throws {
    let path = try InputPath.file(path)
    let data = try dataPath.map(InputPath.existing)
    if Subject.isAtlas(path) {
      let file = try about(path) { try AtlasFile(path: path) }
      atlas = file.atlas
      pictures = PictureStore(atlas: file, dataPath: data)
    } else {
      let reading = try about(path) { try StructureReading(modelPath: path) }
      atlas = reading.outline
      self.reading = reading
      pictures = PictureStore(atlas: nil, dataPath: data)
      notice =
        reading.hasGraph
        ? "The structure alone; to see what neurons respond to, give images with --data PATH."
        : "Weights alone; to see how layers are connected, give the ONNX file with --graph MODEL."
    }
  }

  /// A model whose images are about to run.
  init(atlas: Atlas, dataPath: String) {
    self.atlas = atlas
    pictures = PictureStore(atlas: nil, dataPath: dataPath)
  }

  /// The same with everything there is to add, waited for.
  func whole() -> Subject {
    var subject = self
    if let reading { subject.atlas = reading.whole() }
    return subject
  }

  /// By content or, where that says nothing, by name.
  static func isAtlas(_ path: String) -> Bool {
    AtlasFile.looksLikeAtlas(path: path) || path.hasSuffix(".atlas")
  }
}
