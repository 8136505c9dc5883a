/// A layer graph whose nodes come in groups that can be folded to one node each.
public struct GroupedLayerGraph: Equatable, Sendable {
  public let graph: LayerGraph
  /// Group of each node, 0-based; nil for nodes in none.
  public let groups: [Int?]
  /// Lanes that each group takes while it is folded, at least 1.
  public let groupHeights: [Int]

  /// Nil unless every node has an entry in `groups`, every group named there a height, and every
  /// height is above 0.
  public init?(_ graph: LayerGraph, groups: [Int?], groupHeights: [Int]) {
    guard groups.count == graph.nodeCount,
      groups.allSatisfy({ $0.map(groupHeights.indices.contains) ?? true }),
      groupHeights.allSatisfy({ $0 > 0 && $0 < 1 << 20 })
    else { return nil }
    self.graph = graph
    self.groups = groups
    self.groupHeights = groupHeights
  }
}

/// What one place of a ``GroupedLayout`` shows.
public enum LayerElement: Hashable, Sendable {
  /// A node by itself.
  case node(Int)
  /// A folded group.
  case group(Int)
}

/// A layout in which some groups are folded.
public struct GroupedLayout: Equatable, Sendable {
  /// What is shown, in the order of the first node of each.
  public var elements: [LayerElement]
  /// The edges between elements, each once; loops of single nodes are kept, edges inside folded
  /// groups are not.
  public var graph: LayerGraph
  /// Where the elements, as nodes of `graph`, go.
  public var layout: LayeredLayout
}

/// The graph of what is shown while some groups are folded.
struct FoldedGraph {
  private(set) var elements: [LayerElement] = []
  let graph: LayerGraph

  /// Groups beyond the end of `folded` are not.
  init(_ grouped: GroupedLayerGraph, folded: [Bool]) {
    var numbers: [LayerElement: Int] = [:]
    var (elements, heights, elementOf) = ([LayerElement](), [Int](), [Int]())
    for (node, group) in grouped.groups.enumerated() {
      let isFolded = group.map { $0 < folded.count && folded[$0] } ?? false
      let element = isFolded ? group.map(LayerElement.group) ?? .node(node) : .node(node)
      let number = numbers[element] ?? elements.count
      if number == elements.count {
        numbers[element] = number
        elements.append(element)
        heights.append(Self.height(of: element, grouped))
      }
      elementOf.append(number)
    }
    var known: Set<LayerGraph.Edge> = []
    let edges = grouped.graph.edges.compactMap { edge -> LayerGraph.Edge? in
      let between = LayerGraph.Edge(elementOf[edge.source], elementOf[edge.target])
      let isInside = between.source == between.target && edge.source != edge.target
      return !isInside && known.insert(between).inserted ? between : nil
    }
    self.elements = elements
    graph = LayerGraph(known: elements.count, edges: edges, heights: heights)
  }

  private static func height(of element: LayerElement, _ grouped: GroupedLayerGraph) -> Int {
    switch element {
    case .node(let node): grouped.graph.heights[node]
    case .group(let group): grouped.groupHeights[group]
    }
  }
}
