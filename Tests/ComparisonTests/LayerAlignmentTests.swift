import Comparison
import Networks
import Testing

struct LayerAlignmentTests {
  /// Layers given as `name:width`, dense ones with a capital name.
  private func network(_ layers: String) -> Network {
    let layers = layers.split(separator: " ").enumerated().map { index, text in
      let parts = text.split(separator: ":")
      let isDense = parts[0].first?.isUppercase == true
      return Layer(
        id: LayerID(index), name: String(parts[0]), operatorName: isDense ? "Gemm" : "Conv",
        kind: isDense ? .dense : .convolution, neuronCount: Int(parts[1]) ?? 0,
        outputTensor: "t\(index)", outputShape: nil, channelAxis: 1, activation: nil,
        hasBatchNormalization: false, kernel: nil, parameterCount: 0, receptiveField: nil)
    }
    return Network(
      name: "planted", inputs: [], outputs: [], layers: layers, edges: [], stages: [],
      operatorCounts: [], parameterCount: 0,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: [], producer: "", fileByteCount: 0,
        externalData: false), notes: [])
  }

  private func matches(_ first: String, _ second: String) -> [[Int?]] {
    LayerAlignment(network(first), network(second)).matches.map {
      [$0.first?.index, $0.second?.index]
    }
  }

  @Test func `equal networks match layer by layer`() {
    #expect(matches("a:8 b:8 C:4", "a:8 b:8 C:4") == [[0, 0], [1, 1], [2, 2]])
  }

  @Test func `a layer more or less is found where it is`() {
    #expect(matches("a:8 b:8 C:4", "a:8 new:16 b:8 C:4") == [[0, 0], [nil, 1], [1, 2], [2, 3]])
    #expect(matches("a:8 b:16 C:4", "a:8 C:4") == [[0, 0], [1, nil], [2, 1]])
  }

  @Test func `names hold through pruning, widths through renaming`() {
    #expect(matches("a:64 b:64 C:4", "a:50 b:37 C:4") == [[0, 0], [1, 1], [2, 2]])
    #expect(matches("a:8 b:16 C:4", "x:8 y:16 Z:4") == [[0, 0], [1, 1], [2, 2]])
  }

  @Test func `layers of different kinds never match`() {
    let found = matches("a:8", "A:8")
    #expect(found.count == 2 && !found.contains { $0[0] != nil && $0[1] != nil })
  }

  @Test func `every layer of both appears once`() {
    let first = network("a:8 b:8 c:8 d:16 E:10")
    let second = network("z:8 b:8 q:32 d:16 F:10 E:10")
    let found = LayerAlignment(first, second).matches
    #expect(found.compactMap(\.first?.index) == [0, 1, 2, 3, 4])
    #expect(found.compactMap(\.second?.index) == [0, 1, 2, 3, 4, 5])
  }
}
