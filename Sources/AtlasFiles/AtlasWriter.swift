import Atlases
import Storage

/// Writes an atlas to one file.
public struct AtlasWriter {
  private let atlas: Atlas
  private let resumeState: ResumeState?
  private var pictures: [(image: Int, end: Int)] = []
  private let spool: SpoolFile

  /// - Parameters:
  ///   - resumeState: The exact sums, so that the analysis can be joined with others or go on.
  ///   - folder: Where the file will lie; pictures are collected there first.
  public init(
    _ atlas: Atlas, resumeState: ResumeState?, folder: String
  ) throws(AtlasError) {
    self.atlas = atlas
    self.resumeState = resumeState
    do throws(StorageError) {
      spool = try SpoolFile(folder: folder)
    } catch {
      throw .storage(error)
    }
  }

  /// Keeps a picture: PNG or JPEG bytes of data set image `image`.
  public mutating func addPicture(
    _ image: Int, encoded: [UInt8]
  ) throws(AtlasError) {
    do throws(StorageError) {
      try spool.append(encoded)
    } catch {
      throw .storage(error)
    }
    pictures.append((image, spool.count))
  }

  /// Writes the file; what stood at `path` stays until all went well.
  public func write(to path: String) throws(AtlasError) {
    var writer = SafetensorsWriter(metadata: AtlasMetadata(atlas).encoded())
    for layer in atlas.layers { LayerTensors.write(layer, &writer) }
    if let classification = atlas.classification {
      ClassificationTensors.write(classification, &writer)
    }
    if let resumeState { ResumeTensors.write(resumeState, &writer) }
    addPictures(to: &writer)
    do throws(StorageError) {
      try writer.write(to: path)
    } catch {
      throw .storage(error)
    }
  }

  private func addPictures(to writer: inout SafetensorsWriter) {
    guard !pictures.isEmpty else { return }
    writer.add(
      "images/index", pictures.map { Int32(clamping: $0.image) }, shape: [pictures.count])
    writer.add(
      "images/offset", [0] + pictures.map { Int64($0.end) }, shape: [pictures.count + 1])
    let spool = spool
    writer.addBytes("images/encoded", byteCount: spool.count) {
      (file: inout AtomicFile) throws(StorageError) in
      try spool.copy(to: &file)
    }
  }
}
