import Analysis

/// A layer's clusters as a person arranged them.
///
/// Every live neuron is in exactly one cluster. Dead neurons are a group of their own, which
/// edits leave alone.
public struct LayerGrouping: Hashable, Sendable, Codable {
  /// A group of neurons with what was said about it.
  public struct Cluster: Hashable, Sendable, Codable {
    /// Ascending, never empty.
    public var members: [Int]
    /// What the person calls it.
    public var name: String?
    /// What the person noted about it.
    public var note: String?
    /// Whether clustering the layer anew leaves it whole.
    public var isPinned = false

    public init(members: [Int], name: String? = nil, note: String? = nil, isPinned: Bool = false) {
      self.members = members
      self.name = name
      self.note = note
      self.isPinned = isPinned
    }
  }

  /// What was noted about one neuron.
  public struct NeuronNote: Hashable, Sendable, Codable {
    public var neuron: Int
    public var text: String

    public init(neuron: Int, text: String) {
      self.neuron = neuron
      self.text = text
    }
  }

  /// In no order that matters; never empty of neurons.
  public private(set) var clusters: [Cluster]
  /// Dead neurons, ascending.
  public private(set) var dead: [Int]
  /// By neuron, ascending.
  public private(set) var neuronNotes: [NeuronNote] = []

  /// The groups of a clustering, in the order of their labels, nothing said about them.
  public init(_ clustering: Clustering) {
    let labels = clustering.labels
    var members = Array(repeating: [Int](), count: (labels.max() ?? -1) + 1)
    for (neuron, label) in labels.enumerated() where label >= 0 { members[label].append(neuron) }
    clusters = members.filter { !$0.isEmpty }.map { Cluster(members: $0) }
    dead = labels.indices.filter { labels[$0] < 0 }
  }

  private init(clusters: [Cluster], dead: [Int], neuronNotes: [NeuronNote]) {
    self.clusters = clusters
    self.dead = dead
    self.neuronNotes = neuronNotes
  }

  /// Neurons of the layer.
  public var neuronCount: Int { clusters.reduce(dead.count) { $0 + $1.members.count } }

  /// Whether it speaks of each of `neuronCount` neurons exactly once, as an honest one does.
  public func fits(neuronCount: Int) -> Bool {
    guard self.neuronCount == neuronCount, !clusters.contains(where: \.members.isEmpty) else {
      return false
    }
    let spoken = (clusters.flatMap(\.members) + dead).sorted()
    return spoken.elementsEqual(0..<neuronCount)
      && neuronNotes.allSatisfy { (0..<neuronCount).contains($0.neuron) }
  }

  /// The groups as labels; clusters keep their places.
  public func clustering(method: String) -> Clustering {
    var labels = Array(repeating: -1, count: neuronCount)
    for (label, cluster) in clusters.enumerated() {
      for neuron in cluster.members { labels[neuron] = label }
    }
    return Clustering(
      labels: labels, clusterCount: clusters.count, silhouette: nil, method: method)
  }

  /// What was noted about a neuron.
  public func note(on neuron: Int) -> String? {
    neuronNotes.first { $0.neuron == neuron }?.text
  }

  /// With this note about a neuron; an empty one takes it away.
  public func noting(_ text: String, on neuron: Int) -> LayerGrouping {
    var notes = neuronNotes.filter { $0.neuron != neuron }
    if !text.isEmpty { notes.append(NeuronNote(neuron: neuron, text: text)) }
    return LayerGrouping(
      clusters: clusters, dead: dead, neuronNotes: notes.sorted { $0.neuron < $1.neuron })
  }

  /// The same neurons in other clusters; empty ones vanish, members are put in order.
  func with(_ clusters: [Cluster], dead: [Int]? = nil) -> LayerGrouping {
    let kept = clusters.filter { !$0.members.isEmpty }.map { cluster in
      var sorted = cluster
      sorted.members.sort()
      return sorted
    }
    return LayerGrouping(clusters: kept, dead: dead ?? self.dead, neuronNotes: neuronNotes)
  }
}
