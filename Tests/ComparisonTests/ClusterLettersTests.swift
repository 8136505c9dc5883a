import Analysis
import Atlases
import Comparison
import Networks
import Tensors
import Testing

struct ClusterLettersTests {
  private func atlas(_ labels: [Int], order: [Int]) -> Atlas {
    var part = LayerAtlas(layer: LayerID(0))
    part.clustering = Clustering(
      labels: labels, clusterCount: (labels.max() ?? -1) + 1, silhouette: nil, method: "planted")
    part.clusterOrder = order
    return Atlas(
      provenance: Provenance(
        modelHash: "", datasetHash: "", preprocessing: nil, outputNames: [],
        outputNamesEvidence: .assumed, seed: 0, analyzedImageCount: 0, plannedImageCount: 0,
        unreadableImages: [], unreadableImageCount: 0, engine: "", convscopeVersion: "",
        shard: ShardNumber(index: 1, count: 1)),
      network: plantedNetwork(neuronCount: labels.count), layers: [part], dataset: nil,
      classification: nil)
  }

  /// The letter of each neuron's cluster.
  private func letters(_ atlas: Atlas) -> [String] {
    let part = atlas.layers[0]
    let live = part.clusterOrder.filter { $0 >= 0 }
    return (part.clustering?.labels ?? []).map { label in
      label < 0 ? "-" : part.letter(of: label, at: live.firstIndex(of: label) ?? 0)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `the same clusters keep their letters, however they are numbered and ordered`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...7, using: &random)
    let labels = (0..<count) + (0..<20).map { _ in Int.random(in: 0..<count, using: &random) }
    let reference = atlas(labels, order: (0..<count).shuffled(using: &random))
    let renamed = (0..<count).shuffled(using: &random)
    let other = atlas(labels.map { renamed[$0] }, order: (0..<count).shuffled(using: &random))
    #expect(letters(other.keepingLetters(of: reference)) == letters(reference))
  }

  @Test func `a new cluster gets a letter that nobody had, a lost one leaves a gap`() {
    let reference = atlas([0, 0, 0, 1, 1, 1, 2, 2, -1], order: [0, 1, 2, -1])
    #expect(letters(reference) == ["A", "A", "A", "B", "B", "B", "C", "C", "-"])
    // B falls apart, C dies, the dead neuron wakes alone.
    let later = atlas([0, 0, 0, 1, 1, 2, -1, -1, 3], order: [3, 2, 1, 0, -1])
    #expect(
      letters(later.keepingLetters(of: reference))
        == ["A", "A", "A", "B", "B", "D", "-", "-", "E"])
  }

  @Test func `clusters are matched with what they share`() {
    let first = atlas([0, 0, 0, 1, 1, 1, 2, 2, -1], order: [2, 0, 1, -1])
    let second = atlas([1, 1, 0, 0, 0, 0, 0, -1, 2], order: [0, 1, 2, -1])
    let found = LayerComparison(first.layers[0], second.layers[0], comparesClasses: false)
    #expect(
      found.clusterMatches.map { [$0.first, $0.second] } == [["C", "A"], ["B", "B"]])
    #expect(found.clusterMatches.map(\.sharedCount) == [3, 2])
    #expect(found.clusterMatches.map { [$0.firstCount, $0.secondCount] } == [[3, 5], [3, 2]])
    let wider = atlas([0, 1], order: [0, 1])
    #expect(
      LayerComparison(first.layers[0], wider.layers[0], comparesClasses: false).clusterMatches == []
    )
  }

  @Test func `other neurons have letters of their own`() {
    let reference = atlas([0, 1, 2], order: [2, 1, 0])
    let other = atlas([0, 0, 1, 1], order: [1, 0])
    #expect(letters(other.keepingLetters(of: reference)) == ["B", "B", "A", "A"])
  }
}

/// One dense layer.
private func plantedNetwork(neuronCount: Int) -> Network {
  Network(
    name: "planted", inputs: [], outputs: [],
    layers: [
      Layer(
        id: LayerID(0), name: "fc", operatorName: "Gemm", kind: .dense, neuronCount: neuronCount,
        outputTensor: "t", outputShape: nil, channelAxis: 1, activation: nil,
        hasBatchNormalization: false, kernel: nil, parameterCount: 0, receptiveField: nil)
    ], edges: [], stages: [], operatorCounts: [], parameterCount: 0,
    format: ModelFormatFacts(
      format: "ONNX", irVersion: 8, opsets: [], producer: "", fileByteCount: 0,
      externalData: false), notes: [])
}
