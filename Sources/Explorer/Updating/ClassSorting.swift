extension ExplorerState {
  /// Clusters in the order in which they fire for the selected class, in every layer, or as they
  /// were.
  mutating func switchClassSort() {
    if sortClass != nil, view != .classes || sortClass == selection.classIndex {
      sortClass = nil
      message = "clusters in their own order again"
    } else if (0..<classCount).contains(selection.classIndex) {
      sortClass = selection.classIndex
      message = "clusters by how they fire for \(className(selection.classIndex)); S takes it off"
    } else {
      message = "the images carry no labels: there is no class to sort by"
      return
    }
    forget()
  }

  /// How the clusters of digests are to be sorted; nil for their own order.
  var classSort: ClassSort? {
    sortClass.map { ClassSort(classIndex: $0, statistic: statistic) }
  }
}

/// Clusters by what they give for a class: the mean over a cluster's neurons of the class's value,
/// each neuron's divided by its largest magnitude over the classes; largest first.
struct ClassSort: Hashable, Sendable {
  var classIndex: Int
  var statistic: Statistic
}
