/// The images of a race: those that every candidate has seen, and those that only the likely winner
/// of the time has.
///
/// What tells two good candidates apart are the images that the network finds hard. Of those that
/// the likely winner is sure of, each some-th is compared and stands for the others as well: two-phase
/// sampling with strata (W. Cochran, Sampling Techniques, 1977, ch. 12).
struct ComparedImages {
  /// Seen by every candidate that is left, in order.
  private(set) var compared: [Int] = []
  /// How many images each of `compared` stands for, itself included.
  private(set) var weights: [Double] = []
  /// Seen by those that were likely to win then.
  private(set) var spared: [Int] = []
  private(set) var unreadable: Set<Int> = []

  /// One of so many sure images is compared.
  static let stride = 4

  /// Images that could be read.
  var count: Int { compared.count + spared.count }

  /// All that could be read.
  var all: [Int] { compared + spared }

  /// Those that have not been looked at.
  func new(in order: ArraySlice<Int>) -> [Int] {
    let seen = Set(compared).union(spared).union(unreadable)
    return order.filter { !seen.contains($0) }
  }

  /// Notes images whose rows are missing.
  ///
  /// - Returns: The others, with their rows.
  mutating func readable(_ images: [Int], _ rows: [[Float]?]) -> [(image: Int, row: [Float])] {
    precondition(rows.count == images.count, "one row, or nil, for each image")
    return zip(images, rows).compactMap { image, row in
      if row == nil { unreadable.insert(image) }
      return row.map { (image, $0) }
    }
  }

  /// Adds images that every candidate has seen.
  mutating func compare(_ images: [Int]) {
    compared += images
    weights += Array(repeating: 1, count: images.count)
  }

  /// Adds readable images, of which the sure ones are mostly spared.
  ///
  /// - Returns: Those to be compared.
  mutating func compare(_ images: [Int], isSure: (Int) -> Bool) -> [Int] {
    let sure = images.filter(isSure)
    let kept = Set(sure.indices.filter { $0.isMultiple(of: Self.stride) }.map { sure[$0] })
    let left = Set(sure).subtracting(kept)
    let asked = images.filter { !left.contains($0) }
    compared += asked
    let weight = kept.isEmpty ? 1 : Double(sure.count) / Double(kept.count)
    weights += asked.map { kept.contains($0) ? weight : 1 }
    spared += sure.filter { left.contains($0) }
    return asked
  }
}
