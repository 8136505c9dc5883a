/// Cuts a visiting order into batches: small ones first, so that there is something to see soon.
///
/// The cut depends on nothing but the two numbers, in particular not on the number of workers, so
/// that the same images always run together.
struct BatchSchedule: Equatable, Sendable {
  let imageCount: Int
  /// Images in a batch after the first few.
  let batchSize: Int
  /// Batches as ranges of places in the visiting order.
  let batches: [Range<Int>]

  /// - Parameter isFixed: The network takes batches of `batchSize` only, so none is smaller.
  init(imageCount: Int, batchSize: Int, isFixed: Bool = false) {
    precondition(batchSize > 0)
    self.imageCount = imageCount
    self.batchSize = batchSize
    var batches: [Range<Int>] = []
    var (place, size) = (0, isFixed ? batchSize : 1)
    while place < imageCount {
      let end = min(place + size, imageCount)
      batches.append(place..<end)
      place = end
      // Two of a size, so that two workers get equal work.
      if batches.count.isMultiple(of: 2) { size = min(size * 2, batchSize) }
    }
    self.batches = batches
  }
}
