import Tensors

/// How far an order is from a gradient: the share of triples, outermost pair against an inner
/// one, in which the inner pair is the farther. 0 is a perfect gradient, about 0.5 is chance.
///
/// W. S. Robinson, "A Method for Chronologically Ordering Archaeological Deposits", American
/// Antiquity 16(4), 1951, doi:10.2307/276978; the events are those of M. Hahsler, K. Hornik,
/// C. Buchta, "Getting Things in Order", J. Stat. Softw. 25(3), 2008, doi:10.18637/jss.v025.i03.
///
/// Exact up to 64 items; above, 100,000 triples drawn with a fixed seed stand for all.
func antiRobinsonShare(_ order: [Int], _ distances: SquareDistances) -> Double? {
  guard order.count > 2 else { return nil }
  var (events, pairs) = (0, 0)
  let (items, stride) = (order.span, distances.stride)
  let values = distances.values.span
  // Added up without branches: which way they go cannot be foretold.
  func count(_ first: Int, _ middle: Int, _ last: Int) {
    let (row, inner) = (items[first] * stride, items[middle])
    let outer = values[row + items[last]]
    events += values[row + inner] > outer ? 1 : 0
    events += values[inner * stride + items[last]] > outer ? 1 : 0
    pairs += 2
  }
  if order.count <= 64 {
    for first in order.indices {
      for middle in (first + 1)..<max(first + 1, order.count) {
        for last in (middle + 1)..<max(middle + 1, order.count) { count(first, middle, last) }
      }
    }
  } else {
    var random = SeededGenerator(seed: 1)
    let bound = UInt64(order.count)
    while pairs < 200_000 {
      let bits = random.next()
      let one = Int(((bits & 0xF_FFFF) * bound) >> 20)
      let two = Int(((bits >> 20 & 0xF_FFFF) * bound) >> 20)
      let three = Int(((bits >> 40 & 0xF_FFFF) * bound) >> 20)
      let (first, last) = (min(one, two, three), max(one, two, three))
      let middle = one + two + three - first - last
      if first < middle, middle < last { count(first, middle, last) }
    }
  }
  return Double(events) / Double(pairs)
}
