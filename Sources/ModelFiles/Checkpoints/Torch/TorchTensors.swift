import Networks

/// A tensor as a pickle describes it, before its storage is looked up.
struct TorchTensor: Sendable {
  var storageKey: String
  /// Format of the storage, and how many of those elements it claims.
  var storageType: ElementType
  var storageCount: Int
  var elementType: ElementType
  /// In elements of `elementType`, from the storage's start.
  var elementOffset: Int
  var shape: [Int]
  var strides: [Int]
}

/// Recognises tensors among the calls of a pickle.
///
/// The functions are those of PyTorch's own reader that refuses code, `torch/_weights_only_unpickler.py`.
struct TorchTensors {
  let graph: PickleGraph

  private static let deepest = 16

  /// What a node is a tensor of; nil when it is none, or one of a kind that is not read.
  func tensor(_ id: PickleGraph.ID) -> TorchTensor? { tensor(id, depth: 0) }

  /// Whether a node is a tensor of any kind, readable or not.
  func isTensor(_ id: PickleGraph.ID) -> Bool {
    guard let name = graph.object(id)?.name else { return false }
    return name.hasPrefix("torch._utils._rebuild_") || name == "torch._tensor._rebuild_from_type_v2"
      || name == "torch.nn.parameter.Parameter" || name == "torch.nn.parameter.Buffer"
  }

  private func tensor(_ id: PickleGraph.ID, depth: Int) -> TorchTensor? {
    guard depth < Self.deepest, let call = graph.object(id) else { return nil }
    let arguments = call.arguments
    switch call.name {
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
      return rebuilt(arguments, type: nil)
    case "torch._utils._rebuild_tensor_v3":
      guard arguments.count > 6, let format = graph.globalName(arguments[6]) else { return nil }
      return rebuilt(arguments, type: TorchTypes.element(ofFormat: format))
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
      "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer":
      return arguments.first.flatMap { tensor($0, depth: depth + 1) }
    case "torch._tensor._rebuild_from_type_v2":
      // Function, type, arguments, state: a subclass of Tensor around a call.
      guard arguments.count > 2, let function = graph.globalName(arguments[0]),
        function.hasPrefix("torch._utils._rebuild_tensor"),
        let inner = graph.elements(arguments[2])
      else { return nil }
      return rebuilt(inner, type: nil)
    default: return nil
    }
  }

  /// Storage, offset, size, strides.
  private func rebuilt(_ arguments: [PickleGraph.ID], type: ElementType?) -> TorchTensor? {
    guard arguments.count >= 4, var tensor = storage(arguments[0]),
      let offset = graph.integer(arguments[1]), let shape = graph.integers(arguments[2]),
      let strides = graph.integers(arguments[3])
    else { return nil }
    tensor.elementType = type ?? tensor.storageType
    let (sum, overflow) = tensor.elementOffset.addingReportingOverflow(offset)
    guard !overflow else { return nil }
    tensor.elementOffset = sum
    (tensor.shape, tensor.strides) = (shape, strides)
    return tensor
  }

  /// `('storage', class, key, place, count)`, and in old files the view of it.
  private func storage(_ id: PickleGraph.ID) -> TorchTensor? {
    guard case .persistent(let description) = graph[id].value,
      let parts = graph.elements(description), parts.count >= 5,
      graph.text(parts[0]) == "storage", let name = graph.globalName(parts[1]),
      let key = graph.text(parts[2]), let count = graph.integer(parts[4])
    else { return nil }
    let type = TorchTypes.element(ofStorage: name)
    var offset = 0
    if parts.count > 5, let view = graph.elements(parts[5]), view.count >= 2 {
      guard let start = graph.integer(view[1]) else { return nil }
      offset = start
    }
    return TorchTensor(
      storageKey: key, storageType: type, storageCount: count, elementType: type,
      elementOffset: offset, shape: [], strides: [])
  }
}
