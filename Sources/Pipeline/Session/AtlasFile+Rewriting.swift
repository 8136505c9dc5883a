import AtlasFiles
import Atlases
import Storage

extension AtlasFile {
  /// Writes `atlas` in place of what this file holds, its sums and pictures kept.
  ///
  /// - Complexity: O(bytes of the file); one picture at a time in memory.
  func rewrite(_ atlas: Atlas, to path: String) throws(SessionError) {
    do throws(AtlasError) {
      var writer = try AtlasWriter(
        atlas, resumeState: try resumeState(), folder: parentFolder(of: path))
      for image in keptImages {
        guard let bytes = encodedImage(image) else { continue }
        try writer.addPicture(image, encoded: bytes)
      }
      try writer.write(to: path)
    } catch {
      throw .atlas(error)
    }
  }
}
