import Analysis
import Atlases
import Inference
import Synchronization
import Tensors
import Testing

@testable import Pipeline

@Suite struct ImageAnalysisTests {
  /// Images drawn from their number; every 10th cannot be read where asked for.
  private struct Drawn: ImageProvider {
    var hasUnreadable = false
    struct Damaged: Error, CustomStringConvertible {
      var description: String
    }

    static func pixels(_ image: Int) -> [Float] {
      var random = SeededGenerator(seed: UInt64(image))
      return (0..<24).map { _ in Float(Int.random(in: -20...20, using: &random)) / 8 }
    }

    func write(image: Int, into input: inout MutableSpan<Float>) throws {
      if hasUnreadable, image % 10 == 9 { throw Damaged(description: "image \(image) is damaged") }
      for (index, value) in Self.pixels(image).enumerated() { input[index] = value }
    }
  }

  private func plan(images: Int = 60, threads: Int = 1) -> AnalysisPlan {
    let labels: [Int?] = (0..<images).map { $0 % 7 == 6 ? nil : $0 % 2 }
    return AnalysisPlan(
      modelPath: "toy", imageShape: [2, 3, 4],
      layers: [
        LayerTap(tensor: TensorRequest("same"), neuronCount: 2, channelAxis: 1, range: .signed),
        LayerTap(tensor: TensorRequest("scores"), neuronCount: 2, channelAxis: 1, range: .signed),
      ],
      labels: labels, classCount: 2,
      classifier: ClassifierTap(tensor: TensorRequest("scores"), outputOfClass: [0, 1]),
      order: BalancedOrder(labels: labels, seed: 5), threadCount: threads)
  }

  private func result(
    _ plan: AnalysisPlan, _ engine: ToyEngine = ToyEngine(), images: Drawn = Drawn(),
    from start: AnalysisResult? = nil
  ) async throws -> AnalysisResult {
    try await ImageAnalysis(plan, images: images, engine: engine, from: start).run()
  }

  @Test func `images without labels get predictions and no accuracy`() async throws {
    var plan = plan()
    plan.labels = plan.labels.map { _ in 0 }
    plan.classCount = 1
    plan.classifier = ClassifierTap(tensor: TensorRequest("scores"), outputOfClass: [])
    let classification = try #require(try await result(plan).classification)
    #expect(classification.predictions.allSatisfy { $0?.rankOfTruth == -1 })
    #expect(classification.predictions.contains { $0?.output == 1 })
    #expect(classification.top1 == nil && classification.confusion == [])
  }

  @Test func `summaries and predictions agree with plain loops`() async throws {
    let plan = plan()
    let found = try await result(plan)
    #expect(found.visited.ranges == [0..<60])
    let statistics = found.summaries[0].statistics()
    let classification = try #require(found.classification)
    for neuron in 0..<2 {
      for label in 0..<2 {
        let members = (0..<60).filter { plan.labels[$0] == label }
        let maxima = members.map { Drawn.pixels($0)[neuron * 12..<neuron * 12 + 12].max() ?? 0 }
        let mean = maxima.reduce(0, +) / Float(members.count)
        #expect(abs(statistics.meanOfMax[neuron, label] - mean) < 1e-5)
      }
      let all = (0..<60).map { image -> TopPatch in
        let map = Array(Drawn.pixels(image)[neuron * 12..<neuron * 12 + 12])
        let largest = map.max() ?? 0
        let place = Int32(map.firstIndex(of: largest) ?? 0)
        return TopPatch(image: Int32(image), y: place / 4, x: place % 4, value: largest)
      }
      #expect(statistics.topPatches[neuron] == Array(all.sorted { $0.precedes($1) }.prefix(9)))
    }
    for image in 0..<60 {
      let pixels = Drawn.pixels(image)
      let scores = [pixels[..<12].reduce(0, +), pixels[12...].reduce(0, +)]
      #expect(classification.predictions[image]?.output == (scores[1] > scores[0] ? 1 : 0))
    }
    #expect(classification.labeledCount == plan.labels.compactMap { $0 }.count)
  }

  @Test(arguments: [2, 3, 8])
  func `any number of workers gives the same bits`(threads: Int) async throws {
    let one = try await result(plan(images: 300))
    let many = try await result(plan(images: 300, threads: threads))
    #expect(one == many)
  }

  @Test(arguments: [1, 2, 3])
  func `a network that takes small batches only gives the same`(largest: Int) async throws {
    #expect(try await result(plan(), ToyEngine(largestBatch: largest)) == result(plan()))
  }

  @Test(arguments: [1, 7, 64])
  func `a fixed batch is filled up and the filling ignored`(batch: Int) async throws {
    #expect(try await result(plan(), ToyEngine(fixedBatch: batch)) == result(plan()))
  }

  @Test func `unreadable images are counted, named and left out`() async throws {
    let plan = plan()
    let found = try await result(plan, images: Drawn(hasUnreadable: true))
    #expect(found.unreadable.count == 6)
    #expect(found.imageCount == 54)
    #expect(found.summaries[0].imageCount == 54)
    #expect(Set(found.unreadable.first.map(\.image)) == [9, 19, 29, 39, 49, 59])
    #expect(found.unreadable.first.allSatisfy { $0.reason == "image \($0.image) is damaged" })
    #expect(found.unreadable.first.map(\.place).sorted() == found.unreadable.first.map(\.place))
    let predictions = try #require(found.classification).predictions
    #expect(predictions[9] == nil && predictions[8] != nil)
    #expect(try await result(self.plan(threads: 3), images: Drawn(hasUnreadable: true)) == found)
  }

