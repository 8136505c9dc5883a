import Atlases
import Comparison
import Networks
import Tensors

/// What `compare` says to people.
struct ComparisonText {
  var first: Atlas
  var second: Atlas
  /// What the two files are called.
  var names: (first: String, second: String)
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
    let counts = "\(NumberText.counted(comparison.layers.count, "layer")) in both"
    var lines = ["A  \(facts(first, names.first))", "B  \(facts(second, names.second))", ""]
    lines += [feeding, images].compactMap(\.self) + ["layers         \(counts)"]
    if !comparison.removed.isEmpty {
      lines.append("only in A      \(names(comparison.removed, first))")
    }
    if !comparison.added.isEmpty {
      lines.append("only in B      \(names(comparison.added, second))")
    }
    if comparison.basis.images == .same,
      let change = comparison.firstChange(above: Self.changeLimit),
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

  /// How images were fed, and whether alike; nil where one ran none.
  private var feeding: String? {
    guard let isAlike = comparison.basis.areFedAlike, let a = first.provenance.preprocessing,
      let b = second.provenance.preprocessing
    else { return nil }
    guard isAlike else {
      return "preprocessing  A \(a.summary), B \(b.summary): what differs below differs by that, "
        + "too; --preprocess feeds both alike"
    }
    let sources = a.source == b.source ? a.source : "A \(a.source), B \(b.source)"
    return "preprocessing  both \(a.chosen.name) (\(sources))"
  }

  /// That activations rest on other images; nil where they do not.
  private var images: String? {
    switch comparison.basis.images {
    case .missing, .same: nil
    case .otherOfSameData:
      "images         not the same ones: Δactivation, CKA, clusters and dead neurons differ by that,"
        + " too; accuracies below are of the images that both ran"
    case .otherData:
      "images         of two data sets: Δactivation, CKA, clusters and dead neurons differ by that, too"
    }
  }

  private func facts(_ atlas: Atlas, _ name: String) -> String {
    let known = atlas.provenance
    var parts = [
      name,
      NumberText.counted(atlas.network.parameterCount, "parameter"),
    ]
    if known.analyzedImageCount > 0, let data = atlas.dataset {
      parts.append("\(NumberText.counted(known.analyzedImageCount, "image")) of \(data.name)")
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
      return ["predictions    not compared: \(whyNotPredicted)"]
    }
    let total = NumberText.counted(found.imageCount, "image")
    var lines = [
      "both right     \(NumberText.grouped(found.bothRight)) of \(total)",
      "only A right   \(images(found.onlyFirst, first))",
      "only B right   \(images(found.onlySecond, first))",
      "both wrong     \(NumberText.grouped(found.bothWrong))",
      "chance         \(chance(found.chance)) (exact McNemar test, two-sided): how often "
        + "images would change sides as unevenly were both equally good", "",
    ]
    let rows = ([found.all] + found.classes).map { item in
      [item.name, "\(item.first.count)", accuracy(item.first), accuracy(item.second)]
    }
    lines += alignedColumns([["class", "images", "A (95 %)", "B (95 %)"]] + rows)
    return lines
  }

  private var whyNotPredicted: String {
    let ran = (first.provenance.analyzedImageCount > 0, second.provenance.analyzedImageCount > 0)
    return switch (comparison.basis.images, ran) {
    case (.missing, (false, false)): "no images ran; give labelled ones with --data"
    case (.missing, (let isA, _)):
      "\(isA ? "B" : "A") ran no images; give those of the other with --data"
    case (.otherData, _):
      "A ran on \(first.dataset?.name ?? "–"), B on \(second.dataset?.name ?? "–")"
    default: "A and B did not run on the same labelled images, or one does not know their classes"
    }
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
      + "clusters: adjusted Rand index. ΔW/W, cos W, Δactivation and clusters take neurons by their "
      + "numbers, which means something only where one network was made from the other."
    return [""] + alignedColumns([header] + rows) + ["", note]
  }

  private func chance(_ value: Double) -> String {
    value < 0.0001 ? "< 0.0001" : NumberText.fixed(value, 4)
  }

  /// `12.8 %`, `166,079 %`.
  private func changeText(_ share: Double) -> String {
    share < 10
      ? NumberText.percent(share)
      : "\(NumberText.grouped(Int(min(share * 100, 1e12).rounded()))) %"
  }

  private func layerRow(_ layer: LayerComparison) -> [String] {
    func text(_ value: Double?, _ format: (Double) -> String) -> String {
      value.map(format) ?? "–"
    }
    let dead = layer.deadCounts.map { "\($0.first) → \($0.second)" }
    let (name, other) = (
      first.network.layers[layer.first.index].name, second.network.layers[layer.second.index].name
    )
    return [
      name == other ? name : "\(name) ↔ \(other)",
      text(layer.weightChange) { NumberText.compact($0) },
      text(layer.weightCosine) { NumberText.fixed($0, 3) },
      text(layer.activationChange) { changeText($0) },
      text(layer.classAlignment) { NumberText.fixed($0, 3) },
      layer.imageAlignment.map { "\(NumberText.fixed($0.value, 3)) (\($0.imageCount))" } ?? "–",
      text(layer.clusterAgreement) { NumberText.fixed($0, 2) },
      dead ?? "–",
    ]
  }
}
