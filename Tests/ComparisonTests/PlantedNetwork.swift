import Networks

extension Network {
  /// Without layers.
  static var planted: Network {
    Network(
      name: "planted", inputs: [], outputs: [], layers: [], edges: [], stages: [],
      operatorCounts: [], parameterCount: 0,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: [], producer: "", fileByteCount: 0,
        externalData: false), notes: [])
  }
}