  @Test(arguments: [nil, 1, 7])
  func `a layer without one row an image is left out, the others stay`(batch: Int?) async throws {
    var plan = plan()
    let engine = ToyEngine(fixedBatch: batch)
    let expected = try await result(plan, engine)
    plan.layers.insert(
      LayerTap(tensor: TensorRequest("windows"), neuronCount: 12, channelAxis: 1, range: .signed),
      at: 1)
    let found = try await result(plan, engine)
    #expect(found.summaries[1] == ActivationSummary(of: plan.layers[1], classCount: 2))
    #expect([found.summaries[0], found.summaries[2]] == expected.summaries)
    #expect(found.classification == expected.classification)
  }

  @Test(arguments: [1, 3])
  func `a cancelled analysis goes on to the same bits`(threads: Int) async throws {
    let plan = plan(images: 400, threads: threads)
    let analysis = try ImageAnalysis(plan, images: Drawn(), engine: ToyEngine())
    let partial = try await analysis.run { if $0.done > 0 { analysis.cancel() } }
    #expect(partial.visited.count < 400)
    #expect(partial.summaries[1].imageCount == partial.visited.count)
    #expect(try await result(plan, from: partial) == result(self.plan(images: 400)))
  }

  @Test(arguments: [1, 3])
  func `images asked for ahead count, in their own batches`(threads: Int) async throws {
    let plan = plan(images: 200, threads: threads)
    let analysis = try ImageAnalysis(plan, images: Drawn(hasUnreadable: true), engine: ToyEngine())
    let wanted = plan.order.images[50..<70].filter { $0 % 3 != 0 } + [200]
    let outputs = try analysis.outputs(of: wanted)
    let places = Set(outputs.keys.compactMap { plan.order.images.firstIndex(of: $0) })
    let batches = BatchSchedule(imageCount: 200, batchSize: 8).batches.filter { batch in
      batch.contains { wanted.contains(plan.order.images[$0]) }
    }
    #expect(places == Set(batches.joined()))
    #expect(analysis.visitedCount == places.count)
    for (image, row) in outputs {
      let pixels = Drawn.pixels(image)
      let means = [0, 12].map { pixels[$0..<$0 + 12].reduce(0, +) / 12 }
      #expect(row == (image % 10 == 9 ? nil : means))
    }
    #expect(try analysis.outputs(of: wanted).isEmpty)
    #expect(analysis.timeSpentAhead > .zero)
    let whole = try await result(self.plan(images: 200), images: Drawn(hasUnreadable: true))
    #expect(try await analysis.run() == whole)
  }

  @Test func `what was asked for ahead is kept when cancelled`() async throws {
    let plan = plan()
    let analysis = try ImageAnalysis(plan, images: Drawn(), engine: ToyEngine())
    _ = try analysis.outputs(of: Array(plan.order.images[10..<30]))
    let count = analysis.visitedCount
    analysis.cancel()
    #expect(try analysis.outputs(of: Array(plan.order.images[30..<50])).isEmpty)
    let partial = try await analysis.run()
    #expect(partial.visited.count == count && count >= 20)
    #expect(try await result(plan, from: partial) == result(plan))
  }

  @Test func `snapshots are whole batches in every layer`() async throws {
    let analysis = try ImageAnalysis(
      plan(images: 2_000, threads: 2), images: Drawn(), engine: ToyEngine())
    async let whole = analysis.run()
    var snapshots: [AnalysisResult] = []
    for _ in 0..<50 {
      snapshots.append(analysis.snapshot())
      try await Task.sleep(for: .microseconds(200))
    }
    for snapshot in snapshots {
      #expect(snapshot.summaries.allSatisfy { $0.imageCount == snapshot.visited.count })
      let predicted = snapshot.classification?.predictions.compactMap { $0 }.count
      #expect(predicted == snapshot.visited.count)
    }
    #expect(try await whole.visited.count == 2_000)
  }

  @Test func `shards merge into the whole`() async throws {
    let whole = plan()
    let parts = try await [1, 2, 3].asyncMap { index in
      var part = whole
      part.order = whole.order.shard(index, of: 3)
      return try await result(part)
    }
    let found = try await result(whole)
    for layer in found.summaries.indices {
      var merged = parts[2].summaries[layer]
      for part in parts[..<2] { merged.merge(part.summaries[layer]) }
      #expect(merged == found.summaries[layer])
    }
  }

  @Test func `a partial result of another plan is refused`() async throws {
    var other = plan()
    other.classCount = 3
    #expect(throws: AnalysisError.resumedPlanDiffers) {
      _ = try ImageAnalysis(
        plan(), images: Drawn(), engine: ToyEngine(), from: AnalysisResult(of: other))
    }
  }

  @Test func `a layer whose neurons its tensor does not hold is left out`() async throws {
    var wrong = plan()
    wrong.layers[0].neuronCount = 3
    let found = try await result(wrong)
    #expect(found.summaries[0] == ActivationSummary(of: wrong.layers[0], classCount: 2))
    #expect(try await found.summaries[1] == result(plan()).summaries[1])
  }

  @Test func `progress ends at all images`() async throws {
    let reports = Mutex<[AnalysisProgress]>([])
    let analysis = try ImageAnalysis(plan(), images: Drawn(), engine: ToyEngine())
    _ = try await analysis.run { progress in reports.withLock { $0.append(progress) } }
    let all = reports.withLock { $0 }
    #expect(all.last?.done == 60 && all.last?.planned == 60)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.done <= $1.done })
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
    var results: [T] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
