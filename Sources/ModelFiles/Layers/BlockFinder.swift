import Networks

/// Groups layers into the units of an architecture, by the graph's bottlenecks and by name.
struct BlockFinder {
  let layers: [Layer]
  /// Layers between two places where a single tensor carries everything on.
  let segments: [[Int]]

  /// Largest segment that is taken for one block; whole U-Nets are larger.
  private static let largestSegment = 12

  init(_ graph: OperatorGraph, _ found: [FoundLayer], _ layers: [Layer]) {
    self.layers = layers
    let breaks = Self.bottlenecks(graph)
    var segments: [[Int]] = []
    var last = -1
    for (index, layer) in found.enumerated() {
      let segment = breaks[layer.node]
      if segment == last {
        segments[segments.count - 1].append(index)
      } else {
        segments.append([index])
      }
      last = segment
    }
    self.segments = segments
  }

  /// Number of bottlenecks before each node.
  private static func bottlenecks(_ graph: OperatorGraph) -> [Int] {
    var opens = Array(repeating: 0, count: graph.nodes.count + 1)
    for tensor in graph.tensors where !tensor.isFixed {
      let last = tensor.isOutput ? graph.nodes.count : tensor.consumers.max()
      guard let last else { continue }
      let first = tensor.producer.map { $0 + 1 } ?? 0
      guard first <= last else { continue }
      opens[first] += 1
      if last + 1 < opens.count { opens[last + 1] -= 1 }
    }
    var result = Array(repeating: 0, count: graph.nodes.count)
    var (carried, count) = (0, 0)
    for place in graph.nodes.indices {
      carried += opens[place]
      // What is carried before a node is what the nodes before it hand on.
      if carried == 1 { count += 1 }
      result[place] = count
    }
    return result
  }

  /// All layers in order, each in exactly one block.
  func blocks() -> [LayerBlock] {
    var groups: [[Int]] = []
    for segment in segments.flatMap(split) {
      if let last = groups.last, belong(last, segment) {
        groups[groups.count - 1] += segment
      } else {
        groups.append(segment)
      }
    }
    var number = 0
    return groups.map { group in
      if group.count > 1 { number += 1 }
      return LayerBlock(name: name(group, number), layers: group.map(LayerID.init))
    }
  }

  private func names(_ group: [Int]) -> [String] { group.map { layers[$0].name } }

  /// One unit that all layers of the group belong to.
  private func unit(_ group: [Int]) -> String? {
    let units = Set(names(group).map { NameParts($0).unit })
    guard units.count == 1, let unit = units.first else { return nil }
    return unit
  }

  /// A segment in which names tell several units apart, or which is too large, falls apart.
  private func split(_ segment: [Int]) -> [[Int]] {
    guard segment.count > 1 else { return [segment] }
    let parts = names(segment).map(NameParts.init)
    let units = Set(parts.compactMap(\.unit))
    let isNamed = parts.allSatisfy(\.isPath)
    guard segment.count > Self.largestSegment || (isNamed && units.count > 1) else {
      return [segment]
    }
    var runs: [[Int]] = []
    var last: String?
    for (layer, part) in zip(segment, parts) {
      let key = part.unit ?? part.parent
      if let key, key == last, !runs.isEmpty {
        runs[runs.count - 1].append(layer)
      } else {
        runs.append([layer])
      }
      last = key
    }
    return runs
  }

  /// Whether two neighbours are one unit.
  private func belong(_ a: [Int], _ b: [Int]) -> Bool {
    if let unit = unit(a), unit == self.unit(b) { return true }
    // A squeeze layer alone before its branches.
    if a.count == 1, b.count > 1, let parent = NameParts(layers[a[0]].name).parent,
      parent == NameParts.common(names(b))
    {
      return true
    }
    guard a.count == 1, b.count == 1 else { return false }
    let (first, second) = (layers[a[0]], layers[b[0]])
    return first.kind == .depthwiseConvolution && second.kind == .convolution
      && second.kernel?.size.allSatisfy { $0 == 1 } == true
      && !NameParts.common(names(a + b)).isEmpty
      && NameParts.common(names(a + b)) != NameParts(first.name).parent
  }

  private func name(_ group: [Int], _ number: Int) -> String {
    guard group.count > 1 else { return layers[group[0]].name }
    if let unit = unit(group) { return unit }
    let common = NameParts.common(names(group))
    return common.isEmpty ? "block \(number)" : common
  }
}
