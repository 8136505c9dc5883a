/// Decides which part of a cut network each operator belongs to.
///
/// An operator is in the part behind the last seam it depends on. One that depends on constants
/// only belongs to every part that reads it.
struct PartAssignment {
  let graph: OperatorGraph
  /// Tensors at which the network is cut, with their layers' names.
  let seams: [(tensor: Int, layer: String)]
  let scores: Int
  /// Part of each operator; nil for those that no score needs, and for constant ones.
  private(set) var partOfNode: [Int?]
  /// Whether a tensor depends on nothing but constants.
  private(set) var isConstant: [Bool]
  private let seamOfTensor: [Int: Int]

  init(
    _ graph: OperatorGraph, seams: [(tensor: Int, layer: String)], scores: Int
  ) throws(ModelFileError) {
    self.graph = graph
    self.seams = seams
    self.scores = scores
    partOfNode = Array(repeating: nil, count: graph.nodes.count)
    isConstant = graph.tensors.map { $0.producer == nil }
    for input in graph.inputs { isConstant[input] = false }
    var seamOfTensor: [Int: Int] = [:]
    for (index, seam) in seams.enumerated() {
      guard seamOfTensor[seam.tensor] == nil else {
        throw .cannotCut(layer: seam.layer, reason: "its output is that of another layer")
      }
      seamOfTensor[seam.tensor] = index
    }
    self.seamOfTensor = seamOfTensor
  }

  /// Fills ``partOfNode``.
  mutating func assign() throws(ModelFileError) {
    if let seam = seams.first(where: { $0.tensor == scores }) {
      throw .cannotCut(
        layer: seam.layer, reason: "its output is the class scores, and nothing comes after them")
    }
    let needed = neededNodes()
    for (index, node) in graph.nodes.enumerated() {
      var part: Int?
      for tensor in node.reads where !isConstant[tensor] {
        part = max(part ?? 0, partReading(tensor))
      }
      for output in node.outputs.compactMap(\.self) { isConstant[output] = part == nil }
      if needed[index] { partOfNode[index] = part }
    }
    for (index, seam) in seams.enumerated() {
      guard let producer = graph.tensors[seam.tensor].producer,
        let part = partOfNode[producer], part <= index
      else {
        throw .cannotCut(layer: seam.layer, reason: "no class score depends on its output")
      }
    }
    guard part(of: scores) == seams.count else {
      let layer = seams[seams.count - 1].layer
      throw .cannotCut(layer: layer, reason: "no class score depends on its output")
    }
  }

  /// The part that makes a tensor; 0 for the network's input.
  func part(of tensor: Int) -> Int {
    graph.tensors[tensor].producer.flatMap { partOfNode[$0] } ?? 0
  }

  /// The first part that may read a tensor: behind the cut where it is a seam.
  private func partReading(_ tensor: Int) -> Int {
    max(part(of: tensor), seamOfTensor[tensor].map { $0 + 1 } ?? 0)
  }

  /// Operators that the scores depend on.
  private func neededNodes() -> [Bool] {
    var needed = Array(repeating: false, count: graph.nodes.count)
    var pending = [scores]
    while let tensor = pending.popLast() {
      guard let producer = graph.tensors[tensor].producer, !needed[producer] else { continue }
      needed[producer] = true
      pending += graph.nodes[producer].reads
    }
    return needed
  }

  /// What part `index` holds, in running order, and what flows in and out of it.
  func contents(of index: Int) -> PartContents {
    var contents = PartContents()
    var seen: Set<Int> = []
    for (place, part) in partOfNode.enumerated() where part == index {
      for tensor in graph.nodes[place].reads { take(tensor, index, &contents, &seen) }
      contents.nodes.append(place)
    }
    contents.outputs = outputs(of: index)
    return contents
  }

  /// Notes where `tensor` comes from: another part, the file, or operators on constants, which
  /// become part of this one. Nothing is followed deeper than the file goes, in order.
  private func take(
    _ tensor: Int, _ index: Int, _ contents: inout PartContents, _ seen: inout Set<Int>
  ) {
    var pending = [tensor]
    var constants: [Int] = []
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      let producer = graph.tensors[next].producer
      if !isConstant[next] {
        if producer == nil || part(of: next) < index { contents.inputs.append(next) }
      } else if let producer {
        constants.append(producer)
        pending += graph.nodes[producer].reads
      } else {
        contents.stored.append(next)
      }
    }
    guard !constants.isEmpty else { return }
    var placed = Set(contents.nodes)
    contents.nodes += constants.sorted().filter { placed.insert($0).inserted }
  }

  private func outputs(of index: Int) -> [Int] {
    var wanted: Set<Int> = index == seams.count ? [scores] : []
    for (place, part) in partOfNode.enumerated() {
      guard let part, part > index else { continue }
      wanted.formUnion(graph.nodes[place].reads)
    }
    var outputs: [Int] = []
    for (place, part) in partOfNode.enumerated() where part == index {
      outputs += graph.nodes[place].outputs.compactMap(\.self).filter(wanted.contains)
    }
    return outputs
  }
}

/// What one part is made of; operators by place, tensors by number.
struct PartContents {
  var nodes: [Int] = []
  /// Tensors stored in the file.
  var stored: [Int] = []
  var inputs: [Int] = []
  var outputs: [Int] = []
}

extension GraphNode {
  /// Every tensor it depends on, those of its sub-graphs included.
  fileprivate var reads: [Int] { inputs.compactMap(\.self) + subgraphReads }
}
