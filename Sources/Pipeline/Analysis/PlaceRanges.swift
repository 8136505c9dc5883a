/// A set of places in a visiting order, as ranges: small however many places it holds.
///
/// Invariant: ranges are ascending, not empty and do not touch.
public struct PlaceRanges: Equatable, Hashable, Sendable, Codable {
  /// Ascending, apart from each other.
  public private(set) var ranges: [Range<Int>]

  /// No places.
  public init() {
    ranges = []
  }

  /// The places in any of `ranges`, which may overlap.
  public init(_ ranges: [Range<Int>]) {
    self.ranges = []
    for range in ranges { insert(range) }
  }

  /// Number of places.
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// Adds the places of `range`.
  ///
  /// - Complexity: O(ranges held).
  public mutating func insert(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let first = ranges.firstIndex { $0.upperBound >= range.lowerBound } ?? ranges.count
    let last = ranges.lastIndex { $0.lowerBound <= range.upperBound } ?? -1
    guard first <= last else {
      ranges.insert(range, at: first)
      return
    }
    let low = min(range.lowerBound, ranges[first].lowerBound)
    let high = max(range.upperBound, ranges[last].upperBound)
    ranges.replaceSubrange(first...last, with: [low..<high])
  }

  /// The parts of `range` that are not in the set, ascending.
  public func missing(in range: Range<Int>) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var start = range.lowerBound
    for held in ranges where held.upperBound > start && held.lowerBound < range.upperBound {
      if held.lowerBound > start { gaps.append(start..<held.lowerBound) }
      start = held.upperBound
    }
    if start < range.upperBound { gaps.append(start..<range.upperBound) }
    return gaps
  }
}
