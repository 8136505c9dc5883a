import Canvas

extension ExplorerState {
  mutating func move(_ move: Move) {
    switch (view, place.focus) {
    case (.network, _): moveInNetwork(move)
    case (.layer, _) where movesInKernels, (.cluster, _) where movesInKernels:
      moveInKernels(move)
    case (.layer, 0): moveInClusterList(move)
    case (.layer, _) where layerFacet == .features: moveInFeatures(move)
    case (.cluster, _) where isZoomed: moveInFeatures(move)
    case (.layer, _) where showsContributions, (.cluster, 0) where showsContributions,
      (.neuron, 1) where showsContributions:
      moveInContributions(move)
    case (.layer, _), (.cluster, 0): moveInHeatmap(move)
    case (.cluster, _): moveInFeatures(move)
    case (.neuron, 0): moveInPatches(move)
    case (.neuron, 1): moveInClassBars(move)
    case (.neuron, _):
      selection.link = move.moved(selection.link, count: shownLinks.count, page: page)
    case (.classes, _): moveInConfusion(move)
    case (.images, _), (.flips, _): moveInImages(move)
    case (.whatIf, _): moveInWhatIfs(move)
    case (.pair, _): moveInPair(move)
    case (.findings, _): moveInFindings(move)
    case (.image, _): moveInImage(move)
    }
  }

  /// Rows a page key moves.
  var page: Int { max(1, context.size.height / 2) }

  /// Between clusters and classes of a table, or between the classes of bars.
  private mutating func moveInContributions(_ move: Move) {
    if view == .layer, move.sideways == 0 {
      moveInClusterList(move)
      return
    }
    if view == .layer {
      guard let digest = readyDigest(selection.layer) else { return }
      let order = classOrder(digest)
      let at = order.firstIndex(of: selection.classIndex) ?? 0
      if move == .left, at == 0 { place.focus = 0 }
      let next = max(0, min(at + move.sideways, order.count - 1))
      if order.indices.contains(next) { selection.classIndex = order[next] }
      return
    }
    guard let (entry, _) = selectedContribution else { return }
    let order = contributionOrder(entry)
    let at = order.firstIndex(of: selection.classIndex) ?? 0
    let next = move.moved(at, count: order.count, page: page)
    if order.indices.contains(next) { selection.classIndex = order[next] }
  }

  private mutating func moveInClusterList(_ move: Move) {
    if move.sideways > 0 {
      place.focus = 1
      return
    }
    guard let count = readyDigest(selection.layer)?.clusters.count else { return }
    select(cluster: move.moved(selectedClusterPlace(), count: count, page: page))
  }

  private mutating func moveInHeatmap(_ move: Move) {
    guard let digest = readyDigest(selection.layer) else { return }
    if move.sideways != 0 {
      let order = classOrder(digest)
      let at = order.firstIndex(of: selection.classIndex) ?? 0
      if view == .layer, move == .left, at == 0 {
        place.focus = 0
      } else {
        let next = max(0, min(at + move.sideways, order.count - 1))
        if order.indices.contains(next) { selection.classIndex = order[next] }
      }
      return
    }
    guard let row = digest.row(of: selection.neuron) else { return }
    let range = digest.rowRange(
      view == .cluster ? digest.placeOfNeuron[selection.neuron] : nil)
    let next =
      range.lowerBound
      + move.moved(row - range.lowerBound, count: range.count, page: page)
    let step = view == .layer ? binStep(digest, row, move) : nil
    select(neuron: digest.rows[step ?? next])
  }

  /// Where rows stand for several neurons each, the first neuron of the next such row.
  private func binStep(_ digest: LayerDigest, _ row: Int, _ move: Move) -> Int? {
    let direction = move == .down ? 1 : move == .up ? -1 : 0
    guard direction != 0, let bins = surveyed(self).heatRows else { return nil }
    let at = bins.firstIndex { $0.contains(row) }
    guard let at, bins.indices.contains(at + direction) else { return nil }
    return min(bins[at + direction].lowerBound, digest.rows.count - 1)
  }

  private mutating func moveInPatches(_ move: Move) {
    let count = digest?.topPatches(selection.neuron).count ?? 0
    let columns = max(1, surveyed(self).patchColumns ?? 3)
    let goal = move.moved(selection.patch, inGridOf: columns, count: count, page: 9)
    if let goal { selection.patch = goal }
  }

  private mutating func moveInImages(_ move: Move) {
    let columns = max(1, surveyed(self).patchColumns ?? 1)
    let count = listCount
    let goal = move.moved(selection.item, inGridOf: columns, count: count, page: columns * 3)
    if let goal { selection.item = goal }
  }

  private mutating func moveInClassBars(_ move: Move) {
    guard let digest = readyDigest(selection.layer) else { return }
    let order = barOrder(digest, selection.neuron)
    let at = order.firstIndex(of: selection.classIndex) ?? 0
    let next = move.moved(at, count: order.count, page: page)
    if order.indices.contains(next) { selection.classIndex = order[next] }
  }

  private mutating func moveInConfusion(_ move: Move) {
    let count = classCount
    if move.sideways != 0 {
      selection.predicted = max(0, min(selection.predicted + move.sideways, count))
    } else {
      selection.classIndex = move.moved(selection.classIndex, count: count, page: page)
    }
  }
}
