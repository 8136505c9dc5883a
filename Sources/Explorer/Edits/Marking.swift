extension ExplorerState {
  /// Marks what the cursor is on: the cluster in the list, else the neuron, or the neurons
  /// that a row of the heatmap stands for. All marked already: takes the marks away.
  mutating func mark() {
    guard let digest = readyDigest(selection.layer), digest.hasData else {
      message = absence
      return
    }
    let neurons = markedNow(digest)
    var marked = marks[selection.layer] ?? []
    if marked.isSuperset(of: neurons) {
      marked.subtract(neurons)
    } else {
      marked.formUnion(neurons)
    }
    marks[selection.layer] = marked.isEmpty ? nil : marked
    message = marked.isEmpty ? "no neuron is marked" : "\(neuronsText(marked.count)) marked"
  }

  private func markedNow(_ digest: LayerDigest) -> [Int] {
    if view == .layer, place.focus == 0 { return cluster?.members ?? [] }
    let row = digest.rowOfNeuron[selection.neuron]
    let band = surveyed(self).heatRows?.first { $0.contains(row) }
    return band.map { Array(digest.rows[$0]) } ?? [selection.neuron]
  }

  func isMarked(_ neuron: Int, in layer: Int) -> Bool {
    marks[layer]?.contains(neuron) ?? false
  }
}
