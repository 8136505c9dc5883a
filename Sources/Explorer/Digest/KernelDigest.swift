import Atlases

/// A layer's kernels, checked, with what ranking them takes.
struct KernelDigest: Sendable {
  let inputCount: Int
  let height: Int
  let width: Int
  let values: [Float]
  /// Euclidean norm of each neuron's kernel.
  let norms: [Float]
  /// Input channel whose slice has the largest norm.
  let strongestInput: [Int]

  /// Nil when the shape does not fit the values or the layer.
  ///
  /// - Complexity: O(weights).
  init?(_ stack: KernelStack, neuronCount: Int) {
    guard stack.shape.count == 4, stack.shape.allSatisfy({ $0 > 0 && $0 <= 1 << 24 }),
      stack.shape[0] == neuronCount
    else { return nil }
    var product = 1
    for length in stack.shape {
      let (next, isTooMuch) = product.multipliedReportingOverflow(by: length)
      if isTooMuch { return nil }
      product = next
    }
    guard product == stack.values.count else { return nil }
    inputCount = stack.shape[1]
    height = stack.shape[2]
    width = stack.shape[3]
    values = stack.values
    (norms, strongestInput) = kernelNorms(
      stack.values, neuronCount, inputCount, sliceCount: height * width)
  }

  /// Whether kernels are 1 × 1, so that a neuron's weights make a strip.
  var isStrip: Bool { height * width == 1 }

  /// The kernel of one input channel; row-major height × width.
  func slice(neuron: Int, input: Int) -> ArraySlice<Float> {
    let size = height * width
    guard norms.indices.contains(neuron), (0..<inputCount).contains(input) else { return [] }
    let start = (neuron * inputCount + input) * size
    return values[start..<start + size]
  }

  /// Every weight of a neuron.
  func all(neuron: Int) -> ArraySlice<Float> {
    let size = inputCount * height * width
    guard norms.indices.contains(neuron) else { return [] }
    return values[neuron * size..<(neuron + 1) * size]
  }
}

private func kernelNorms(
  _ values: [Float], _ neuronCount: Int, _ inputCount: Int, sliceCount: Int
) -> (norms: [Float], strongest: [Int]) {
  let span = values.span
  var norms: [Float] = []
  var strongest: [Int] = []
  var at = 0
  for _ in 0..<neuronCount {
    var total: Float = 0
    var best: (sum: Float, input: Int) = (-1, 0)
    for input in 0..<inputCount {
      var sum: Float = 0
      for i in at..<at + sliceCount { sum += span[i] * span[i] }
      at += sliceCount
      total += sum
      if sum > best.sum { best = (sum, input) }
    }
    norms.append(total.squareRoot())
    strongest.append(best.input)
  }
  return (norms, strongest)
}
