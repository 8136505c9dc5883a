import Atlases
import Canvas
import Networks

/// A place with a name of one letter; kept with the session.
package struct PlaceMark: Hashable, Sendable, Codable {
  /// `a` to `z`.
  package var letter: String
  /// The screen's name.
  package var view: String
  /// The layer's name, where the network has any; counts over the selection's number.
  package var layer: String?
  package var selection: Selection
  /// Which images, where the place is a list of some.
  var imageFilter: ImageFilter?
}

extension ExplorerState {
  /// Gives the place that shows a letter.
  mutating func setMark(_ name: String) {
    guard let letter = markLetter(name) else { return }
    placeMarks.removeAll { $0.letter == letter }
    placeMarks.append(
      PlaceMark(
        letter: letter, view: view.rawValue, layer: layer?.name, selection: selection,
        imageFilter: view == .images ? imageFilter : nil))
    placeMarks.sort { $0.letter < $1.letter }
    savesSession = true
    message = "mark \(letter): \(placeTitle(view, selection)); ' \(letter) leads back"
  }

  /// Leads to the place of a letter.
  mutating func goToMark(_ name: String) {
    guard let letter = markLetter(name) else { return }
    guard let mark = placeMarks.first(where: { $0.letter == letter }) else {
      message = "there is no mark \(letter); M \(letter) sets it"
      return
    }
    go(to: mark)
  }

  /// Opens the list of marks and of places visited.
  mutating func openMarks() {
    guard !markOffers(self).isEmpty else {
      message = "there are no marks yet, and no places visited; M and a letter set a mark"
      return
    }
    prompt = Prompt(purpose: .marks)
  }

  mutating func go(to mark: PlaceMark) {
    guard let view = ExplorerView(rawValue: mark.view), let goal = goal(of: mark) else {
      message = "mark \(mark.letter) is of another network"
      return
    }
    hasJumped = true
    var places = wayIn(to: view).map { Place(view: $0) }
    places[places.count - 1].imageFilter = mark.imageFilter
    show(Whereabouts(places: places, selection: goal))
  }

  /// The selection of a mark, its layer found by name.
  private func goal(of mark: PlaceMark) -> Selection? {
    var goal = mark.selection
    if let name = mark.layer {
      guard let index = atlas.network.layers.firstIndex(where: { $0.name == name }) else {
        return nil
      }
      goal.layer = index
    }
    return goal
  }

  private mutating func markLetter(_ name: String) -> String? {
    let letter = name.lowercased()
    guard letter.unicodeScalars.count == 1, let scalar = letter.unicodeScalars.first,
      ("a"..."z").contains(scalar)
    else {
      message = "a mark has one letter, a to z"
      return nil
    }
    return letter
  }

  /// The screens that lead to one.
  private func wayIn(to view: ExplorerView) -> [ExplorerView] {
    switch view {
    case .network: [.network]
    case .layer: [.network, .layer]
    case .cluster: [.network, .layer, .cluster]
    case .neuron: [.network, .layer, .cluster, .neuron]
    case .classes, .findings, .whatIf, .image: [.network, view]
    case .pair, .images: [.network, .classes, view]
    case .flips: shelf.entries.isEmpty ? [.network, .whatIf] : [.network, .whatIf, view]
    }
  }
}

/// One line of the list of marks and places.
struct MarkOffer {
  /// The letter; empty for a place that was visited.
  var letter: String
  var title: String
  fileprivate var mark: PlaceMark?
  fileprivate var place: Whereabouts?
}

/// Marks by letter, then the places visited, the last first.
func markOffers(_ state: ExplorerState) -> [MarkOffer] {
  let marks = state.placeMarks.map { mark in
    let view = ExplorerView(rawValue: mark.view) ?? .network
    var selection = mark.selection.fitting(state.atlas)
    let index = state.atlas.network.layers.firstIndex { $0.name == mark.layer }
    selection.layer = index ?? selection.layer
    return MarkOffer(
      letter: mark.letter, title: state.placeTitle(view, selection), mark: mark)
  }
  let visited = state.jumps.before.reversed().map { place in
    let view = place.places.last?.view ?? .network
    return MarkOffer(
      letter: "", title: state.placeTitle(view, place.selection.fitting(state.atlas)),
      place: place)
  }
  return marks + visited
}

extension ExplorerState {
  /// Leads to a line of the list.
  mutating func go(to offer: MarkOffer) {
    if let mark = offer.mark {
      go(to: mark)
    } else if let place = offer.place {
      hasJumped = true
      show(place)
    }
  }

  /// A key while a letter is waited for, or the list of marks is open.
  mutating func typeMark(_ key: Key, _ line: Prompt) {
    guard case .character(let scalar) = key else { return }
    prompt = nil
    if line.purpose == .setMark {
      setMark(String(Character(scalar)))
    } else {
      goToMark(String(Character(scalar)))
    }
  }
}
