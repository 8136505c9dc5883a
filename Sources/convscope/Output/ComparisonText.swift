import Atlases
import Comparison
import Networks
import Tensors

/// What `compare` says to people.
struct ComparisonText {
  var first: Atlas
  var second: Atlas
  var comparison: AtlasComparison

  /// Activations that differ by more than this share of their size are called changed.
  static let changeLimit = 0.05

  /// A fall of the alignment below this is not spoken of.
  static let dropLimit = 0.01

  /// Plain lines.
  var text: String {
    plainText(networkLines + predictionLines + layerLines)
  }

  private var networkLines: [String] {
    let counts = "\(comparison.layers.count) layers in both"
    var lines = ["A  \(facts(first))", "B  \(facts(second))", "", "layers         \(counts)"]
    if !comparison.removed.isEmpty {
      lines.append("only in A      \(names(comparison.removed, first))")
    }
    if !comparison.added.isEmpty {
      lines.append("only in B      \(names(comparison.added, second))")
    }
    if let change = comparison.firstChange(above: Self.changeLimit),
      let share = change.activationChange
    {
      lines.append(
        "first change   \(first.network.layers[change.first.index].name): mean activations by "
          + "class differ by \(NumberText.percent(share)) (limit \(NumberText.percent(Self.changeLimit, 0)))"
      )
    }
    if let drop = comparison.largestDrop, drop.drop >= Self.dropLimit,
      let alignment = drop.layer.imageAlignment
    {
      lines.append(
        "drift apart    most in \(first.network.layers[drop.layer.first.index].name): CKA image by image "
          + "falls by \(NumberText.fixed(drop.drop, 3)) to \(NumberText.fixed(alignment.value, 3))")
    }
    return lines
  }

  private func facts(_ atlas: Atlas) -> String {
    let known = atlas.provenance
    var parts = [
      atlas.network.name,
      "\(NumberText.grouped(atlas.network.parameterCount)) parameters",
    ]
    if known.analyzedImageCount > 0, let data = atlas.dataset {
      parts.append("\(NumberText.grouped(known.analyzedImageCount)) images of \(data.name)")
    }
    if let top1 = atlas.classification?.top1 {
      parts.append("\(NumberText.percent(top1)) top-1")
    }
    return parts.joined(separator: " · ")
  }

  private func names(_ layers: [LayerID], _ atlas: Atlas) -> String {
    let all = layers.map { atlas.network.layers[$0.index].name }
    let shown = all.prefix(6).joined(separator: ", ")
    return all.count > 6 ? "\(shown) and \(all.count - 6) more" : shown
  }

  private var predictionLines: [String] {
    guard let found = comparison.predictions else {
      return ["predictions    not compared: A and B did not run on the same labelled images"]
    }
    let total = NumberText.grouped(found.imageCount)
    var lines = [
      "both right     \(NumberText.grouped(found.bothRight)) of \(total) images",
      "only A right   \(images(found.onlyFirst, first))",
      "only B right   \(images(found.onlySecond, first))",
      "both wrong     \(NumberText.grouped(found.bothWrong))",
      "by chance      \(NumberText.fixed(found.chance, 4)) (exact McNemar test, two-sided)", "",
    ]
    let rows = found.classes.map { item in
      [item.name, "\(item.first.count)", accuracy(item.first), accuracy(item.second)]
    }
    lines += alignedColumns([["class", "images", "A (95 %)", "B (95 %)"]] + rows)
    return lines
  }

  private func images(_ list: [Int], _ atlas: Atlas) -> String {
    let names = atlas.dataset?.imageNames ?? []
    let shown = list.prefix(4).filter(names.indices.contains).map { names[$0] }
    let rest = list.count > shown.count ? ", …" : ""
    return shown.isEmpty
      ? NumberText.grouped(list.count)
      : "\(NumberText.grouped(list.count)): \(shown.joined(separator: ", "))\(rest)"
  }

  private func accuracy(_ figures: ClassFigures) -> String {
    guard let share = figures.accuracy, let range = figures.interval else { return "–" }
    let low = NumberText.percent(range.lowerBound, 0)
    return "\(NumberText.percent(share)) (\(low)–\(NumberText.percent(range.upperBound, 0)))"
  }

  private var layerLines: [String] {
    let header = [
      "layer", "ΔW/W", "cos W", "Δactivation", "CKA", "CKA images", "clusters", "dead A → B",
    ]
    let rows = comparison.layers.map(layerRow)
    let kernels =
      comparison.layers.isEmpty || !(first.network.edges.isEmpty || second.network.edges.isEmpty)
      ? "batch normalisation folded in" : "as stored in checkpoints"
    let note =
      "ΔW/W: relative change of the kernel, \(kernels); Δactivation and CKA: of the "
      + "mean activations by class; CKA images: unbiased, of spatial means image by image (images); "
      + "clusters: adjusted Rand index."
    return [""] + alignedColumns([header] + rows) + ["", note]
  }

  private func layerRow(_ layer: LayerComparison) -> [String] {
    func text(_ value: Double?, _ format: (Double) -> String) -> String {
      value.map(format) ?? "–"
    }
    let dead = layer.deadCounts.map { "\($0.first) → \($0.second)" }
    return [
      first.network.layers[layer.first.index].name,
      text(layer.weightChange) { NumberText.compact($0) },
      text(layer.weightCosine) { NumberText.fixed($0, 3) },
      text(layer.activationChange) { NumberText.percent($0) },
      text(layer.classAlignment) { NumberText.fixed($0, 3) },
      layer.imageAlignment.map { "\(NumberText.fixed($0.value, 3)) (\($0.imageCount))" } ?? "–",
      text(layer.clusterAgreement) { NumberText.fixed($0, 2) },
      dead ?? "–",
    ]
  }
}
