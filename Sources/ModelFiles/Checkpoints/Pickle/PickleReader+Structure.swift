/// Opcodes that build containers, remember values, and record objects.
extension PickleReader {
  mutating func readContainer(_ code: UInt8) throws(CheckpointError) -> Bool {
    switch code {
    case UInt8(ascii: "("):
      guard marks.count < limits.markDepth else {
        throw .limitExceeded(what: "levels in its pickle", limit: limits.markDepth)
      }
      marks.append(stack.count)
    case UInt8(ascii: "]"): try push(.list)
    case UInt8(ascii: "}"): try push(.dictionary)
    case UInt8(ascii: ")"): try push(.tuple)
    case 0x8F: try push(.set)
    case UInt8(ascii: "l"): try push(.list, try popToMark())
    case UInt8(ascii: "t"): try push(.tuple, try popToMark())
    case 0x91: try push(.set, try popToMark())  // FROZENSET
    case 0x85, 0x86, 0x87: try pushTuple(Int(code) - 0x84)
    case UInt8(ascii: "d"):
      let items = try popToMark()
      try push(.dictionary)
      try extend(try top(), items, isKeyed: true)
    case UInt8(ascii: "a"):
      let item = try pop()
      try extend(try top(), [item], isKeyed: false)
    case UInt8(ascii: "e"), 0x90:  // APPENDS, ADDITEMS
      let items = try popToMark()
      try extend(try top(), items, isKeyed: false)
    case UInt8(ascii: "s"):
      let value = try pop()
      let key = try pop()
      try extend(try top(), [key, value], isKeyed: true)
    case UInt8(ascii: "u"):
      let items = try popToMark()
      try extend(try top(), items, isKeyed: true)
    default: return false
    }
    return true
  }

  private mutating func pushTuple(_ count: Int) throws(CheckpointError) {
    var items: [ID] = []
    for _ in 0..<count { items.append(try pop()) }
    try push(.tuple, items.reversed())
  }

  /// Adds items to a container, or to an object that says it is one.
  private mutating func extend(
    _ id: ID, _ items: [ID], isKeyed: Bool
  ) throws(CheckpointError) {
    guard !isKeyed || items.count % 2 == 0 else { throw Self.damaged("has a key without a value") }
    switch nodes[Int(id)].value {
    case .dictionary where isKeyed: break
    case .list where !isKeyed, .set where !isKeyed: break
    case .object where nodes[Int(id)].items.isEmpty || nodes[Int(id)].isKeyed == isKeyed: break
    default: throw Self.damaged("fills something that holds nothing")
    }
    nodes[Int(id)].isKeyed = isKeyed
    nodes[Int(id)].items += items
  }

  mutating func readReference(
    _ code: UInt8, _ bytes: Span<UInt8>
  ) throws(CheckpointError) -> Bool {
    switch code {
    case UInt8(ascii: "0"):  // POP, which takes a mark where one is on top
      if let mark = marks.last, mark == stack.count {
        marks.removeLast()
      } else {
        _ = try pop()
      }
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"): stack.append(try top())
    case UInt8(ascii: "q"): try remember(try number(1, bytes))
    case UInt8(ascii: "r"): try remember(try number(4, bytes))
    case UInt8(ascii: "p"): try remember(try place(try line(bytes)))
    case 0x94: try remember(memo.count)
    case UInt8(ascii: "h"): try recall(try number(1, bytes))
    case UInt8(ascii: "j"): try recall(try number(4, bytes))
    case UInt8(ascii: "g"): try recall(try place(try line(bytes)))
    default: return false
    }
    return true
  }

  private func place(_ text: String) throws(CheckpointError) -> Int {
    guard let place = Int(text), place >= 0 else { throw Self.damaged("names no memory place") }
    return place
  }

  private mutating func remember(_ place: Int) throws(CheckpointError) {
    memo[place] = try top()
    guard memo.count <= limits.nodeCount else {
      throw .limitExceeded(what: "remembered values in its pickle", limit: limits.nodeCount)
    }
  }

  private mutating func recall(_ place: Int) throws(CheckpointError) {
    guard let id = memo[place] else { throw Self.damaged("recalls what it never remembered") }
    stack.append(id)
  }

  mutating func readObject(
    _ code: UInt8, _ bytes: Span<UInt8>
  ) throws(CheckpointError) -> Bool {
    switch code {
    case UInt8(ascii: "c"): try pushGlobal(bytes)
    case 0x93:  // STACK_GLOBAL
      let name = try pop()
      try push(.global(module: try pop(), name: name))
    case UInt8(ascii: "R"), 0x81:  // REDUCE, NEWOBJ
      let arguments = try pop()
      try pushObject(try pop(), arguments)
    case 0x92:  // NEWOBJ_EX
      _ = try pop()
      let arguments = try pop()
      try pushObject(try pop(), arguments)
    case UInt8(ascii: "i"):  // INST
      try pushGlobal(bytes)
      let callable = try pop()
      try pushObject(callable, try make(.tuple, try popToMark()))
    case UInt8(ascii: "o"):  // OBJ
      let items = try popToMark()
      guard let callable = items.first else { throw Self.damaged("makes an object of nothing") }
      try pushObject(callable, try make(.tuple, Array(items.dropFirst())))
    case UInt8(ascii: "b"): try build()
    case UInt8(ascii: "Q"): try push(.persistent(try pop()))
    case UInt8(ascii: "P"): try push(.persistent(try make(.text(try line(bytes)))))
    case 0x82, 0x83, 0x84:  // EXT1, EXT2, EXT4
      _ = try number(1 << (Int(code) - 0x82), bytes)
      try push(.other)
    default: return false
    }
    return true
  }

  private mutating func pushGlobal(_ bytes: Span<UInt8>) throws(CheckpointError) {
    let module = try make(.text(try line(bytes)))
    let name = try make(.text(try line(bytes)))
    try push(.global(module: module, name: name))
  }

  private mutating func pushObject(_ callable: ID, _ arguments: ID) throws(CheckpointError) {
    try push(.object(callable: callable, arguments: arguments, state: nil))
  }

  /// Sets the state of an object; of anything else it means nothing here.
  private mutating func build() throws(CheckpointError) {
    let state = try pop()
    let id = try top()
    if case .object(let callable, let arguments, _) = nodes[Int(id)].value {
      nodes[Int(id)].value = .object(callable: callable, arguments: arguments, state: state)
    }
  }
}
