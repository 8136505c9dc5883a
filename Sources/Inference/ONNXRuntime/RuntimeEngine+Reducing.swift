extension RuntimeEngine {
  /// Larger model files are not rewritten: it takes a few copies of them, and reordering weighs
  /// little beside the arithmetic of so many weights. Bytes.
  private static let rewritingLimit = 64 << 20

  /// Prepares the network so that tensors are reduced as soon as they are complete; see
  /// ``InferenceEngine``.
  ///
  /// Nil on accelerators, and where a tensor is not of 32-bit floats.
  public func open(
    path: String, reducing tensors: [ReducedTensor], by reducer: any MapReducer,
    options: SessionOptions
  ) throws(InferenceError) -> (any InferenceSession)? {
    guard !tensors.isEmpty, options.isOptimized, (options.provider ?? "cpu").lowercased() == "cpu"
    else { return nil }
    let model = try MappedModel(path: path, appending: OutputExposure.bytes(reducing: tensors))
    guard let operators = try? ReductionOperator(library.api, reducer: reducer) else { return nil }
    let byteCount = unsafe model.bytes.count
    let memory = byteCount <= Self.rewritingLimit ? MemoryFile() : nil
    let plain = try? unsafe RuntimeSession(
      engine: self, environment: environment, model: UnsafeRawBufferPointer(model.bytes),
      path: path, exposing: [], options: options, operators: operators, savingTo: memory?.path)
    guard plain != nil, let saved = memory?.bytes(), saved.count <= 2 * Self.rewritingLimit,
      let blocked = blocked(saved, tensors, operators, options, path: path)
    else { return plain }
    return blocked
  }

  /// The optimised model with reductions that read blocks; nil where nothing is to be gained.
  private func blocked(
    _ saved: [UInt8], _ tensors: [ReducedTensor], _ operators: ReductionOperator,
    _ options: SessionOptions, path: String
  ) -> RuntimeSession? {
    guard let blockSize = try? blockSize(), blockSize.isMultiple(of: 8),
      let model = BlockedReductions(model: saved, tensors: tensors, blockSize: blockSize)
        .rewritten()
    else { return nil }
    var unchanged = options
    unchanged.isOptimized = false
    return try? session(model, operators, unchanged, path: path)
  }

  /// Channels that the engine lays side by side on this machine; nil when it does not.
  func blockSize() throws -> Int? {
    let options = SessionOptions(isOptimized: false)
    return try BlockSizeProbe.blockSize(session(BlockSizeProbe.model, nil, options, path: ""))
  }

  private func session(
    _ model: [UInt8], _ operators: ReductionOperator?, _ options: SessionOptions, path: String
  ) throws(InferenceError) -> RuntimeSession {
    try unsafe model.span.bytes.withUnsafeBytes { (bytes) throws(InferenceError) in
      try unsafe RuntimeSession(
        engine: self, environment: environment, model: bytes, path: path, exposing: [],
        options: options, operators: operators)
    }
  }
}
