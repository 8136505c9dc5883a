import Atlases
import Dispatch
import Synchronization

/// Measures the weights of all layers at some checkpoints.
///
/// - Parameter columns: Which checkpoints, ascending.
/// - Complexity: O(weights · checkpoints) time; the memory of two copies of a layer a core.
/// - Returns: Layers × columns, row-major, and a sentence for each layer that could not be read.
func measureWeights(
  _ members: [RunMember?], _ layers: [RunLayer], columns: [Int],
  isCancelled: @Sendable () -> Bool
) -> (measures: [WeightMeasures?], notes: [String]) {
  let rows = Mutex(
    [(measures: [WeightMeasures?], note: String?)](
      repeating: (Array(repeating: nil, count: columns.count), nil), count: layers.count))
  DispatchQueue.concurrentPerform(iterations: layers.count) { index in
    let layer = layers[index]
    var row: [WeightMeasures?] = []
    var note: String?
    var before: (column: Int, values: [Float]?)?
    for column in columns {
      guard !isCancelled() else { return }
      if let known = before, known.column != column - 1 { before = nil }
      if before == nil, column > 0 {
        before = (column - 1, try? members[column - 1]?.weights(of: layer))
      }
      var values: [Float]?
      do {
        values = try members[column]?.weights(of: layer)
      } catch {
        note = note ?? "\(error)"
      }
      row.append(
        values.map {
          weightMeasures($0, before: before?.values, neuronCount: layer.neuronCount)
        })
      // A checkpoint that cannot be read hides the change since; there is none to speak of.
      before = (column, values)
    }
    rows.withLock { $0[index] = (row, note) }
  }
  let done = rows.withLock { $0 }
  return (done.flatMap(\.measures), done.compactMap(\.note))
}

/// The measures of one layer at one checkpoint.
///
/// - Parameters:
///   - values: Neuron by neuron.
///   - before: Those of the checkpoint before; nil for the first.
func weightMeasures(
  _ values: [Float], before: [Float]?, neuronCount: Int
) -> WeightMeasures {
  let rowCount = neuronCount > 0 && values.count % neuronCount == 0 ? neuronCount : 0
  let length = rowCount > 0 ? values.count / rowCount : 0
  let before = before.flatMap { $0.count == values.count ? $0 : nil }
  var total = NormSums()
  var norms: [Float] = []
  var changes: [Float] = []
  for row in 0..<max(1, rowCount) {
    let range = rowCount > 0 ? row * length..<(row + 1) * length : values.indices
    let sums = NormSums(values, before, range)
    norms.append(Float(sums.norm))
    changes.append(Float(sums.change ?? .nan))
    total.add(sums)
  }
  return WeightMeasures(
    norm: total.norm, change: before == nil ? nil : total.change,
    nonFiniteCount: total.nonFiniteCount, neuronNorms: rowCount > 0 ? norms : [],
    neuronChanges: before == nil || rowCount == 0 ? nil : changes)
}

/// Sums of squares of weights, of those before, and of their differences.
private struct NormSums {
  private var square = 0.0
  private var squareBefore = 0.0
  private var squareOfDifference = 0.0
  private(set) var nonFiniteCount = 0
  private var nonFiniteCountBefore = 0

  init() {}

  init(_ values: [Float], _ before: [Float]?, _ range: Range<Int>) {
    for i in range {
      let value = Double(values[i])
      guard value.isFinite else {
        nonFiniteCount += 1
        continue
      }
      square += value * value
    }
    guard let before else { return }
    for i in range {
      let (old, new) = (Double(before[i]), Double(values[i]))
      guard old.isFinite else {
        nonFiniteCountBefore += 1
        continue
      }
      squareBefore += old * old
      squareOfDifference += (new - old) * (new - old)
    }
  }

  mutating func add(_ other: NormSums) {
    square += other.square
    squareBefore += other.squareBefore
    squareOfDifference += other.squareOfDifference
    nonFiniteCount += other.nonFiniteCount
    nonFiniteCountBefore += other.nonFiniteCountBefore
  }

  var norm: Double { square.squareRoot() }

  /// Nil where a weight was not finite or all were 0 before.
  var change: Double? {
    guard nonFiniteCount == 0, nonFiniteCountBefore == 0, squareBefore > 0 else { return nil }
    return (squareOfDifference / squareBefore).squareRoot()
  }
}
