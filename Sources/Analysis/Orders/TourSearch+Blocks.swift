extension TourSearch {
  /// Up to three neighbours in the tour, from `near` to `far`, with the items before and after.
  private struct Block {
    var near: Int
    var far: Int
    var before: Int
    var after: Int
    /// First and last item going forward.
    var first: Int
    var last: Int
  }

  /// Or's move: takes a block of one to three items that begins at `item` elsewhere, turned or
  /// not, next to an item that is near.
  mutating func blockMove(from item: Int) -> Double? {
    blockMove(from: item, backward: false) ?? blockMove(from: item, backward: true)
  }

  private mutating func blockMove(from item: Int, backward: Bool) -> Double? {
    let (before, head) = tour.step(from: item, backward: !backward)
    var far = item
    for size in 1...3 {
      if size > 1 { far = tour.step(from: far, backward: backward).item }
      let (after, tail) = tour.step(from: far, backward: backward)
      if before == after || before == far { break }
      let removal = head + tail - distance(before, after)
      if removal <= Self.leastGain { continue }
      let block = Block(
        near: item, far: far, before: before, after: after,
        first: backward ? far : item, last: backward ? item : far)
      if let gain = insert(block, removal: removal) { return gain }
    }
    return nil
  }

  private mutating func insert(_ block: Block, removal: Double) -> Double? {
    let (start, end) = (tour.place(of: block.first), tour.place(of: block.last))
    for place in 0..<min(breadth.first, neighbors.width) {
      let held = removal - neighbors.length(block.near, place)
      if held <= Self.leastGain { break }
      let target = neighbors[block.near, place]
      if tour.stretch(start, end, contains: tour.place(of: target)) { continue }
      for side in 0...1 {
        let (other, opened) = tour.step(from: target, backward: side == 1)
        if tour.stretch(start, end, contains: tour.place(of: other)) { continue }
        let gain = held + opened - distance(block.far, other)
        if gain > Self.leastGain {
          carry(block, between: target, other)
          wake(block.before)
          wake(block.after)
          wake(block.near)
          wake(block.far)
          wake(target)
          wake(other)
          return gain
        }
      }
    }
    return nil
  }

  /// Moves the block between two neighbours so that its near end meets `target`.
  private mutating func carry(_ block: Block, between target: Int, _ other: Int) {
    let isForward = tour.next(target) == other
    let (left, right) = isForward ? (target, other) : (other, target)
    let forth = distanceForward(from: block.last, to: left)
    let back = distanceForward(from: right, to: block.first)
    let turnsAgain = left == target ? block.near == block.first : block.near == block.last
    if forth <= back {
      let following = tour.next(block.last)
      tour.reverse(tour.place(of: block.first), tour.place(of: left))
      tour.reverse(block: left, following)
    } else {
      let preceding = tour.previous(block.first)
      tour.reverse(tour.place(of: right), tour.place(of: block.last))
      tour.reverse(block: preceding, right)
    }
    if turnsAgain { tour.reverse(block: block.first, block.last) }
  }

  private func distanceForward(from one: Int, to other: Int) -> Int {
    let steps = tour.place(of: other) - tour.place(of: one)
    return steps < 0 ? steps + tour.count : steps
  }
}
