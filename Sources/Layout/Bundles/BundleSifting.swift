import Tensors

/// Orders nodes and hubs while single links find their own way through the gaps.
///
/// In block sifting a single link is a block of its own and holds on to both nodes it joins: none
/// of the three can move without the others, and searches get stuck. Here single links have no
/// place. Two of them cross when their ends are in opposite orders; one crosses a hub's links as
/// often as it must on the better of its two sides. That is a little less than the crossings drawn
/// where a link would need to be on inconsistent sides; ``BlockSifting`` goes on from the result.
struct BundleSifting {
  /// A link by itself.
  private struct Link {
    var left: Int
    var right: Int
    var gap: Int
    /// First of its entries in `above` and `total`, one for each hub of the gap.
    var first: Int
  }

  /// Nodes of columns at even ranks, hubs at odd ones, from top to bottom.
  private(set) var orders: [[Int]]
  private let rankOf: [Int]
  private var places: [Int]
  /// Ends of spokes in the ranks before and behind.
  private let spokes: [[[Int]]]
  /// Single links of each node in the gaps before and behind.
  private let linksOf: [[[Int]]]
  private let links: [Link]
  /// Number of each hub in its gap.
  private let hubNumber: [Int]
  /// Spokes of each hub that end above each link's own end, and above or below.
  private var above: [Int32]
  private var total: [Int32]
  /// Comparisons made so far: a measure of work that no clock disturbs.
  private(set) var visits = 0
  let mostVisits: Int

  /// Most pairs of a hub and a link in one gap.
  static let mostPairs = 4_000_000

  /// - Parameters:
  ///   - orders: Vertices of each rank; those at odd ranks are hubs.
  ///   - spokes: Vertices before and behind that each vertex is linked to by a spoke.
  ///   - links: Single links as pairs of vertices of neighbouring columns.
  /// - Returns: Nil when there are too many pairs of hubs and links.
  init?(
    orders: [[Int]], spokes: [[[Int]]], links pairs: [(left: Int, right: Int)], mostVisits: Int
  ) {
    let count = orders.reduce(0) { $0 + $1.count }
    var (rankOf, places) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    var hubNumber = places
    for (rank, order) in orders.enumerated() {
      for (place, vertex) in order.enumerated() {
        (rankOf[vertex], places[vertex], hubNumber[vertex]) = (rank, place, place)
      }
    }
    var (links, first) = ([Link](), 0)
    var linksOf = Array(repeating: [[Int](), [Int]()], count: count)
    for pair in pairs {
      let gap = rankOf[pair.left] / 2
      linksOf[pair.left][1].append(links.count)
      linksOf[pair.right][0].append(links.count)
      links.append(Link(left: pair.left, right: pair.right, gap: gap, first: first))
      first += orders[2 * gap + 1].count
      if first > Self.mostPairs { return nil }
    }
    (self.orders, self.spokes, self.links, self.linksOf) = (orders, spokes, links, linksOf)
    (self.rankOf, self.places, self.hubNumber) = (rankOf, places, hubNumber)
    self.mostVisits = mostVisits
    above = Array(repeating: 0, count: first)
    total = above
    for link in links {
      for hub in orders[2 * link.gap + 1] { countSpokes(of: hub, beside: link) }
    }
  }

  private mutating func countSpokes(of hub: Int, beside link: Link) {
    let entry = link.first + hubNumber[hub]
    for (side, end) in [link.left, link.right].enumerated() {
      for other in spokes[hub][side] where other != end {
        total[entry] += 1
        if places[other] < places[end] { above[entry] += 1 }
      }
    }
  }

  /// Crossings as they are counted here.
  ///
  /// - Complexity: O(spokes² + links² + links · hubs).
  var crossings: Int {
    var sum = 0
    for (index, link) in links.enumerated() {
      for other in links[..<index] where other.gap == link.gap {
        let (one, two) = (
          places[link.left] - places[other.left], places[link.right] - places[other.right]
        )
        if one * two < 0 { sum += 1 }
      }
      for hub in orders[2 * link.gap + 1] { sum += crossings(at: link.first + hubNumber[hub]) }
    }
    for rank in stride(from: 1, to: orders.count, by: 2) {
      for side in 0...1 {
        let ends = orders[rank].flatMap { hub in
          spokes[hub][side].map { (places[hub], places[$0]) }
        }
        for (index, one) in ends.enumerated() {
          for other in ends[..<index] where (one.0 - other.0) * (one.1 - other.1) < 0 { sum += 1 }
        }
      }
    }
    return sum
  }

  private func crossings(at entry: Int) -> Int {
    Int(min(above[entry], total[entry] - above[entry]))
  }

