import Analysis
import Storage
import Tensors

/// A `ClassTally` as tensors: `sums` are 128-bit integers in units of 2⁻⁵⁶, low half first.
enum ClassTallyTensors {
  static func write(
    _ tally: ClassTally, _ prefix: String, _ writer: inout SafetensorsWriter
  ) {
    let neurons = tally.mean.count
    let sums = tally.mean + tally.maximum + tally.squaredMean + tally.squaredMaximum
    let halves = sums.flatMap { sum in
      [Int64(truncatingIfNeeded: sum.units), Int64(truncatingIfNeeded: sum.units >> 64)]
    }
    writer.add("\(prefix)/sums", halves, shape: [4, neurons, 2])
    writer.add("\(prefix)/image_count", [Int64(tally.imageCount)], shape: [1])
    writer.add("\(prefix)/firing", tally.firingCount, shape: [neurons])
    PatchTensors.write(
      tally.best.map { $0.image < 0 ? nil : $0 }, "\(prefix)/best", [neurons], &writer)
  }

  static func read(
    _ tensors: CheckedTensors, _ prefix: String, _ neurons: Int, _ images: Int
  ) throws(AtlasError) -> ClassTally {
    let halves: [Int64] = try tensors.values("\(prefix)/sums", [4, neurons, 2])
    let sums = { (plane: Int) in
      (0..<neurons).map { neuron -> ExactSum in
        let place = 2 * (plane * neurons + neuron)
        let low = Int128(UInt64(bitPattern: halves[place]))
        return ExactSum(units: Int128(halves[place + 1]) << 64 | low)
      }
    }
    let imageCount: [Int64] = try tensors.values("\(prefix)/image_count", [1])
    var tally = ClassTally(neuronCount: neurons)
    tally.imageCount = Int(clamping: imageCount[0])
    (tally.mean, tally.maximum) = (sums(0), sums(1))
    (tally.squaredMean, tally.squaredMaximum) = (sums(2), sums(3))
    tally.firingCount = try tensors.values("\(prefix)/firing", [neurons])
    let best = try PatchTensors.read(tensors, "\(prefix)/best", [neurons], images)
    for (neuron, patch) in best.enumerated() {
      if let patch { tally.best[neuron] = patch }
    }
    return tally
  }
}
