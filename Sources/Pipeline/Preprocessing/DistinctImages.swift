/// Images of a data set in the order in which a search tries them, each picture once.
///
/// A copy says nothing that the first did not: counted again it would make a difference of chance look
/// like a proven one. Looks at pictures only as far as images are asked for.
struct DistinctImages {
  /// In order, unreadable ones included.
  private(set) var images: [Int] = []
  /// Images passed over, as the same picture had come before.
  private(set) var copyCount = 0
  private let order: ArraySlice<Int>
  private var place = 0
  private var seen: Set<String> = []

  /// - Parameters:
  ///   - order: Images, copies among them.
  ///   - limit: Images looked at, at most.
  init(of order: [Int], limit: Int) {
    self.order = order.prefix(limit)
  }

  /// Whether no image is left to look at.
  var isExhausted: Bool { place == order.count }

  /// Looks for images until there are `count` of them or none is left.
  ///
  /// - Parameter contents: For each image something that only copies share, nil where it cannot be
  ///   read.
  mutating func extend<Failure: Error>(
    to count: Int, _ contents: ([Int]) throws(Failure) -> [String?]
  ) throws(Failure) {
    while images.count < count, !isExhausted {
      let next = order[place..<min(place + count - images.count, order.count)]
      for (image, content) in zip(next, try contents(Array(next))) {
        if let content, !seen.insert(content).inserted {
          copyCount += 1
        } else {
          images.append(image)
        }
      }
      place += next.count
    }
  }
}
