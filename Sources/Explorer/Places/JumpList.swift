/// The places visited, as in an editor or a browser: back to those before, forward again until
/// another way is taken.
struct JumpList: Sendable {
  /// Newest last.
  private(set) var before: [Whereabouts] = []
  /// Nearest last.
  private(set) var after: [Whereabouts] = []

  /// Most that are remembered; the oldest goes.
  static let limit = 100

  /// A place was left for another.
  mutating func leave(_ place: Whereabouts) {
    after = []
    before.removeAll { $0 == place }
    before.append(place)
    if before.count > Self.limit { before.removeFirst() }
  }

  /// The place before, nil at the beginning.
  mutating func back(from now: Whereabouts) -> Whereabouts? {
    guard let goal = before.popLast() else { return nil }
    after.append(now)
    return goal
  }

  /// The place that was gone back from, nil at the end.
  mutating func forward(from now: Whereabouts) -> Whereabouts? {
    guard let goal = after.popLast() else { return nil }
    before.append(now)
    return goal
  }
}

extension ExplorerState {
  /// Does something, and remembers the place that it leads away from.
  mutating func remembering(_ act: (inout ExplorerState) -> Void) {
    let former = whereabouts
    hasJumped = false
    act(&self)
    if hasJumped, whereabouts != former { jumps.leave(former) }
    hasJumped = false
  }

  mutating func jumpBack() {
    guard let goal = jumps.back(from: whereabouts) else {
      message = "this is where the visit began"
      return
    }
    show(goal)
  }

  mutating func jumpForward() {
    guard let goal = jumps.forward(from: whereabouts) else {
      message = "no place was gone back from"
      return
    }
    show(goal)
  }
}
