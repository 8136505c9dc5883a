import Analysis
import Inference

/// Takes batches one after another: reads images, runs them, adds what came out. One thread's.
final class AnalysisWorker {
  private let state: AnalysisState
  private let images: any ImageProvider
  private let run: any InferenceRun
  /// Images in every run where the network takes no other number.
  private let fixedBatchSize: Int?
  /// Whether the session yields numbers instead of layers.
  private let isReducing: Bool
  private var reduction = MapReduction()
  /// Largest batch that did not fail.
  private var largestBatch = Int.max

  init(
    state: AnalysisState, images: any ImageProvider, session: any InferenceSession,
    fixedBatchSize: Int?, isReducing: Bool
  ) throws(InferenceError) {
    self.state = state
    self.images = images
    self.fixedBatchSize = fixedBatchSize
    self.isReducing = isReducing
    let plan = state.plan
    let layers = plan.layers.map { layer in
      isReducing ? TensorRequest(layer.reduced.outputName) : layer.tensor
    }
    run = try session.makeRun(
      yielding: layers + (plan.classifier.map { [$0.tensor] } ?? []))
  }

  /// Works until no batch is left, the analysis has ended, or something fails.
  func work(_ report: (AnalysisProgress) -> Void) {
    while let batch = state.nextBatch() {
      do {
        try process(batch)
      } catch InferenceError.cancelled {
        return
      } catch let error as InferenceError {
        state.end(because: .inference(error))
      } catch {
        state.end(because: (error as? AnalysisError) ?? .inference(.runFailed("\(error)")))
      }
      if let progress = state.progress() { report(progress) }
    }
  }

  /// Runs a batch; where the network or the memory cannot take it whole, in halves.
  private func process(_ places: Range<Int>) throws {
    guard places.count <= largestBatch else {
      try processHalves(places)
      return
    }
    let unreadable = try readImages(places)
    do throws(InferenceError) {
      try run.execute(shape: [fixedBatchSize ?? places.count] + state.plan.imageShape)
    } catch {
      guard error != .cancelled, fixedBatchSize == nil, places.count > 1 else { throw error }
      largestBatch = places.count / 2
      try processHalves(places)
      return
    }
    try fold(places, unreadable)
  }

  private func processHalves(_ places: Range<Int>) throws {
    let middle = places.lowerBound + (places.count + 1) / 2
    try process(places.lowerBound..<middle)
    try process(middle..<places.upperBound)
  }

  /// Fills the input; unreadable images leave zeros.
  private func readImages(_ places: Range<Int>) throws -> [UnreadableImage] {
    let size = state.plan.imageShape.reduce(1, *)
    let count = (fixedBatchSize ?? places.count) * size
    var unreadable: [UnreadableImage] = []
    for place in places {
      let image = state.plan.order.images[place]
      let start = (place - places.lowerBound) * size
      try run.withInput(count: count, part: start..<start + size) { slot in
        do {
          try images.write(image: image, into: &slot)
        } catch {
          for index in slot.indices { slot[index] = 0 }
          unreadable.append(UnreadableImage(place: place, image: image, reason: "\(error)"))
        }
      }
    }
    return unreadable
  }

  private func fold(_ places: Range<Int>, _ unreadable: [UnreadableImage]) throws {
    let skipped = Set(unreadable.map(\.place))
    let readable = places.filter { !skipped.contains($0) }
    let rowCount = fixedBatchSize ?? places.count
    try state.commit {
      for layer in state.plan.layers.indices {
        if isReducing {
          try foldNumbers(layer: layer, readable, from: places.lowerBound, of: rowCount)
        } else {
          try fold(layer: layer, readable, from: places.lowerBound, of: rowCount)
        }
      }
    } booking: { ledger in
      try recordOutputs(readable, from: places.lowerBound, in: &ledger)
      for image in unreadable {
        ledger.result.unreadable.add(image)
        ledger.keep(nil, image: image.image)
      }
      ledger.result.visited.insert(places)
    }
  }

  /// Adds what the engine reduced: images × neurons × numbers.
  private func foldNumbers(
    layer: Int, _ places: [Int], from first: Int, of rowCount: Int
  ) throws {
    let plan = state.plan
    let tap = plan.layers[layer]
    let size = tap.neuronCount * MapNumbers.perNeuron
    try run.withOutput(layer) { shape, numbers in
      // Else the layer is left out of the result: it rests on fewer images than ran.
      guard shape.first == rowCount, numbers.count == rowCount * size else { return }
      state.fold(layer: layer) { summary in
        for place in places {
          let image = plan.order.images[place]
          let start = (place - first) * size
          summary.add(
            numbers.extracting(start..<start + size), image: Int32(image),
            column: plan.labels[image])
        }
      }
    }
  }

  private func fold(layer: Int, _ places: [Int], from first: Int, of rowCount: Int) throws {
    let plan = state.plan
    let tap = plan.layers[layer]
    try run.withOutput(layer) { shape, values in
      guard let maps = tap.maps(shape, imageCount: rowCount), maps.valueCount == values.count
      else { return }
      for place in places {
        reduction.reduce(values, maps, image: place - first)
        let image = plan.order.images[place]
        state.fold(layer: layer) { summary in
          summary.add(
            reduction, values, maps, place: place - first, image: Int32(image),
            column: plan.labels[image])
        }
      }
    }
  }

  private func recordOutputs(
    _ places: [Int], from first: Int, in ledger: inout AnalysisLedger
  ) throws {
    guard let classifier = state.plan.classifier, !places.isEmpty else { return }
    try run.withOutput(state.plan.layers.count) { shape, values in
      let size = values.count / max(1, shape.first ?? 1)
      for place in places {
        let start = (place - first) * size
        guard size > 0, start + size <= values.count else {
          throw AnalysisError.unexpectedShape(
            tensor: classifier.tensor.name, shape: shape,
            neuronCount: classifier.outputOfClass.count)
        }
        let image = state.plan.order.images[place]
        let outputs = values.extracting(start..<start + size)
        ledger.result.classification?.record(
          image: image,
          label: classifier.outputOfClass.isEmpty ? nil : state.plan.labels[image],
          outputs: outputs)
        ledger.keep(outputs.indices.map { outputs[$0] }, image: image)
      }
    }
  }
}
