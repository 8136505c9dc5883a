/// The strings in natural order: runs of digits compare as numbers, the rest byte by byte.
///
/// `a2` comes before `a10`; equal numbers with more leading zeros come later.
///
/// - Complexity: O(*n* log *n*) comparisons.
func sortedNaturally(_ names: [String]) -> [String] {
  var keyed = names.map { (key: Array($0.utf8), name: $0) }
  keyed.sort { naturallyPrecedes($0.key.span, $1.key.span) }
  return keyed.map(\.name)
}

/// Whether `a` comes before `b` in natural order.
func naturallyPrecedes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
  var i = 0
  var j = 0
  while i < a.count && j < b.count {
    if isDigit(a[i]) && isDigit(b[j]) {
      let first = digitRun(a, from: i)
      let second = digitRun(b, from: j)
      if first.count != second.count { return first.count < second.count }
      for place in 0..<first.count {
        let left = a[first.lowerBound + place]
        let right = b[second.lowerBound + place]
        if left != right { return left < right }
      }
      i = first.upperBound
      j = second.upperBound
    } else {
      if a[i] != b[j] { return a[i] < b[j] }
      i += 1
      j += 1
    }
  }
  if i < a.count || j < b.count { return i == a.count }
  if a.count != b.count { return a.count < b.count }
  for place in 0..<a.count where a[place] != b[place] { return a[place] < b[place] }
  return false
}

/// The digits from `start` on without leading zeros; empty, at the run's end, for zero.
private func digitRun(_ text: Span<UInt8>, from start: Int) -> Range<Int> {
  var first = start
  while first < text.count && text[first] == UInt8(ascii: "0") { first += 1 }
  var end = first
  while end < text.count && isDigit(text[end]) { end += 1 }
  return first..<end
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}
