/// What a pickle describes, as inert data: nothing is looked up, called or built.
///
/// Nodes refer to each other by number, may be shared and may form cycles.
struct PickleGraph: Sendable {
  typealias ID = Int32

  var nodes: [PickleNode]
  var root: ID

  subscript(id: ID) -> PickleNode { nodes[Int(id)] }

  /// The text of a node; nil for anything else.
  func text(_ id: ID) -> String? {
    if case .text(let text) = self[id].value { text } else { nil }
  }

  /// A whole number; nil for anything else.
  func integer(_ id: ID) -> Int? {
    if case .integer(let number) = self[id].value { number } else { nil }
  }

  /// The elements of a tuple or list; nil for anything else.
  func elements(_ id: ID) -> [ID]? {
    switch self[id].value {
    case .tuple, .list: self[id].items
    default: nil
    }
  }

  /// The elements of a short tuple or list of whole numbers, or of a `torch.Size` around one.
  func integers(_ id: ID) -> [Int]? {
    var elements = elements(id)
    if elements == nil, let object = object(id), object.name == "torch.Size" {
      elements = object.arguments.first.flatMap { self.elements($0) }
    }
    guard let elements, elements.count <= TensorClaim.largestRank else { return nil }
    let numbers = elements.compactMap { integer($0) }
    return numbers.count == elements.count ? numbers : nil
  }

  /// `module.name` of a global; nil for anything else.
  func globalName(_ id: ID) -> String? {
    guard case .global(let module, let name) = self[id].value,
      let module = text(module), let name = text(name)
    else { return nil }
    return "\(module).\(name)"
  }

  /// Keys and values of a dictionary, or of an object that was filled like one.
  func pairs(_ id: ID) -> [(key: ID, value: ID)]? {
    let node = self[id]
    switch node.value {
    case .dictionary: break
    case .object:
      guard node.isKeyed || isEmptyMapping(id) else { return nil }
    default: return nil
    }
    return stride(from: 0, to: node.items.count - 1, by: 2).map {
      (node.items[$0], node.items[$0 + 1])
    }
  }

  /// The value of a text key in a dictionary; the last of equal ones, as Python has it.
  func value(_ key: String, of id: ID) -> ID? {
    pairs(id)?.last { text($0.key) == key }?.value
  }

  /// What was called or built, with what, and the state set afterwards.
  func object(_ id: ID) -> PickleObject? {
    guard case .object(let callable, let arguments, let state) = self[id].value else { return nil }
    return PickleObject(
      name: globalName(callable) ?? quotedClass(callable) ?? "?",
      arguments: elements(arguments) ?? [], state: state)
  }

  /// A class as PyTorch's old format names it the first time: `('module', class, file, source)`.
  private func quotedClass(_ id: ID) -> String? {
    guard case .persistent(let description) = self[id].value,
      let parts = elements(description), parts.count >= 2, text(parts[0]) == "module"
    else { return nil }
    return globalName(parts[1])
  }

  private func isEmptyMapping(_ id: ID) -> Bool {
    self[id].items.isEmpty && object(id)?.name == "collections.OrderedDict"
  }
}

/// A value of a pickle and what it contains.
struct PickleNode: Sendable {
  var value: PickleValue
  /// Elements; of mappings keys and values in turn.
  var items: [PickleGraph.ID] = []
  /// Whether `items` are keys and values.
  var isKeyed = false
}

/// Kinds of value. Texts are copied out of the file, bytes stay there.
enum PickleValue: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  /// A range of the bytes the pickle was read from.
  case bytes(Range<Int>)
  case list, tuple, set, dictionary
  /// A class or function by the names of its module and its own.
  case global(module: PickleGraph.ID, name: PickleGraph.ID)
  /// Something kept outside the pickle; torch's storages.
  case persistent(PickleGraph.ID)
  /// A call or a new object; `state` is what was to be set on it.
  case object(callable: PickleGraph.ID, arguments: PickleGraph.ID, state: PickleGraph.ID?)
  /// A number too large for a word, an extension, anything without meaning here.
  case other
}

/// An object node, resolved one step.
struct PickleObject: Sendable {
  var name: String
  var arguments: [PickleGraph.ID]
  var state: PickleGraph.ID?
}