  /// Sifts and shakes until the visits are used up or many shakes were in vain.
  ///
  /// - Parameter isCancelled: Asked before each shake.
  mutating func search(using random: inout SeededGenerator, _ isCancelled: () -> Bool) {
    let all = orders.joined().sorted()
    _ = siftAll(all, &random)
    var fruitless = 0
    while visits < mostVisits, fruitless < 40 + 4 * all.count, !isCancelled() {
      let before = self
      let ranks = orders.indices.filter { orders[$0].count > 1 }
      guard !ranks.isEmpty else { return }
      let rank = ranks[Int.random(in: 0..<ranks.count, using: &random)]
      var change = 0
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let vertex = orders[rank][Int.random(in: 0..<orders[rank].count, using: &random)]
        change += move(vertex, to: Int.random(in: 0..<orders[rank].count, using: &random))
      }
      let near = orders[max(0, rank - 2)..<min(orders.count, rank + 3)].joined().sorted()
      change += siftAll(near, &random)
      fruitless = change < 0 ? 0 : fruitless + 1
      if change > 0 {
        let visits = self.visits
        self = before
        self.visits = visits
      }
    }
  }

  private mutating func siftAll(_ members: [Int], _ random: inout SeededGenerator) -> Int {
    var (total, order) = (0, members)
    for _ in 0..<12 {
      order.shuffle(using: &random)
      var change = 0
      for vertex in order where visits < mostVisits { change += sift(vertex) }
      total += change
      if change == 0 { break }
    }
    return total
  }

  /// Takes a vertex to the best place in its rank; returns the change in crossings, never above 0.
  mutating func sift(_ vertex: Int) -> Int {
    let start = places[vertex]
    let count = orders[rankOf[vertex]].count
    var (best, bestPlace, change) = (0, start, 0)
    for place in start + 1..<max(start + 1, count) {
      change += move(vertex, to: place)
      if change < best { (best, bestPlace) = (change, place) }
    }
    for place in (0..<count - 1).reversed() {
      change += move(vertex, to: place)
      if change < best { (best, bestPlace) = (change, place) }
    }
    _ = move(vertex, to: bestPlace)
    return best
  }

  /// Moves a vertex past its neighbours; returns the change in crossings.
  mutating func move(_ vertex: Int, to place: Int) -> Int {
    let rank = rankOf[vertex]
    var change = 0
    while places[vertex] < place {
      change += swap(vertex, orders[rank][places[vertex] + 1])
    }
    while places[vertex] > place {
      change += swap(orders[rank][places[vertex] - 1], vertex)
    }
    return change
  }

  /// Exchanges two neighbours; returns the change in crossings.
  private mutating func swap(_ upper: Int, _ lower: Int) -> Int {
    var change = 0
    for side in 0...1 {
      change -= disorder(spokes[upper][side], spokes[lower][side])
      let (ours, theirs) = (linksOf[upper][side], linksOf[lower][side])
      for one in ours {
        for other in theirs {
          let (far, near) = (end(one, side), end(other, side))
          change += (far < near ? 1 : 0) - (far > near ? 1 : 0)
        }
      }
      visits += ours.count * theirs.count + 1
      if !rankOf[upper].isMultiple(of: 2) { continue }
      change += pass(ours, hubs: spokes[lower][side], by: 1)
      change += pass(theirs, hubs: spokes[upper][side], by: -1)
    }
    let (rank, place) = (rankOf[upper], places[upper])
    orders[rank].swapAt(place, place + 1)
    (places[upper], places[lower]) = (place + 1, place)
    return change
  }

  /// Place of a link's end on a side.
  private func end(_ link: Int, _ side: Int) -> Int {
    places[side == 0 ? links[link].left : links[link].right]
  }

  /// Counts a spoke of each hub to the other side of the links' ends.
  private mutating func pass(_ passed: [Int], hubs: [Int], by step: Int32) -> Int {
    var change = 0
    for link in passed {
      for hub in hubs {
        let entry = links[link].first + hubNumber[hub]
        change -= crossings(at: entry)
        above[entry] += step
        change += crossings(at: entry)
      }
    }
    visits += passed.count * hubs.count
    return change
  }

  /// Pairs in the wrong order less pairs in the right one.
  private mutating func disorder(_ upper: [Int], _ lower: [Int]) -> Int {
    var count = 0
    for one in upper {
      for other in lower {
        count += (places[one] > places[other] ? 1 : 0) - (places[one] < places[other] ? 1 : 0)
      }
    }
    visits += upper.count * lower.count
    return count
  }

  /// Place of a vertex in its rank, from the top.
  func place(of vertex: Int) -> Int { places[vertex] }

  /// Where single links go: for each, the hubs of its gap that are above it where it crosses the
  /// fewest spokes, and the sum of its ends' places.
  func ways() -> [(hubsAbove: Int, slope: Double)] {
    links.map { link in
      let hubs = orders[2 * link.gap + 1]
      // Above all hubs at first; each step puts it below one hub more.
      var cost = hubs.reduce(0) { $0 + Int(above[link.first + hubNumber[$1]]) }
      var best = (cost: cost, hubsAbove: 0)
      for (number, hub) in hubs.enumerated() {
        let entry = link.first + hubNumber[hub]
        cost += Int(total[entry]) - 2 * Int(above[entry])
        if cost < best.cost { best = (cost, number + 1) }
      }
      let (left, right) = (orders[2 * link.gap].count, orders[2 * link.gap + 2].count)
      return (
        best.hubsAbove,
        Double(places[link.left]) / Double(left) + Double(places[link.right]) / Double(right)
      )
    }
  }
}
