import Networks
import Tensors

extension CheckpointReport {
  /// The report as plain text for a terminal or a paper, lines of at most `width` characters.
  public func infoText(width: Int = 100) -> String {
    var lines = [headline, ""]
    if !checkpoint.facts.isEmpty {
      let facts = checkpoint.facts.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
      lines += ModelReport.wrapped(facts, width) + [""]
    }
    lines += table().lines(width: width) + [""]
    if let binding { lines += bindingTable(binding).lines(width: width) + [""] }
    for note in notes { lines += ModelReport.wrapped("Note: " + note, width) }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: String {
    [
      checkpoint.name, checkpoint.format.rawValue, NumberText.bytes(checkpoint.fileBytes),
      NumberText.counted(checkpoint.tensors, "tensor"),
      "\(NumberText.grouped(checkpoint.parameters)) numbers", "no graph",
    ].joined(separator: " · ")
  }

  private func table() -> TextTable {
    var table = TextTable(columns: [
      .init(title: "tensor"), .init(title: "format", dropRank: 3), .init(title: "shape"),
      .init(title: "mean ± deviation", isNumber: true, dropRank: 1),
      .init(title: "from", isNumber: true, dropRank: 5),
      .init(title: "to", isNumber: true, dropRank: 5),
      .init(title: "zeros", isNumber: true, dropRank: 4),
      .init(title: "NaN, Inf", isNumber: true, dropRank: 2),
    ])
    for layer in layers {
      let heading = layer.heading
      if let heading { table.rows.append([heading]) }
      for tensor in layer.tensors {
        table.rows.append(row(tensor, layer, isInside: heading != nil))
      }
    }
    return table
  }

  private func row(_ tensor: TensorFacts, _ layer: LayerFacts, isInside: Bool) -> [String] {
    let name = isInside ? "  " + tensor.name.dropFirst(layer.name.count + 1) : tensor.name
    let facts = tensor.statistics
    let hasNumbers = facts.map { $0.count > $0.nonFiniteCount } ?? false
    return [
      name, tensor.type.rawValue, shapeText(tensor.shape),
      facts.flatMap {
        hasNumbers
          ? "\(NumberText.compact($0.mean)) ± \(NumberText.compact($0.standardDeviation))" : nil
      } ?? "",
      facts.flatMap { hasNumbers ? NumberText.compact(Double($0.minimum)) : nil } ?? "",
      facts.flatMap { hasNumbers ? NumberText.compact(Double($0.maximum)) : nil } ?? "",
      facts.flatMap { $0.count > 0 ? NumberText.percent($0.zeroShare) : nil } ?? "",
      facts.flatMap { $0.nonFiniteCount > 0 ? NumberText.grouped($0.nonFiniteCount) : nil } ?? "",
    ]
  }

  private func bindingTable(_ binding: [BindingFacts]) -> TextTable {
    var table = TextTable(columns: [
      .init(title: "in the graph"), .init(title: "layer", dropRank: 1),
      .init(title: "from the checkpoint"), .init(title: "by", dropRank: 2),
    ])
    table.rows = binding.map { facts in
      [
        facts.target, facts.layer ?? "", facts.sources.joined(separator: " + "),
        facts.evidence.rawValue,
      ]
    }
    return table
  }
}

extension CheckpointReport.LayerFacts {
  /// Name and what is proved; nil for tensors that stand alone.
  fileprivate var heading: String? {
    guard !name.isEmpty else { return nil }
    switch kind {
    case .convolution:
      return "\(name): \(neurons ?? 0) kernels of \(inputs ?? 0)×\(shapeText(kernel ?? []))"
    case .dense: return "\(name): \(neurons ?? 0) units of \(inputs ?? 0) inputs"
    case .batchNormalization: return "\(name): batch normalisation"
    case .vector, .unknown: return name
    }
  }
}
