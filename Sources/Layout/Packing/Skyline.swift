/// The upper edge of squares packed from below: stretches of equal height, from left to right.
struct Skyline {
  private struct Stretch {
    var x: Int
    var y: Int
    var width: Int
  }

  private var stretches: [Stretch]
  /// Height of the tallest stretch.
  private(set) var height = 0

  init(width: Int) {
    stretches = [Stretch(x: 0, y: 0, width: width)]
  }

  /// Puts a square where it lies lowest, with the least room lost below it, the leftmost of
  /// equals; nil when it is wider than the strip.
  ///
  /// J. Jylänki, "A Thousand Ways to Pack the Bin", 2010: the bottom-left rule, least waste
  /// deciding.
  /// - Complexity: O(stretches · width of the square in stretches).
  mutating func place(_ side: Int) -> (x: Int, y: Int)? {
    var best: (index: Int, y: Int, waste: Int)?
    for index in stretches.indices {
      guard let found = fit(side, at: index, below: best?.y ?? .max) else { continue }
      if let best, (found.y, found.waste) >= (best.y, best.waste) { continue }
      best = (index, found.y, found.waste)
    }
    guard let best else { return nil }
    let x = stretches[best.index].x
    raise(at: best.index, side: side, to: best.y + side)
    height = max(height, best.y + side)
    return (x, best.y)
  }

  /// Where a square lies that begins at a stretch, and the room lost below it.
  private func fit(_ side: Int, at index: Int, below limit: Int) -> (y: Int, waste: Int)? {
    var (rest, y, next) = (side, 0, index)
    while rest > 0 {
      guard next < stretches.count else { return nil }
      y = max(y, stretches[next].y)
      if y > limit { return nil }
      rest -= stretches[next].width
      next += 1
    }
    var waste = 0
    rest = side
    for stretch in stretches[index..<next] {
      waste += min(rest, stretch.width) * (y - stretch.y)
      rest -= stretch.width
    }
    return (y, waste)
  }

  private mutating func raise(at index: Int, side: Int, to y: Int) {
    let raised = Stretch(x: stretches[index].x, y: y, width: side)
    let end = raised.x + side
    var last = index
    while last < stretches.count, stretches[last].x + stretches[last].width <= end { last += 1 }
    if last < stretches.count, stretches[last].x < end {
      stretches[last].width -= end - stretches[last].x
      stretches[last].x = end
    }
    stretches.replaceSubrange(index..<last, with: [raised])
    if index + 1 < stretches.count, stretches[index + 1].y == y {
      stretches[index].width += stretches.remove(at: index + 1).width
    }
    if index > 0, stretches[index - 1].y == y {
      stretches[index - 1].width += stretches.remove(at: index).width
    }
  }

  /// Places of `sides` in a strip, in that order, and the height they need.
  static func pack(_ sides: [Int], width: Int) -> (places: [(x: Int, y: Int)], height: Int)? {
    var skyline = Skyline(width: width)
    var places: [(x: Int, y: Int)] = []
    places.reserveCapacity(sides.count)
    for side in sides {
      guard let place = skyline.place(side) else { return nil }
      places.append(place)
    }
    return (places, skyline.height)
  }
}
