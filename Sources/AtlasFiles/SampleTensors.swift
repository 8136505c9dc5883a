import Analysis
import Storage

/// An `ActivationSample` as tensors named `<name>_image`, `<name>_mean` and `<name>_center`.
enum SampleTensors {
  static func write(
    _ sample: ActivationSample, _ name: String, _ writer: inout SafetensorsWriter
  ) {
    let shape = [sample.images.count, sample.neuronCount]
    writer.add("\(name)_image", sample.images, shape: [shape[0]])
    writer.add(
      "\(name)_mean", sample.images.indices.flatMap { sample.means(at: $0) }, shape: shape)
    writer.add(
      "\(name)_center", sample.images.indices.flatMap { sample.centers(at: $0) }, shape: shape)
  }

  /// Nil where the file holds none.
  static func read(
    _ tensors: CheckedTensors, _ name: String, _ neurons: Int, _ images: Int
  ) throws(AtlasError) -> ActivationSample? {
    guard let count = tensors.file.tensors["\(name)_image"]?.elementCount else { return nil }
    let indices: [Int32] = try tensors.values("\(name)_image", [count])
    let means: [Float] = try tensors.values("\(name)_mean", [count, neurons])
    let centers: [Float] = try tensors.values("\(name)_center", [count, neurons])
    guard indices.allSatisfy({ $0 >= 0 && $0 < images }),
      let sample = ActivationSample(
        neuronCount: neurons, images: indices, means: means, centers: centers)
    else { throw tensors.inconsistent("the sample “\(name)” does not fit its layer") }
    return sample
  }
}
