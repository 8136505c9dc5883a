import Tensors

/// Cuts neurons, in display order, into runs of alike ones, so that those end up together in a
/// packing; about the square root of their number.
///
/// Neighbours of the display order are alike already (it is a seriation of the class profiles);
/// the runs end where neighbours differ most.
///
/// - Parameter means: Neurons × classes.
/// - Complexity: O(members · (classes + log members)).
func similarRuns(_ members: [Int], _ means: Matrix) -> [[Int]] {
  guard members.count > 3, means.columnCount > 1 else { return [members] }
  let wanted = Int(Double(members.count).squareRoot())
  var gaps: [(width: Double, place: Int)] = []
  var before = Array(means.row(members[0]))
  for place in members.indices.dropFirst() {
    let row = Array(means.row(members[place]))
    gaps.append((1 - correlation(before, row), place))
    before = row
  }
  let widest = gaps.sorted { ($1.width, $0.place) < ($0.width, $1.place) }
  let cuts = widest.prefix(wanted - 1).map(\.place).sorted()
  return zip([0] + cuts, cuts + [members.count]).map { Array(members[$0..<$1]) }
}
