import Networks
import Storage

extension Checkpoint {
  /// All numbers of a tensor, row-major.
  ///
  /// - Complexity: O(*count*) time and memory.
  /// - Throws: ``CheckpointError/tensorUnavailable(name:reason:)``
  public func floats(of tensor: CheckpointTensor) throws(CheckpointError) -> [Float] {
    guard tensor.count <= WeightStore.largestCount else {
      throw .tensorUnavailable(
        name: tensor.name, reason: "it has more than \(WeightStore.largestCount) numbers")
    }
    var values: [Float] = []
    values.reserveCapacity(tensor.count)
    try stream(tensor) { chunk in
      for i in chunk.indices { values.append(chunk[i]) }
    }
    return values
  }

  /// Lends all numbers of a tensor to `body`, row-major, some at a time.
  ///
  /// - Complexity: O(*count*) time; constant memory unless the tensor is compressed.
  public func stream(
    _ tensor: CheckpointTensor, _ body: (Span<Float>) -> Void
  ) throws(CheckpointError) {
    guard tensor.count > 0 else { return }
    if tensor.strides == nil, let (file, range) = try mapped(tensor) {
      let start = range.lowerBound + tensor.offset
      return file.streamFloats(at: start, count: tensor.count, tensor.elementType, body)
    }
    try withBytes(of: tensor) { bytes in
      var walk = ElementWalk(tensor)
      var buffer: [Float] = []
      buffer.reserveCapacity(min(tensor.count, WeightStore.chunkCount))
      while walk.position < tensor.count {
        buffer.removeAll(keepingCapacity: true)
        let end = min(tensor.count, walk.position + WeightStore.chunkCount)
        while walk.position < end {
          buffer.append(bytes.float(tensor.offset + walk.offset, tensor.elementType))
          walk.advance()
        }
        body(buffer.span)
      }
    }
  }

  /// The bytes of a tensor in its own number format, row-major, as PyTorch would write a
  /// contiguous copy.
  ///
  /// - Complexity: O(*bytes*) time and memory.
  public func bytes(of tensor: CheckpointTensor) throws(CheckpointError) -> [UInt8] {
    let size = tensor.elementType.byteCount ?? 1
    guard tensor.count <= WeightStore.largestCount else {
      throw .tensorUnavailable(
        name: tensor.name, reason: "it has more than \(WeightStore.largestCount) numbers")
    }
    var result: [UInt8] = []
    result.reserveCapacity(tensor.count * size)
    try withBytes(of: tensor) { bytes in
      var walk = ElementWalk(tensor)
      while walk.position < tensor.count {
        let start = tensor.offset + walk.offset
        for place in start..<start + size { result.append(bytes[place]) }
        walk.advance()
      }
    }
    return result
  }

  /// Statistics of all numbers of a tensor.
  ///
  /// - Complexity: O(*count*) time.
  public func statistics(of tensor: CheckpointTensor) throws(CheckpointError) -> WeightStatistics {
    var sums = WeightSums()
    try stream(tensor) { sums.add($0) }
    return sums.statistics
  }

  /// Lends the bytes of the source a tensor lies in.
  private func withBytes(
    of tensor: CheckpointTensor, _ body: (Span<UInt8>) -> Void
  ) throws(CheckpointError) {
    guard tensor.count > 0 else { return }
    if let (file, range) = try mapped(tensor) {
      file.withSpan(range, body)
    } else if case .packed(let archive, let entry) = sources[tensor.source] {
      let bytes = try archive.contents(of: entry, limit: ZipArchive.largestUnpackedCount)
      body(bytes.span)
    }
  }

  /// The file and the bytes of the source a tensor lies in; nil where it is compressed.
  private func mapped(
    _ tensor: CheckpointTensor
  ) throws(CheckpointError) -> (file: MappedFile, range: Range<Int>)? {
    switch sources[tensor.source] {
    case .mapped(let file, let range): return (file, range)
    case .packed(let archive, let entry):
      return try archive.storedRange(of: entry).map { (archive.file, $0) }
    }
  }
}

/// Walks the elements of a tensor in row-major order, wherever they lie.
private struct ElementWalk {
  /// Elements passed.
  private(set) var position = 0
  /// Bytes from the tensor's first element.
  private(set) var offset = 0
  private let size: Int
  private let shape: [Int]
  /// In bytes; nil for row-major order.
  private let steps: [Int]?
  private var index: [Int]

  init(_ tensor: CheckpointTensor) {
    let size = tensor.elementType.byteCount ?? 1
    self.size = size
    shape = tensor.shape
    steps = tensor.strides.map { $0.map { $0 * size } }
    index = Array(repeating: 0, count: shape.count)
  }

  mutating func advance() {
    position += 1
    guard let steps else {
      offset += size
      return
    }
    var axis = shape.count - 1
    while axis >= 0 {
      index[axis] += 1
      offset += steps[axis]
      if index[axis] < shape[axis] { return }
      offset -= steps[axis] * shape[axis]
      index[axis] = 0
      axis -= 1
    }
  }
}

extension Span where Element == UInt8 {
  /// The number of `type` stored little-endian from byte `offset`.
  func float(_ offset: Int, _ type: ElementType) -> Float {
    switch type {
    case .float32: Float(bitPattern: littleEndian32(offset))
    case .float64: Float(Double(bitPattern: littleEndian64(offset)))
    case .float16: Float(Float16(bitPattern: UInt16(littleEndian16(offset))))
    case .bfloat16: Float(bitPattern: UInt32(littleEndian16(offset)) << 16)
    case .int8: Float(Int8(bitPattern: self[offset]))
    case .uint8, .bool: Float(self[offset])
    case .int16: Float(Int16(truncatingIfNeeded: littleEndian16(offset)))
    case .uint16: Float(littleEndian16(offset))
    case .int32: Float(Int32(bitPattern: littleEndian32(offset)))
    case .uint32: Float(littleEndian32(offset))
    case .int64: Float(Int64(bitPattern: littleEndian64(offset)))
    case .uint64: Float(littleEndian64(offset))
    case .string, .other: .nan
    }
  }
}
