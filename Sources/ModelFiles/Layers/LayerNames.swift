import Networks

/// Names for layers as the network's author gave them, freed of what exporters add.
enum LayerNames {
  /// What a name can be found from.
  struct Candidate {
    var nodeName: String
    var operatorName: String
    /// The stored tensor of the weights, where it has a name.
    var weightName: String
    var kind: LayerKind
  }

  /// One name a layer: unique, printable, never empty.
  static func names(_ candidates: [Candidate]) -> [String] {
    let found = candidates.map { candidate -> String? in
      let node = nodeStem(candidate.nodeName, candidate.operatorName)
      let weight = weightStem(candidate.weightName)
      if let weight, weight.isModule { return weight.name }
      return node ?? weight?.name
    }
    let short = withoutSharedFolder(found.map { $0.map { printable($0, limit: 120) } })
    var counts: [LayerKind: Int] = [:]
    var taken: [String: Int] = [:]
    return zip(candidates, short).map { candidate, name in
      let kind: LayerKind = candidate.kind == .dense ? .dense : .convolution
      counts[kind, default: 0] += 1
      let fallback = (kind == .dense ? "dense" : "conv") + "\(counts[kind, default: 1])"
      let base = name.flatMap { $0.isEmpty ? nil : $0 } ?? fallback
      taken[base, default: 0] += 1
      guard let times = taken[base], times > 1 else { return base }
      let unique = "\(base)#\(times)"
      taken[unique, default: 0] += 1
      return unique
    }
  }

  /// The module that holds a weight tensor: `layer1.0.conv1` of `layer1.0.conv1.weight`.
  ///
  /// `isModule` tells names that name a module for certain from guesses.
  static func weightStem(_ weightName: String) -> (name: String, isModule: Bool)? {
    var name = weightName[...]
    for suffix in ["_quantized", "_DequantizeLinear_Output"] where name.hasSuffix(suffix) {
      name = name.dropLast(suffix.count)
    }
    guard !name.hasPrefix("onnx::"), !name.hasPrefix("const_fold_opt") else { return nil }
    if name.hasSuffix(".weight") {
      let stem = withoutWrapper(String(name.dropLast(7)))
      return stem.isEmpty ? nil : (stem, true)
    }
    name = withoutPort(name)
    for suffix in weightSuffixes where name.hasSuffix(suffix) {
      let stem = name.dropLast(suffix.count)
      let clean = cleaned(stem.split(separator: "/", omittingEmptySubsequences: true))
      return clean.isEmpty || clean.allSatisfy(\.isNumber) ? nil : (clean, false)
    }
    return nil
  }

  private static let weightSuffixes = [
    "/ReadVariableOp", "/read", ".w_0", "_w_0", "_weights", ".weights", "/weights", "_weight",
    "/kernel", ".kernel", "_kernel", "_W", "_w", "/W", "/w", ".W", ".w",
  ]

  /// What a node's name says beyond its operator: `layer1.0.conv1` of
  /// `/layer1/layer1.0/conv1/Conv`; nil when it says nothing.
  static func nodeStem(_ nodeName: String, _ operatorName: String) -> String? {
    if nodeName.hasPrefix("/") {
      let parts = nodeName.split(separator: "/").dropLast()
      let joined = parts.reduce("") { path, part in
        path.isEmpty || part.hasPrefix(path + ".") ? String(part) : path + "." + part
      }
      return joined.isEmpty ? nil : withoutWrapper(joined)
    }
    let parts = withoutPort(nodeName[...]).split(separator: "/")
    let name = cleaned(parts)
    return name.isEmpty || isNumbered(name, operatorName) ? nil : withoutWrapper(name)
  }

  /// `Conv_12`, `node_Conv_875`, `Conv@3`, `n7`, `12`: an operator or nothing, and a number.
  private static func isNumbered(_ name: String, _ operatorName: String) -> Bool {
    var rest = name.lowercased()[...]
    if rest.hasPrefix("node_") { rest = rest.dropFirst(5) }
    for word in [operatorName.lowercased(), "matmul", "gemm", "conv2d", "n", "node", "op", "layer"]
    where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
    }
    return rest.allSatisfy { $0.isNumber || "_@:-".contains($0) }
      || rest.drop { "_@:-".contains($0) }.hasPrefix("gemm")
  }

  /// `fc1/MatMul:0` without `:0`, and without a counter such as `__14` of exporters.
  private static func withoutPort(_ name: Substring) -> Substring {
    var result = name
    for mark in [":", "__"] {
      let tail = result.reversed().prefix { $0.isNumber }
      let rest = result.dropLast(tail.count)
      if !tail.isEmpty, rest.hasSuffix(mark) { result = rest.dropLast(mark.count) }
    }
    return result
  }

  private static let genericParts: Set<String> = [
    "Conv2D", "Conv", "Convolution", "convolution", "BiasAdd", "MatMul", "MatMul_Gemm", "Add",
    "Relu", "Relu6", "ReadVariableOp", "read", "Conv2D_Gemm", "depthwise", "Gemm", "Tensordot",
    "einsum", "Einsum",
  ]

  /// A path without parts that only name an operator and without repeated parts.
  private static func cleaned(_ parts: [Substring]) -> String {
    var kept: [Substring] = []
    for part in parts where part != kept.last && part != "StatefulPartitionedCall" {
      kept.append(part)
    }
    while kept.count > 1, let last = kept.last,
      genericParts.contains(String(withoutPort(last)))
    {
      kept.removeLast()
    }
    return kept.joined(separator: "/")
  }

  /// Without `module.` and the like, which training scripts wrap around a network.
  static func withoutWrapper(_ name: String) -> String {
    var result = name[...]
    for wrapper in ["module.", "_orig_mod.", "_model."] where result.hasPrefix(wrapper) {
      result = result.dropFirst(wrapper.count)
    }
    return String(result)
  }

  /// Names without a first folder that all of them share, such as `sequential/`.
  private static func withoutSharedFolder(_ names: [String?]) -> [String?] {
    var names = names
    while true {
      let known = names.compactMap(\.self)
      guard known.count > 1, let first = known.first?.split(separator: "/").first else {
        return names
      }
      let folder = first + "/"
      guard known.allSatisfy({ $0.hasPrefix(folder) && $0.count > folder.count }),
        !known.contains(where: { $0.dropFirst(folder.count).first?.isNumber == true })
      else { return names }
      names = names.map { $0.map { String($0.dropFirst(folder.count)) } }
    }
  }
}
