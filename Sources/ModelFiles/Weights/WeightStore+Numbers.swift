import Networks
import Storage

/// Why numbers cannot be given; the caller knows whose they are.
struct NumbersUnavailable: Error {
  var reason: String
}

extension WeightStore {
  /// Numbers handed over at a time: 64 KiB of floats.
  static var chunkCount: Int { 16_384 }
  /// Most numbers ever brought into memory at once: 1 GiB of floats.
  static var largestCount: Int { 1 << 28 }

  /// All numbers of `source`, row-major.
  func floats(of source: ConstantSource) throws(NumbersUnavailable) -> [Float] {
    guard source.count <= Self.largestCount else {
      throw NumbersUnavailable(reason: "there are more than \(Self.largestCount) of them")
    }
    if case .transposed(let inner, let permutation) = source {
      return transpose(try floats(of: inner), inner.dimensions, permutation)
    }
    if case .reshaped(let inner, _) = source { return try floats(of: inner) }
    if case .dequantized(let inner, _, _, _) = source, inner.isTransposed {
      return try dequantizedInOrder(source)
    }
    var values: [Float] = []
    try stream(source) { chunk in
      if values.isEmpty { values.reserveCapacity(source.count) }
      for i in chunk.indices { values.append(chunk[i]) }
    }
    return values
  }

  private func dequantizedInOrder(_ source: ConstantSource) throws(NumbersUnavailable) -> [Float] {
    guard case .dequantized(let inner, let scale, let zero, let axis) = source else { return [] }
    var values = try floats(of: inner)
    let rescale = try Rescaling(inner.dimensions, axis, scale, zero, self)
    rescale.apply(to: &values, startingAt: 0)
    return values
  }

  /// Lends all numbers of `source` to `body`, some at a time. Transposed sources come in the order
  /// in which they are stored.
  func stream(
    _ source: ConstantSource, _ body: (Span<Float>) -> Void
  ) throws(NumbersUnavailable) {
    switch source {
    case .stored(let tensor, let dimensions):
      try streamStored(tensor, dimensions.checkedProduct ?? 0, body)
    case .filled(_, let value):
      var left = source.count
      let chunk = Array(repeating: value, count: min(left, Self.chunkCount))
      while left > 0 {
        body(chunk.span.extracting(first: min(left, chunk.count)))
        left -= chunk.count
      }
    case .literal(_, let values): body(values.span)
    case .reshaped(let inner, _), .transposed(let inner, _): try stream(inner, body)
    case .dequantized(let inner, _, _, _) where inner.isTransposed:
      let values = try dequantizedInOrder(source)
      body(values.span)
    case .dequantized(let inner, let scale, let zero, let axis):
      let rescale = try Rescaling(inner.dimensions, axis, scale, zero, self)
      var start = 0
      var copy: [Float] = []
      try stream(inner) { chunk in
        copy.removeAll(keepingCapacity: true)
        for i in chunk.indices { copy.append(chunk[i]) }
        rescale.apply(to: &copy, startingAt: start)
        start += copy.count
        body(copy.span)
      }
    }
  }

  private func streamStored(
    _ tensor: ONNXTensor, _ count: Int, _ body: (Span<Float>) -> Void
  ) throws(NumbersUnavailable) {
    let type = tensor.elementType
    guard let size = type.byteCount else {
      throw NumbersUnavailable(reason: "their number format (\(tensor.typeCode)) is not supported")
    }
    if let (file, range) = place(of: tensor) {
      guard range.count / size >= count else { throw Self.tooFew(range.count / size, count) }
      file.streamFloats(at: range.lowerBound, count: count, type, body)
    } else {
      try streamFields(tensor, count, body)
    }
  }

  static func tooFew(_ found: Int, _ count: Int) -> NumbersUnavailable {
    NumbersUnavailable(reason: "the file holds \(found) of \(count) numbers")
  }
}

/// `(value − zero) · scale`, per tensor or per index of one axis.
struct Rescaling {
  let scales: [Float]
  let zeros: [Float]
  /// Elements that share a scale in a row.
  let inner: Int

  init(
    _ dimensions: [Int], _ axis: Int, _ scale: ConstantSource, _ zero: ConstantSource?,
    _ store: WeightStore
  ) throws(NumbersUnavailable) {
    scales = try store.floats(of: scale)
    zeros =
      try zero.map { (source) throws(NumbersUnavailable) in try store.floats(of: source) } ?? []
    let place = axis < 0 ? axis + dimensions.count : axis
    inner = dimensions.dropFirst(max(0, place) + 1).reduce(1, *)
    let length = dimensions.indices.contains(place) ? dimensions[place] : 1
    guard scales.count == 1 || scales.count == length,
      zeros.isEmpty || zeros.count == 1 || zeros.count == scales.count
    else { throw NumbersUnavailable(reason: "their scales fit no axis") }
  }

  func apply(to values: inout [Float], startingAt start: Int) {
    for i in values.indices {
      let group = scales.count == 1 ? 0 : (start + i) / max(1, inner) % scales.count
      let zero = zeros.isEmpty ? 0 : zeros[zeros.count == 1 ? 0 : group]
      values[i] = (values[i] - zero) * scales[group]
    }
  }
}

/// Row-major values with their axes reordered: axis *i* of the result is axis `permutation[i]`.
func transpose(_ values: [Float], _ dimensions: [Int], _ permutation: [Int]) -> [Float] {
  var strides = Array(repeating: 1, count: dimensions.count)
  for axis in dimensions.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * dimensions[axis + 1]
  }
  let lengths = permutation.map { dimensions[$0] }
  let steps = permutation.map { strides[$0] }
  var result: [Float] = []
  result.reserveCapacity(values.count)
  var index = Array(repeating: 0, count: lengths.count)
  var place = 0
  for _ in values.indices {
    result.append(values[place])
    var axis = lengths.count - 1
    while axis >= 0 {
      index[axis] += 1
      place += steps[axis]
      if index[axis] < lengths[axis] { break }
      place -= steps[axis] * lengths[axis]
      index[axis] = 0
      axis -= 1
    }
  }
  return result
}
