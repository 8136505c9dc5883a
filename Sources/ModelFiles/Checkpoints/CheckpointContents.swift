/// What a reader of one format found: tensors, the bytes they lie in, and what else was said.
struct CheckpointContents: Sendable {
  var format: CheckpointFormat
  var sources: [TensorSource] = []
  var tensors: [CheckpointTensor] = []
  var facts: [MetadataEntry] = []
  var modules: [ModuleFacts] = []
  var notes: [String] = []

  /// Tensors that are there but cannot be read are named in a note, up to this many.
  private static let namedCount = 5

  init(format: CheckpointFormat) {
    self.format = format
  }

  /// Adds a tensor whose claim was found true.
  ///
  /// - Throws: ``CheckpointError/tensorUnavailable(name:reason:)`` when it was not.
  mutating func add(
    _ name: String, _ claim: TensorClaim, source: Int
  ) throws(CheckpointError) {
    if let fault = claim.fault(byteCount: sources[source].count) {
      throw .tensorUnavailable(name: printable(name), reason: fault)
    }
    tensors.append(
      CheckpointTensor(
        name: printable(name, limit: 400), storedName: name, elementType: claim.elementType,
        shape: claim.shape, strides: claim.unusualStrides, source: source, offset: claim.offset))
  }

  /// Notes tensors of kinds that are not read.
  mutating func noteUnread(_ names: [String]) {
    guard !names.isEmpty else { return }
    let shown = names.prefix(Self.namedCount).map { "“\(printable($0))”" }.joined(separator: ", ")
    let rest = names.count - min(names.count, Self.namedCount)
    notes.append(
      "\(names.count) \(names.count == 1 ? "tensor is" : "tensors are") of a kind that is not read"
        + " (sparse, quantised, complex): \(shown)" + (rest > 0 ? " and \(rest) more" : ""))
  }
}
