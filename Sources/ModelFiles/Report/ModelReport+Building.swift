import FoundationEssentials
import Networks

extension ModelReport {
  /// The report of an open model.
  ///
  /// - Parameter withWeights: Whether to read all weights for their statistics.
  /// - Complexity: O(*weights*) with weights, else O(*layers* + *edges*).
  public init(_ file: ModelFile, withWeights: Bool = true) {
    let network = file.network
    var notes = network.notes
    var places: [LayerID: (group: String, block: String)] = [:]
    for stage in network.stages {
      for block in stage.blocks {
        for layer in block.layers { places[layer] = (stage.name, block.name) }
      }
    }
    layers = network.layers.map { layer in
      var weights: WeightStatistics?
      if withWeights {
        do {
          weights = try file.weightStatistics(of: layer.id)
        } catch {
          notes.append("\(error)")
        }
      }
      return LayerFacts(layer, places[layer.id] ?? ("", ""), weights)
    }
    model = ModelFacts(file)
    inputs = network.inputs.map(PortFacts.init)
    outputs = network.outputs.map(PortFacts.init)
    analysis = AnalysisFacts(file.analysisInput)
    edges = network.edges.map { edge in
      EdgeFacts(
        source: Self.name(edge.source, network), target: Self.name(edge.target, network),
        through: edge.through)
    }
    groups = network.stages.map { stage in
      GroupFacts(
        name: stage.name, size: stage.spatialSize,
        blocks: stage.blocks.map { block in
          BlockFacts(name: block.name, layers: block.layers.map { network[$0].name })
        })
    }
    self.notes = notes
  }

  private static func name(_ endpoint: LayerEndpoint, _ network: Network) -> String {
    switch endpoint {
    case .input(let index): network.inputs[index].name
    case .layer(let id): network[id].name
    case .output(let index): network.outputs[index].name
    }
  }

  /// The report as JSON, keys sorted, indented.
  ///
  /// - Throws: What `JSONEncoder` throws; a report holds nothing it refuses.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension ModelReport.ModelFacts {
  init(_ file: ModelFile) {
    let network = file.network
    name = network.name
    format = network.format.format
    irVersion = network.format.irVersion
    opsets = network.format.opsets
    producer = network.format.producer
    fileBytes = network.format.fileByteCount
    externalData = network.format.externalData
    parameters = network.parameterCount
    quantization = network.layers.compactMap(\.quantization).first
    operators = network.operatorCounts
    metadata = file.metadata
  }
}

extension ModelReport.PortFacts {
  init(_ port: NetworkPort) {
    name = port.name
    type = port.elementType.rawValue
    shape = port.shape?.dimensions.map(ModelReport.AxisLength.init)
  }
}

extension ModelReport.AnalysisFacts {
  init(_ input: AnalysisInput) {
    image = input.image
    classifier = input.output
    if case .unavailable(let reason) = input { obstacle = reason }
  }
}

extension ModelReport.LayerFacts {
  init(_ layer: Layer, _ place: (group: String, block: String), _ weights: WeightStatistics?) {
    name = layer.name
    self.operator = layer.operatorName
    kind = layer.kind
    shape = layer.outputShape?.dimensions.map(ModelReport.AxisLength.init)
    neurons = layer.neuronCount
    parameters = layer.parameterCount
    group = place.group
    block = place.block
    activation = layer.activation
    batchNormalization = layer.hasBatchNormalization
    kernel = layer.kernel
    receptiveField = layer.receptiveField
    quantization = layer.quantization
    self.weights = weights
  }
}
