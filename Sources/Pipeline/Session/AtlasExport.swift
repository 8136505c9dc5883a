import AtlasFiles
import Atlases
import ModelFiles
import Networks
import Storage

/// Where the pictures of an exported atlas come from.
public enum ExportedPictures: Sendable {
  /// The atlas that was opened; its exact sums go along.
  case file(AtlasFile)
  case dataset(ImageDataset)
  case none
}

/// Writes what the explorer shows, edits included, to a new file.
///
/// - Throws: ``SessionError`` when something is at `path` already, or it cannot be written.
public func exportAtlas(
  _ atlas: Atlas, to path: String, pictures: ExportedPictures
) throws(SessionError) {
  do throws(StorageError) {
    try requireNothing(at: path)
  } catch {
    throw .storage(error)
  }
  do throws(AtlasError) {
    var state: ResumeState?
    if case .file(let file) = pictures { state = try file.resumeState() }
    var writer = try AtlasWriter(atlas, resumeState: state, folder: parentFolder(of: path))
    switch pictures {
    case .file(let file):
      for image in file.keptImages {
        guard let bytes = file.encodedImage(image) else { continue }
        try writer.addPicture(image, encoded: bytes)
      }
    case .dataset(let dataset):
      if let geometry = atlas.provenance.preprocessing?.chosen.preprocessing {
        try PictureKeeping(dataset: dataset, pictures: DatasetPictures(dataset, geometry))
          .keep(atlas.layers, in: &writer)
      }
    case .none: break
    }
    try writer.write(to: path)
  } catch {
    throw .atlas(error)
  }
}
