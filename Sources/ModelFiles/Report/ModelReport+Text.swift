import Networks
import Tensors

extension ModelReport {
  /// The report as plain text for a terminal or a paper, lines of at most `width` characters.
  public func infoText(width: Int = 100) -> String {
    var lines = [headline, ""]
    lines += ports().lines(width: width)
    lines += [""]
    if let obstacle = analysis.obstacle { lines += Self.wrapped(obstacle, width) + [""] }
    if !layers.isEmpty { lines += table().lines(width: width) + [""] }
    for note in notes { lines += Self.wrapped("Note: " + note, width) }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: String {
    let dense = layers.count { $0.kind == .dense }
    var parts = [
      model.name,
      "\(model.format) opset \(model.opsets.joined(separator: ", "))",
      NumberText.bytes(model.fileBytes),
      NumberText.counted(model.parameters, "parameter"),
      NumberText.counted(layers.count - dense, "convolution") + ", "
        + "\(dense) dense",
    ]
    if let quantization = model.quantization { parts.append("8-bit (\(quantization))") }
    if !model.producer.isEmpty { parts.append("by \(model.producer)") }
    return parts.joined(separator: " · ")
  }

  private func ports() -> TextTable {
    var table = TextTable(columns: [
      .init(title: "port"), .init(title: "name"), .init(title: "type", dropRank: 1),
      .init(title: "shape"), .init(title: "", dropRank: 2),
    ])
    for (index, port) in inputs.enumerated() {
      let facts = analysis.image?.portIndex == index ? imageFacts : ""
      table.rows.append(["input", port.name, port.type, Self.text(port.shape), facts])
    }
    for (index, port) in outputs.enumerated() {
      let facts = analysis.classifier?.portIndex == index ? classifierFacts : ""
      table.rows.append(["output", port.name, port.type, Self.text(port.shape), facts])
    }
    return table
  }

  private var imageFacts: String {
    guard let image = analysis.image else { return "" }
    var parts = ["image, \(NumberText.counted(image.channelCount, "channel"))"]
    parts.append(image.layout == .nchw ? "channels first" : "channels last")
    if !image.embeddedPreprocessing.isEmpty {
      parts.append("preprocessed inside by " + image.embeddedPreprocessing.joined(separator: ", "))
    }
    return parts.joined(separator: ", ")
  }

  private var classifierFacts: String {
    guard let output = analysis.classifier else { return "" }
    let count = output.classCount.map { NumberText.counted($0, "class", "classes") } ?? "classes"
    return count + (output.isProbability ? ", probabilities" : "")
  }

  private func table() -> TextTable {
    var table = TextTable(columns: [
      .init(title: "layer"), .init(title: "operator", dropRank: 2), .init(title: "output"),
      .init(title: "activation", dropRank: 3), .init(title: "neurons", isNumber: true),
      .init(title: "parameters", isNumber: true),
      .init(title: "sees", isNumber: true, dropRank: 1),
      .init(title: "weights", isNumber: true, dropRank: 5),
      .init(title: "zeros", isNumber: true, dropRank: 4),
    ])
    var group: String?
    for layer in layers {
      if layer.group != group, groups.contains(where: { $0.name == layer.group && $0.isShared }) {
        table.rows.append([layer.group])
      }
      let isInside = groups.contains { $0.name == layer.group && $0.isShared }
      table.rows.append(row(layer, indent: isInside ? "  " : ""))
      group = layer.group
    }
    return table
  }

  private func row(_ layer: LayerFacts, indent: String) -> [String] {
    let weights = layer.weights.map {
      "\(NumberText.compact($0.mean)) ± \(NumberText.compact($0.standardDeviation))"
    }
    let field = layer.receptiveField.map { $0.size.map(String.init).joined(separator: "×") }
    return [
      indent + layer.name, layer.operator, Self.text(layer.shape.map { Array($0.dropFirst()) }),
      (layer.batchNormalization ? "BN " : "") + (layer.activation ?? ""),
      NumberText.grouped(layer.neurons), NumberText.grouped(layer.parameters), field ?? "",
      weights ?? "", layer.weights.map { NumberText.percent($0.zeroShare) } ?? "",
    ]
  }

  private static func text(_ shape: [AxisLength]?) -> String {
    guard let shape else { return "?" }
    return shape.isEmpty ? "scalar" : shape.map(\.description).joined(separator: "×")
  }

  /// `text` broken at spaces.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + (line.isEmpty ? [] : [line])
  }
}

extension ModelReport.GroupFacts {
  /// Holds more than one layer, so that it deserves a heading.
  fileprivate var isShared: Bool { blocks.reduce(0) { $0 + $1.layers.count } > 1 }
}
