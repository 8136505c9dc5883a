import Atlases
import Networks

extension ExplorerState {
  /// Runs a command that changes clusters.
  ///
  /// - Parameter argument: What was typed behind its name; empty where nothing was.
  mutating func runEdit(_ command: Command, _ argument: String) {
    switch command {
    case .mark: mark()
    case .unmark: marks[selection.layer] = nil
    case .moveNeurons: moveMarked(to: argument)
    case .mergeClusters: mergeClusters(argument)
    case .splitCluster: splitCluster(argument)
    case .recluster: recluster(into: Int(argument))
    case .moreClusters: recluster(into: (freeClusterCount ?? 0) + 1)
    case .fewerClusters: recluster(into: (freeClusterCount ?? 0) - 1)
    case .cutTree: cutTree(at: Double(argument))
    case .renameCluster: renameCluster(to: argument)
    case .note: note(argument)
    case .pin: pinCluster()
    case .undo: undo()
    case .redo: redo()
    default: break
    }
  }

  private mutating func moveMarked(to target: String) {
    let marked = marks[selection.layer] ?? []
    guard !marked.isEmpty else {
      message = "mark neurons with the space bar first"
      return
    }
    guard let grouping else { return edit("moved", nil) }
    let isNew = target.lowercased() == "new"
    let cluster = target.isEmpty ? self.cluster : self.cluster(called: target)
    let place = groupingPlace(of: cluster)
    guard isNew || place != nil else {
      message = target.isEmpty ? "dead neurons have no cluster to join" : noCluster(target)
      return
    }
    edit(
      "\(neuronsText(marked.count)) moved",
      grouping.moving(marked, to: isNew ? nil : place))
    marks[selection.layer] = nil
  }

  private mutating func mergeClusters(_ names: String) {
    guard let grouping else { return edit("merged", nil) }
    var places: [Int] = []
    for name in names.split(separator: " ") {
      guard let place = groupingPlace(of: cluster(called: String(name))) else {
        message = noCluster(String(name))
        return
      }
      places.append(place)
    }
    if names.isEmpty {
      let marked = marks[selection.layer] ?? []
      places = grouping.clusters.indices.filter {
        !marked.isDisjoint(with: grouping.clusters[$0].members)
      }
      if let own = groupingPlace(of: cluster) { places.append(own) }
    }
    guard Set(places).count > 1 else {
      message = "mark neurons of other clusters first, or name them: merge A C"
      return
    }
    edit("\(Set(places).count) clusters merged", grouping.merging(places))
    marks[selection.layer] = nil
  }

  private mutating func splitCluster(_ count: String) {
    guard let grouping, let place = groupingPlace(of: cluster) else {
      message = "dead neurons stay together"
      return
    }
    let members = grouping.clusters[place].members
    let marked = (marks[selection.layer] ?? []).intersection(members)
    if count.isEmpty, !marked.isEmpty {
      edit(
        "\(neuronsText(marked.count)) split off",
        grouping.splitting(place, into: [marked.sorted()]))
      marks[selection.layer] = nil
      return
    }
    guard let parts = count.isEmpty ? 2 : Int(count), (2...max(2, members.count)).contains(parts),
      members.count > 1
    else {
      message = "a cluster of \(members.count) cannot be split in \(count.isEmpty ? "2" : count)"
      return
    }
    divide(.divide(members, into: parts), place: place)
  }

  /// Clusters that are not pinned.
  private var freeClusterCount: Int? { grouping?.clusters.count { !$0.isPinned } }

  private mutating func recluster(into count: Int?) {
    guard let grouping else { return edit("clustered anew", nil) }
    let free = grouping.clusters.filter { !$0.isPinned }.flatMap(\.members).sorted()
    guard let count, count > 0, count <= free.count else {
      message =
        "the layer's \(neuronsText(free.count)) outside pinned clusters cannot make that many"
      return
    }
    divide(.divide(free, into: count), place: nil)
  }

  private mutating func cutTree(at height: Double?) {
    guard let grouping else { return edit("clustered anew", nil) }
    guard let height, (0...2).contains(height) else {
      message = "a cosine distance lies between 0 and 2"
      return
    }
    let free = grouping.clusters.filter { !$0.isPinned }.flatMap(\.members).sorted()
    divide(.cut(free, height: height), place: nil)
  }

  /// Asks for neurons in clusters; the picture stays until they come.
  private mutating func divide(_ work: RegroupRequest.Work, place: Int?) {
    regroupNumber += 1
    dividing = PendingDivision(number: regroupNumber, place: place)
    outbox.append(
      .regroup(
        RegroupRequest(
          layer: selection.layer, number: regroupNumber, work: work,
          frame: grouping.map { RegroupRequest.Frame(grouping: $0, place: place) })))
  }

  private mutating func renameCluster(to name: String) {
    guard let place = groupingPlace(of: cluster) else {
      message = "dead neurons need no name"
      return
    }
    edit("named \(name)", grouping?.renaming(place, to: shortened(name, to: 40)))
  }

  private mutating func note(_ text: String) {
    let text = shortened(text, to: 200)
    if view == .neuron || place.focus == 1 {
      edit("noted", grouping?.noting(text, on: selection.neuron))
    } else if let place = groupingPlace(of: cluster) {
      edit("noted", grouping?.noting(text, onCluster: place))
    } else {
      message = "notes go to clusters and neurons"
    }
  }

  private mutating func pinCluster() {
    guard let grouping, let place = groupingPlace(of: cluster) else {
      message = "dead neurons stay together anyway"
      return
    }
    let isPinned = grouping.clusters[place].isPinned
    edit(isPinned ? "unpinned" : "pinned", grouping.pinning(place, !isPinned))
  }

  private func cluster(called name: String) -> ClusterDigest? {
    let wanted = name.lowercased()
    return digest?.clusters.first {
      $0.letter.lowercased() == wanted || $0.name?.lowercased() == wanted
    }
  }

  private func noCluster(_ name: String) -> String {
    let known = (digest?.clusters ?? []).filter { $0.label != -1 }.map(\.letter)
    return "there is no cluster \(name): the layer has \(known.joined(separator: ", "))"
  }
}

private func shortened(_ text: String, to count: Int) -> String {
  String(text.prefix(count))
}
