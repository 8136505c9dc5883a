import Dispatch
import Inference
import ModelFiles
import Networks
import Storage
import Synchronization

/// Runs a network on a few images in one preprocessing or another and yields its class scores.
///
/// Decoded images are kept in the size last asked for, so that preprocessings which differ in
/// numbers only decode once.
final class OutputEvaluator: Sendable {
  private let session: any InferenceSession
  private let dataset: ImageDataset
  private let input: ImageInput
  private let output: TensorRequest
  private let threadCount: Int
  private let batchSize: Int
  private let decoded = Mutex<[SizedImage: PixelImage]>([:])

  private struct SizedImage: Hashable {
    var image: Int
    var height: Int
    var width: Int
    var resize: ResizePolicy
  }

  /// Most images decoded at a time.
  static let cacheLimit = 256

  /// - Parameter batchSize: Images run together, where the model file leaves a choice.
  init(
    _ session: any InferenceSession, dataset: ImageDataset, input: ImageInput,
    outputName: String, threadCount: Int, batchSize: Int = RunShape.largestBatch
  ) {
    self.session = session
    self.dataset = dataset
    self.input = input
    output = TensorRequest(outputName)
    self.threadCount = max(1, threadCount)
    self.batchSize = input.fixedBatch ?? batchSize
  }

  /// A few images under one preprocessing.
  private struct Batch {
    var preprocessing: Int
    var images: Range<Int>
  }

  /// For each preprocessing the scores of each image, nil where it cannot be read.
  ///
  /// Batches of all preprocessings are shared among the threads, those of one after those of
  /// another, so that decoded images are there for the next.
  func scores(of images: [Int], as preprocessings: [Preprocessing]) throws -> [[[Float]?]] {
    let blank = [[Float]?](repeating: nil, count: images.count)
    let results = Mutex(Array(repeating: blank, count: preprocessings.count))
    let failure = Mutex<(any Error)?>(nil)
    let batches = preprocessings.indices.flatMap { preprocessing in
      stride(from: 0, to: images.count, by: batchSize).map {
        Batch(preprocessing: preprocessing, images: $0..<min($0 + batchSize, images.count))
      }
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threadCount, batches.count)) { _ in
      do {
        let run = try session.makeRun(yielding: [output])
        while failure.withLock({ $0 == nil }) {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < batches.count else { return }
          let batch = batches[index]
          let found = try self.scores(
            images, batch.images, preprocessings[batch.preprocessing], run)
          results.withLock { $0[batch.preprocessing].replaceSubrange(batch.images, with: found) }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.withLock { $0 }
  }

  /// A digest of each image as it is decoded and sized, the same for copies only; nil where it cannot
  /// be read.
  ///
  /// What is decoded for it is kept for the scores.
  func contents(of images: [Int], as preprocessing: Preprocessing) -> [String?] {
    sharedMap(images.count, threads: threadCount) {
      self.picture(images[$0], preprocessing)?.digest
    }
  }

  private func scores(
    _ images: [Int], _ batch: Range<Int>, _ preprocessing: Preprocessing,
    _ run: any InferenceRun
  ) throws -> [[Float]?] {
    // Pictures come cropped, which must not happen twice.
    var uncropped = preprocessing
    uncropped.resize = .stretch
    let writer = InputWriter(uncropped)
    let rows = input.fixedBatch ?? batch.count
    let size = writer.elementCount
    let isReadable = try batch.map { place -> Bool in
      guard let picture = picture(images[place], preprocessing) else { return false }
      let start = (place - batch.lowerBound) * size
      try run.withInput(count: rows * size, part: start..<start + size) { slot in
        writer.write(picture, into: &slot)
      }
      return true
    }
    let sides = [preprocessing.height, preprocessing.width]
    let shape =
      preprocessing.layout == .nchw
      ? [preprocessing.channelCount] + sides : sides + [preprocessing.channelCount]
    try run.execute(shape: [rows] + shape)
    return try run.withOutput(0) { _, values in
      let count = values.count / rows
      return isReadable.enumerated().map { row, isReadable in
        isReadable ? (row * count..<(row + 1) * count).map { values[$0] } : nil
      }
    }
  }

  /// The image in the input's size; grey or colour as it is stored.
  private func picture(_ image: Int, _ preprocessing: Preprocessing) -> PixelImage? {
    let key = SizedImage(
      image: image, height: preprocessing.height, width: preprocessing.width,
      resize: preprocessing.resize)
    if let kept = decoded.withLock({ $0[key] }) { return kept }
    guard let whole = try? dataset.image(image) else { return nil }
    let sized = whole.resized(
      width: preprocessing.width, height: preprocessing.height, policy: preprocessing.resize)
    decoded.withLock { cache in
      if cache.count >= Self.cacheLimit { cache.removeAll() }
      cache[key] = sized
    }
    return sized
  }
}

extension PixelImage {
  /// Of its size, its channels and their levels.
  fileprivate var digest: String {
    var digest = SHA256()
    digest.update("\(width)×\(height)×\(channelCount)")
    digest.update(bytes)
    return digest.hexDigest()
  }
}
