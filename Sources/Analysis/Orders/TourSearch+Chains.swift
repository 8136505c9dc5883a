extension TourSearch {
  /// Edges taken out and put in so far, and what that gained before closing the tour.
  private struct Chain {
    var gain = 0.0
    var third = -1
    var fourth = -1
    var fifth = -1
    var sixth = -1
  }

  /// Lin–Kernighan: takes out the edge from `first` to its neighbour, puts in one to a near item,
  /// takes out the next, and so on while the sum of gains stays positive. The first two levels
  /// are searched without touching the tour; deeper ones go the best way only.
  mutating func chainMove(from first: Int, backward: Bool) -> Double? {
    let (second, out) = tour.step(from: first, backward: backward)
    var best = Chain()
    for place in 0..<min(breadth.first, neighbors.width) {
      let held = out - neighbors.length(second, place)
      if held <= Self.leastGain { break }
      let third = neighbors[second, place]
      if third == first { continue }
      let (fourth, removed) = tour.step(from: third, backward: !backward)
      if fourth == second { continue }
      let surplus = held + removed
      let gain = surplus - distance(first, fourth)
      if gain > Self.leastGain {
        flip(first, second, fourth)
        wake(first)
        wake(second)
        wake(third)
        wake(fourth)
        return gain
      }
      let chain = Chain(gain: surplus, third: third, fourth: fourth)
      if let found = secondLevel(first, second, chain, backward, &best) { return found }
    }
    return best.third < 0 || depth == 0 ? nil : goDeeper(first, second, best)
  }

  /// Takes the stretch from `second`, a neighbour of `first`, to `fourth` the other way round.
  @inline(__always)
  private mutating func flip(_ first: Int, _ second: Int, _ fourth: Int) {
    if tour.next(first) == second {
      tour.reverse(tour.place(of: second), tour.place(of: fourth))
    } else {
      tour.reverse(tour.place(of: fourth), tour.place(of: second))
    }
  }

  @inline(__always)
  private mutating func secondLevel(
    _ first: Int, _ second: Int, _ chain: Chain, _ backward: Bool, _ best: inout Chain
  ) -> Double? {
    let (third, fourth) = (chain.third, chain.fourth)
    let from = tour.place(of: backward ? fourth : second)
    let to = tour.place(of: backward ? second : fourth)
    for place in 0..<min(breadth.second, neighbors.width) {
      let held = chain.gain - neighbors.length(fourth, place)
      if held <= Self.leastGain { break }
      let fifth = neighbors[fourth, place]
      if fifth == third || fifth == first { continue }
      let isInside = tour.stretch(from, to, contains: tour.place(of: fifth))
      let (sixth, removed) = tour.step(from: fifth, backward: isInside == backward)
      if sixth == fourth || isInside && fifth == second { continue }
      let surplus = held + removed
      let gain = surplus - distance(first, sixth)
      if gain > Self.leastGain {
        flip(first, second, fourth)
        flip(first, fourth, sixth)
        wake(first)
        wake(second)
        wake(third)
        wake(fourth)
        wake(fifth)
        wake(sixth)
        return gain
      }
      if surplus > best.gain {
        best = Chain(gain: surplus, third: third, fourth: fourth, fifth: fifth, sixth: sixth)
      }
    }
    return nil
  }

  private mutating func goDeeper(_ first: Int, _ second: Int, _ chain: Chain) -> Double? {
    let mark = tour.logCount
    var touched = [first, second, chain.third, chain.fourth, chain.fifth, chain.sixth]
    flip(first, second, chain.fourth)
    flip(first, chain.fourth, chain.sixth)
    var (last, surplus) = (chain.sixth, chain.gain)
    for _ in 0..<depth {
      guard let (near, far, total) = bestStep(first, last, surplus) else { break }
      flip(first, last, far)
      touched += [near, far]
      (last, surplus) = (far, total)
      let gain = surplus - distance(first, last)
      if gain > Self.leastGain {
        for item in touched { wake(item) }
        return gain
      }
    }
    tour.takeBack(to: mark)
    return nil
  }

  /// The edge to put in at `last` and the one to take out after it that leave the most gain.
  private func bestStep(
    _ first: Int, _ last: Int, _ surplus: Double
  ) -> (near: Int, far: Int, gain: Double)? {
    let backward = tour.next(first) != last
    var best: (near: Int, far: Int, gain: Double)?
    for place in 0..<min(breadth.second, neighbors.width) {
      let held = surplus - neighbors.length(last, place)
      if held <= Self.leastGain { break }
      let near = neighbors[last, place]
      if near == first { continue }
      let (far, removed) = tour.step(from: near, backward: !backward)
      if far == last { continue }
      if held + removed > best?.gain ?? 0 { best = (near, far, held + removed) }
    }
    return best
  }
}
