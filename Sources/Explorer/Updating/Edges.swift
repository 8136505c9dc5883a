import Atlases

extension ExplorerState {
  /// Draws more or less of the edges.
  mutating func changeEdgePercent(by step: Int) {
    let next = max(10, min(100, edgePercent + step))
    message =
      next == edgePercent
      ? "edges: \(next == 100 ? "all links are wanted already" : "fewer can't be wanted")"
      : "edges: the strongest links that hold \(next) % of the total"
    edgePercent = next
  }

  /// Kernels alone, or what images send through them.
  mutating func switchEdgeMeasure() {
    usesInfluence.toggle()
    workings.forgetLinks()
    renewPath()
    message =
      usesInfluence
      ? "edges: influence, where layers follow directly: peaks of channels through the next kernel"
      : "edges: kernel sums, batch norm folded, traced through structural nodes"
  }

  /// Shows the strongest path to the selected class, or goes on to its next cluster.
  mutating func followPath() {
    if var path = classPath, path.classIndex == selection.classIndex {
      path.at += 1
      guard path.steps.indices.contains(path.at) else {
        classPath = nil
        message = "end of the path to \(className(path.classIndex))"
        return
      }
      classPath = path
    } else {
      guard classCount > 0,
        let path = path(to: selection.classIndex), !path.steps.isEmpty
      else {
        message = "no path: it needs labelled classes, and weights all the way to their outputs"
        return
      }
      classPath = path
    }
    guard let path = classPath else { return }
    let step = path.steps[path.at]
    reveal(step.layer)
    select(layer: step.layer)
    select(cluster: step.place)
  }

  /// `conv2:B`.
  func clusterAddress(_ step: ClassPath.Step) -> String {
    let clusters = digests[step.layer]?.clusters ?? []
    let letter =
      clusters.indices.contains(step.place)
      ? clusters[step.place].letter : clusterLetter(step.place)
    return "\(layerName(step.layer)):\(letter)"
  }
}
