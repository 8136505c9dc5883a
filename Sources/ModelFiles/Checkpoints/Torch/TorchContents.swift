/// What a PyTorch pickle holds that is of use: tensors by name, facts, and the modules of a whole
/// model.
struct TorchContents {
  var tensors: [(name: String, node: PickleGraph.ID)] = []
  var modules: [ModuleFacts] = []
  /// Numbers and short texts beside the weights, such as `epoch`.
  var facts: [MetadataEntry] = []
  var notes: [String] = []
}

/// Looks for the weights in a pickle: the state dictionary, wherever people keep it, or the modules
/// of a model that was pickled whole.
struct TorchSearch {
  private let graph: PickleGraph
  private let recognizer: TorchTensors
  private var result = TorchContents()
  /// Containers and their items looked at, so that a pickle that shares its parts cannot multiply
  /// them.
  private var visitCount = 0
  private var nameByteCount = 0

  /// Where checkpoints keep the weights, best first; `ema` is a running average of them.
  static let usualKeys = [
    "state_dict", "model_state_dict", "model_state", "model", "net", "network", "module", "weights",
    "params", "ema", "model_ema", "ema_state_dict", "state_dict_ema", "params_ema",
  ]
  static let largestVisitCount = 250_000
  static let deepest = 64
  static let largestNameByteCount = 1 << 26
  private static let largestFactCount = 40

  init(_ graph: PickleGraph) {
    self.graph = graph
    recognizer = TorchTensors(graph: graph)
  }

  /// - Throws: ``CheckpointError/noTensors`` when there are no weights to be found.
  mutating func search() throws(CheckpointError) -> TorchContents {
    collectFacts(graph.root)
    guard try take(graph.root, path: [], depth: 0), !result.tensors.isEmpty else {
      throw .noTensors
    }
    return result
  }

  /// Takes the weights below a node; false when there are none.
  private mutating func take(
    _ id: PickleGraph.ID, path: [String], depth: Int
  ) throws(CheckpointError) -> Bool {
    guard depth < 6 else { return false }
    if recognizer.isTensor(id) {
      try add(path.last ?? "tensor", id)
      return true
    }
    if let pairs = graph.pairs(id) {
      try visit(pairs.count)
      for key in Self.usualKeys {
        if let inner = graph.value(key, of: id), !recognizer.isTensor(inner),
          try take(inner, path: path + [key], depth: depth + 1)
        {
          noteOthers(pairs, taken: key)
          return true
        }
      }
      if try takeDictionary(id, prefix: "", depth: 0) {
        if !path.isEmpty { note("the weights are those of “\(path.joined(separator: "."))”") }
        return true
      }
      return false
    }
    let before = result.tensors.count
    try walkModule(id, prefix: "", depth: 0)
    if result.tensors.count > before { note("a whole model was saved; its code was not run") }
    return result.tensors.count > before
  }

  /// Takes every tensor of a dictionary and of those inside it, keys joined by dots.
  private mutating func takeDictionary(
    _ id: PickleGraph.ID, prefix: String, depth: Int
  ) throws(CheckpointError) -> Bool {
    guard depth < Self.deepest, let pairs = graph.pairs(id) else { return false }
    try visit(pairs.count)
    let before = result.tensors.count
    for (key, value) in pairs {
      guard let name = graph.text(key) else { continue }
      if recognizer.isTensor(value) {
        try add(prefix + name, value)
      } else if graph.pairs(value) != nil, !Self.isBookkeeping(name) {
        _ = try takeDictionary(value, prefix: prefix + name + ".", depth: depth + 1)
      }
    }
    return result.tensors.count > before
  }

  /// What is beside the weights and has tensors of its own.
  private static func isBookkeeping(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.contains("optim") || name.contains("scheduler") || name.contains("scaler")
      || name == "_metadata" || name == "rng_state"
  }

  /// Takes the parameters and buffers of a pickled module and of those inside it.
  private mutating func walkModule(
    _ id: PickleGraph.ID, prefix: String, depth: Int
  ) throws(CheckpointError) {
    guard depth < Self.deepest, let object = graph.object(id), let state = moduleState(object)
    else { return }
    try visit(graph[state].items.count)
    result.modules.append(ModuleFacts(className: object.name, prefix, state, graph))
    for key in ["_parameters", "_buffers"] {
      guard let group = graph.value(key, of: state), let pairs = graph.pairs(group) else {
        continue
      }
      try visit(pairs.count)
      for (key, value) in pairs where recognizer.isTensor(value) {
        if let name = graph.text(key) { try add(prefix + name, value) }
      }
    }
    if let group = graph.value("_modules", of: state), let pairs = graph.pairs(group) {
      for (key, value) in pairs {
        guard let name = graph.text(key) else { continue }
        try walkModule(value, prefix: prefix + name + ".", depth: depth + 1)
      }
    } else if object.name.hasPrefix("__torch__."), let pairs = graph.pairs(state) {
      // TorchScript keeps parameters and modules side by side.
      for (key, value) in pairs {
        guard let name = graph.text(key) else { continue }
        if recognizer.isTensor(value) { try add(prefix + name, value) }
        try walkModule(value, prefix: prefix + name + ".", depth: depth + 1)
      }
    }
  }

  /// The attributes of a module; a state with slots is a pair.
  private func moduleState(_ object: PickleObject) -> PickleGraph.ID? {
    guard let state = object.state else { return nil }
    if graph.pairs(state) != nil { return state }
    return graph.elements(state)?.first { graph.pairs($0) != nil }
  }

  private mutating func visit(_ count: Int) throws(CheckpointError) {
    visitCount += 1 + count
    guard visitCount <= Self.largestVisitCount else {
      throw .limitExceeded(what: "containers in its pickle", limit: Self.largestVisitCount)
    }
  }

  private mutating func add(_ name: String, _ id: PickleGraph.ID) throws(CheckpointError) {
    nameByteCount += name.utf8.count
    guard nameByteCount <= Self.largestNameByteCount else {
      throw .limitExceeded(what: "bytes of tensor names", limit: Self.largestNameByteCount)
    }
    result.tensors.append((name, id))
  }

  private mutating func note(_ text: String) {
    if !result.notes.contains(text) { result.notes.append(text) }
  }

  /// Says which other sets of weights lie beside those taken.
  private mutating func noteOthers(
    _ pairs: [(key: PickleGraph.ID, value: PickleGraph.ID)], taken: String
  ) {
    let others = pairs.compactMap { graph.text($0.key) }.filter {
      $0 != taken && Self.usualKeys.contains($0)
    }
    guard !others.isEmpty else { return }
    note("“\(taken)” was read, not \(others.map { "“\($0)”" }.joined(separator: ", "))")
  }

  private mutating func collectFacts(_ root: PickleGraph.ID) {
    for (key, value) in graph.pairs(root) ?? [] where result.facts.count < Self.largestFactCount {
      guard let name = graph.text(key) else { continue }
      let text: String? =
        switch graph[value].value {
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .text(let text) where text.utf8.count <= 200: text
        default: nil
        }
      if let text {
        result.facts.append(MetadataEntry(key: printable(name), value: printable(text)))
      }
    }
  }
}
