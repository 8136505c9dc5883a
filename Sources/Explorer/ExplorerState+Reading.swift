import Atlases
import Findings
import Networks

extension ExplorerState {
  /// The screen that shows.
  package var view: ExplorerView { place.view }

  var place: Place {
    get { places[places.count - 1] }
    set { places[places.count - 1] = newValue }
  }

  /// The selected layer; nil in a network without layers.
  var layer: Layer? {
    let layers = atlas.network.layers
    return layers.indices.contains(selection.layer) ? layers[selection.layer] : nil
  }

  var digests: [Int: LayerDigest] { workings.digests }
  var gutters: [GutterKey: GutterEdges] { workings.gutters }
  var bundles: [BundleKey: GutterBundles] { workings.bundles }
  var outgoing: [NeuronLinkKey: NeuronLinks] { workings.outgoing }
  var pairDigest: PairDigest? { workings.pairDigest }
  var packings: [PackingKey: FeaturePages] { workings.packings }
  var findings: [Finding]? { workings.findings }

  /// The digest of the selected layer, once worked out.
  var digest: LayerDigest? { digests[selection.layer] }

  /// The selected neuron's cluster.
  var cluster: ClusterDigest? { digest?.cluster(of: selection.neuron) }

  var classNames: [String] { atlas.classNames }

  /// Classes there are figures for.
  var classCount: Int { atlas.classNames.count }

  func className(_ index: Int) -> String {
    let names = atlas.classNames
    return names.indices.contains(index) ? names[index] : "class \(index)"
  }

  /// What an output of the network is called.
  func outputName(_ output: Int) -> String {
    if let known = atlas.classification?.outputOfClass.firstIndex(of: output) {
      return className(known)
    }
    let names = atlas.provenance.outputNames
    return names.indices.contains(output) ? names[output] : "output \(output)"
  }

  func imageName(_ image: Int) -> String {
    guard let names = atlas.dataset?.imageNames, names.indices.contains(image) else {
      return "image \(image)"
    }
    return names[image]
  }

  /// Class of an image; nil where it has no label.
  func label(of image: Int) -> Int? {
    guard let labels = atlas.dataset?.labels, labels.indices.contains(image) else { return nil }
    return labels[image]
  }

  func layerName(_ index: Int) -> String {
    let layers = atlas.network.layers
    return layers.indices.contains(index) ? layers[index].name : "layer \(index)"
  }

  /// `after Relu`, `before any activation`.
  func activationNote(_ layer: Layer) -> String {
    layer.activation.map { "after \($0)" } ?? "no activation, signed"
  }

  /// Classes in the order the columns of a layer show.
  func classOrder(_ digest: LayerDigest) -> [Int] {
    digest.classOrder(byLabel: usesLabelOrder)
  }

  /// Images the figures rest on.
  var imageCount: Int { atlas.provenance.analyzedImageCount }

  /// Why there are no figures yet, or never will be.
  var absence: String {
    if let failure = progress?.failure { return failure }
    // The header says what is being done meanwhile.
    if let phase = progress?.phase, !phase.isEmpty { return "figures come once images run" }
    if let progress, !progress.isFinished { return "computing…" }
    if let layer, atlas.isLeftOut(layer.id) {
      return "no figures: the output is not one row an image"
    }
    if atlas.dataset == nil { return "no data set was given: structure and weights only" }
    if imageCount > 0, classNames.isEmpty {
      return "the images carry no labels: no figures by class"
    }
    return atlas.network.notes.first ?? "not computed"
  }
}
