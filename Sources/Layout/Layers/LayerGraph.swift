/// A network's layers and how they feed each other, without what they are.
public struct LayerGraph: Equatable, Sendable {
  /// From one node to another, 0-based.
  public struct Edge: Hashable, Sendable {
    public var source: Int
    public var target: Int

    public init(_ source: Int, _ target: Int) {
      self.source = source
      self.target = target
    }
  }

  /// Nodes, named by `0..<nodeCount`.
  public let nodeCount: Int
  /// May hold cycles, loops and repetitions.
  public let edges: [Edge]
  /// Lanes that each node takes, at least 1.
  public let heights: [Int]

  /// Nil when an edge names a node that does not exist, or there is not one height above 0 for
  /// each node; without heights every node takes one lane.
  public init?(nodeCount: Int, edges: [Edge], heights: [Int]? = nil) {
    guard nodeCount >= 0 else { return nil }
    let nodes = 0..<nodeCount
    let heights = heights ?? Array(repeating: 1, count: nodeCount)
    guard heights.count == nodeCount, heights.allSatisfy({ $0 > 0 && $0 < 1 << 20 }),
      edges.allSatisfy({ nodes.contains($0.source) && nodes.contains($0.target) })
    else { return nil }
    self.init(known: nodeCount, edges: edges, heights: heights)
  }

  /// A graph whose edges and heights are known to be sound.
  init(known nodeCount: Int, edges: [Edge], heights: [Int]) {
    self.nodeCount = nodeCount
    self.edges = edges
    self.heights = heights
  }
}

/// Where nodes and edges of a ``LayerGraph`` go. Ranks are columns, lanes are rows: the network
/// flows from left to right.
public struct LayeredLayout: Equatable, Sendable {
  /// The way of one edge.
  public struct Route: Equatable, Sendable {
    /// Index in the graph's edges.
    public var edge: Int
    /// Lane in which it passes the ranks between its ends; nil when it passes none. Always the
    /// same in all of them.
    public var lane: Int?
    /// Whether it runs against the flow, as one edge of every cycle must.
    public var isReversed: Bool
  }

  /// Column of each node.
  public var ranks: [Int]
  /// First lane of each node.
  public var lanes: [Int]
  /// Nodes of each rank from the first lane to the last.
  public var orders: [[Int]]
  /// A way for every edge that is no loop.
  public var routes: [Route]
  /// Pairs of edges that cross.
  public var crossings: Int
  /// Ranks bridged by all edges together.
  public var span: Int
  /// Lanes used.
  public var laneCount: Int
}
