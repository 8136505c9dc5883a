/// What a pickle may ask for; far beyond what checkpoints need, and at worst some 300 MiB.
struct PickleLimits: Sendable {
  var opcodeCount = 8_000_000
  var nodeCount = 1_000_000
  /// Bytes of all texts.
  var textCount = 1 << 26
  var markDepth = 10_000
}

/// Reads a pickle of protocols 0 to 5 into a ``PickleGraph`` and executes nothing.
///
/// A pickle is a program for a stack machine. This machine knows how to put data together;
/// names of classes and functions stay names, calls stay records of what was to be called.
/// Opcodes as in CPython's `pickletools.py`. Work and memory are bounded by ``PickleLimits``.
struct PickleReader {
  typealias ID = PickleGraph.ID

  let limits: PickleLimits
  /// Next byte to read, and after the last the end of the pickle.
  private(set) var position: Int
  var nodes: [PickleNode] = []
  var stack: [ID] = []
  var marks: [Int] = []
  var memo: [Int: ID] = [:]
  private var textCount = 0

  init(startingAt position: Int = 0, limits: PickleLimits = PickleLimits()) {
    self.position = position
    self.limits = limits
  }

  /// Reads one pickle.
  mutating func read(_ bytes: Span<UInt8>) throws(CheckpointError) -> PickleGraph {
    var opcodeCount = 0
    while true {
      let code = try byte(bytes)
      if code == UInt8(ascii: ".") { break }
      opcodeCount += 1
      guard opcodeCount <= limits.opcodeCount else {
        throw .limitExceeded(what: "steps in its pickle", limit: limits.opcodeCount)
      }
      if try readData(code, bytes) { continue }
      if try readContainer(code) { continue }
      if try readReference(code, bytes) { continue }
      guard try readObject(code, bytes) else {
        throw Self.damaged("holds the unknown step \(code) at byte \(position - 1)")
      }
    }
    guard let root = stack.last else { throw Self.damaged("ends without a value") }
    return PickleGraph(nodes: nodes, root: root)
  }

  static func damaged(_ detail: String) -> CheckpointError {
    .damaged(part: "pickle", detail: detail)
  }
}

extension PickleReader {
  // Bytes.

  mutating func byte(_ bytes: Span<UInt8>) throws(CheckpointError) -> UInt8 {
    bytes[try take(1, of: bytes).lowerBound]
  }

  /// The next `count` bytes.
  mutating func take(
    _ count: Int, of bytes: Span<UInt8>
  ) throws(CheckpointError) -> Range<Int> {
    guard count >= 0, position <= bytes.count, count <= bytes.count - position else {
      throw Self.damaged("is cut off")
    }
    defer { position += count }
    return position..<position + count
  }

  /// A number of up to eight bytes, lowest first.
  mutating func number(_ size: Int, _ bytes: Span<UInt8>) throws(CheckpointError) -> Int {
    let range = try take(size, of: bytes)
    var value: UInt64 = 0
    for (place, offset) in range.enumerated() {
      value |= UInt64(bytes[offset]) << UInt64(8 * place)
    }
    guard let number = Int(exactly: value) else {
      throw Self.damaged("claims an impossible length")
    }
    return number
  }

  /// The rest of a line of text, without its end.
  mutating func line(_ bytes: Span<UInt8>) throws(CheckpointError) -> String {
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    let range = try take(end - position + 1, of: bytes)
    return try text(range.lowerBound..<range.upperBound - 1, bytes)
  }

  /// Copies text out, within the limit on all of it.
  mutating func text(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(CheckpointError) -> String {
    textCount += range.count
    guard textCount <= limits.textCount else {
      throw .limitExceeded(what: "bytes of text in its pickle", limit: limits.textCount)
    }
    return bytes.decoded(range)
  }
}

extension PickleReader {
  // The stack.

  mutating func make(
    _ value: PickleValue, _ items: [ID] = []
  ) throws(CheckpointError) -> ID {
    guard nodes.count < limits.nodeCount else {
      throw .limitExceeded(what: "values in its pickle", limit: limits.nodeCount)
    }
    nodes.append(PickleNode(value: value, items: items))
    return ID(nodes.count - 1)
  }

  mutating func push(
    _ value: PickleValue, _ items: [ID] = []
  ) throws(CheckpointError) {
    stack.append(try make(value, items))
  }

  /// Takes the top; nothing below the last mark.
  mutating func pop() throws(CheckpointError) -> ID {
    guard stack.count > marks.last ?? 0, let top = stack.popLast() else {
      throw Self.damaged("takes more values than it made")
    }
    return top
  }

  /// Takes everything above the last mark, and the mark.
  mutating func popToMark() throws(CheckpointError) -> [ID] {
    guard let mark = marks.popLast() else { throw Self.damaged("closes what it never opened") }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  /// The top, left where it is.
  func top() throws(CheckpointError) -> ID {
    guard stack.count > marks.last ?? 0, let top = stack.last else {
      throw Self.damaged("takes more values than it made")
    }
    return top
  }
}
