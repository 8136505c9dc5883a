import FoundationEssentials
import Glibc
import Storage

/// A graph's file with a checkpoint's weights in it: a copy in a folder of its own, which goes when
/// this does.
///
/// What runs and reads networks takes files, and weights may lie in several; so a copy serves all of
/// it, and costs as much disk as the graph while it is in use.
public final class BoundModel: Sendable {
  /// Of the copy.
  public let path: String
  private let folder: String

  /// Writes the copy.
  ///
  /// - Parameter parent: Where the folder is made; nil for the system's place for temporary files.
  /// - Complexity: O(*bytes of the graph*) time, the memory of its largest tensor.
  public init(_ binding: GraphBinding, in parent: String? = nil) throws(BindingError) {
    let given = parent ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
    let root = given.hasPrefix("/") ? given : "/tmp"
    let folder = "\(root)/convscope-\(getpid())-\(UUID().uuidString)"
    do {
      try makeFolders(folder)
    } catch {
      throw .storage(error)
    }
    self.folder = folder
    let store = binding.graph.store
    path = "\(folder)/\(lastPart(of: binding.checkpoint.path)).onnx"
    try Self.copy(store.file, binding, location: "", to: path)
    for (location, file) in store.externalFiles {
      try Self.copy(file, binding, location: location, to: "\(folder)/\(location)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Copies a file piece by piece, with new numbers where tensors are bound.
  private static func copy(
    _ file: MappedFile, _ binding: GraphBinding, location: String, to path: String
  ) throws(BindingError) {
    let store = binding.graph.store
    let patches = binding.tensors.compactMap { bound in
      store.replaceableRange(of: bound.tensor).flatMap {
        $0.location == location ? (range: $0.range, bound: bound) : nil
      }
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    do {
      try makeFolders(parentFolder(of: path))
      var copy = try AtomicFile(path: path)
      var position = 0
      for patch in patches {
        try append(file, position..<patch.range.lowerBound, to: &copy)
        let bytes = try patch.bound.recipe.bytes(
          from: binding.checkpoint, as: patch.bound.tensor.elementType)
        guard bytes.count == patch.range.count else {
          throw BindingError.misfit(["“\(patch.bound.target)” has another size"])
        }
        try copy.write(bytes)
        position = patch.range.upperBound
      }
      try append(file, position..<file.count, to: &copy)
      try copy.commit()
    } catch let error as StorageError {
      throw .storage(error)
    } catch let error as CheckpointError {
      throw .weights(error)
    } catch {
      throw (error as? BindingError) ?? .misfit(["\(error)"])
    }
  }

  private static func append(
    _ file: MappedFile, _ range: Range<Int>, to copy: inout AtomicFile
  ) throws(StorageError) {
    let step = 1 << 20
    for start in stride(from: range.lowerBound, to: range.upperBound, by: step) {
      let piece = file.withSpan(start..<min(start + step, range.upperBound)) { bytes in
        bytes.indices.map { bytes[$0] }
      }
      try copy.write(piece)
    }
  }
}
