import Networks
import Storage

/// The mapped files that hold a model's numbers.
final class WeightStore: Sendable {
  let file: MappedFile
  /// By location as the model writes it.
  private let external: [String: MappedFile]

  /// Maps the external files that `tensors` need; they must lie in the model's folder.
  ///
  /// - Throws: ``ModelFileError`` naming the first one that is missing, outside or too short.
  init(_ file: MappedFile, tensors: [ONNXTensor]) throws(ModelFileError) {
    self.file = file
    var external: [String: MappedFile] = [:]
    for tensor in tensors {
      guard case .external(let place) = tensor.storage else { continue }
      if external[place.location] == nil {
        external[place.location] = try Self.map(place.location, for: tensor, beside: file.path)
      }
      guard let mapped = external[place.location] else { continue }
      try Self.check(place, tensor, mapped)
    }
    self.external = external
  }

  /// The files beside the model, by location.
  var externalFiles: [(name: String, file: MappedFile)] {
    external.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether weights lie in files of their own, and the bytes there.
  var externalByteCount: Int { external.values.reduce(0) { $0 + $1.count } }
  var hasExternalData: Bool { !external.isEmpty }

  /// The file and the bytes of raw numbers; nil for typed fields.
  func place(of tensor: ONNXTensor) -> (file: MappedFile, range: Range<Int>)? {
    switch tensor.storage {
    case .raw(let range): return (file, range)
    case .external(let place):
      guard let mapped = external[place.location] else { return nil }
      let length = place.length ?? mapped.count - place.offset
      return (mapped, place.offset..<place.offset + length)
    case .none, .fields, .numbers: return nil
    }
  }

  /// Where the numbers of a tensor lie as one run of bytes that others of the same type could
  /// replace: in the model file, for which the location is empty, or in a file beside it.
  ///
  /// - Returns: Nil where they stand in several pieces or in another form.
  func replaceableRange(of tensor: ONNXTensor) -> (location: String, range: Range<Int>)? {
    guard let count = tensor.count, let size = tensor.elementType.byteCount else { return nil }
    let (needed, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow else { return nil }
    switch tensor.storage {
    case .raw(let range): return range.count == needed ? ("", range) : nil
    case .fields(.float, let parts), .fields(.double, let parts):
      return parts.count == 1 && parts[0].count == needed ? ("", parts[0]) : nil
    case .external(let place):
      return (place.location, place.offset..<place.offset + needed)
    case .none, .fields, .numbers: return nil
    }
  }

  private static func map(
    _ location: String, for tensor: ONNXTensor, beside model: String
  ) throws(ModelFileError) -> MappedFile {
    let shown = printable(location)
    let name = printable(tensor.name)
    let path: String
    switch NeighbourFile(location, beside: model) {
    case .found(let found): path = found
    case .missing: throw .externalDataMissing(file: shown, tensor: name)
    case .outside: throw .externalDataOutside(location: shown, tensor: name)
    }
    do {
      return try MappedFile(path: path)
    } catch {
      throw .unreadable(path: shown, reason: "\(error)")
    }
  }

  private static func check(
    _ place: ONNXExternalData, _ tensor: ONNXTensor, _ mapped: MappedFile
  ) throws(ModelFileError) {
    let bytes = tensor.elementType.byteCount ?? 0
    let (needed, overflow) = (tensor.count ?? Int.max).multipliedReportingOverflow(by: bytes)
    let length = place.length ?? max(0, mapped.count - place.offset)
    let (end, tooFar) = place.offset.addingReportingOverflow(length)
    guard !overflow, !tooFar, needed <= length, end <= mapped.count else {
      throw .externalDataTooShort(
        file: printable(place.location), tensor: printable(tensor.name),
        needed: overflow ? Int.max : max(needed, length), found: max(0, mapped.count - place.offset)
      )
    }
  }
}
