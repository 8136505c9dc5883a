import Analysis
import Inference
import Networks

/// Runs batches of an ablation, one after another, on one thread.
final class AblationWorker {
  private let plan: AblationPlan
  private let parts: NetworkParts
  private let images: any ImageProvider
  private let run: any PartedRun
  private let fixedBatchSize: Int?

  init(
    _ ablation: AblationRun, _ session: any PartedSession, _ images: any ImageProvider,
    fixedBatchSize: Int?
  ) throws(InferenceError) {
    plan = ablation.plan
    parts = ablation.parts
    self.images = images
    self.fixedBatchSize = fixedBatchSize
    run = try session.makeRun()
  }

  /// What each set does to the images at `places` of the plan.
  func measure(
    _ sets: [AblationSet], _ places: Range<Int>, wantsAnswers: Bool, _ watch: AblationStopwatch
  ) throws -> AblationResult {
    let batch = try begin(places)
    try watch.time(\.pass) { try finish(batch) }
    let before = try scores(batch).map { Answer(scores: $0, best: bestIndex($0.span)) }
    var result = AblationResult(
      tallies: [], answers: [], unreadableCount: places.count - batch.readable.count)
    for set in sets {
      try watch.time(\.changed) { try measure(set, batch, before, wantsAnswers, &result) }
    }
    return result
  }

  private struct Answer {
    var scores: [Float]
    var best: Int
  }

  private func measure(
    _ set: AblationSet, _ batch: Batch, _ before: [Answer], _ wantsAnswers: Bool,
    _ result: inout AblationResult
  ) throws {
    for (layer, tap) in plan.layers.enumerated() {
      try run.change(
        tap.tensor, axis: tap.channelAxis, channels: set.neurons[layer], to: set.values[layer])
      try run.execute(part: layer + 1, shape: batch.shape)
    }
    try tally(batch, before, wantsAnswers, &result)
  }

  /// What it does to the images at `places` of the plan that the second cut gets what the first one
  /// carries.
  func bypass(_ places: Range<Int>) throws -> AblationResult {
    precondition(parts.seams.count == 2)
    let batch = try begin(places)
    try finish(batch)
    let before = try scores(batch).map { Answer(scores: $0, best: bestIndex($0.span)) }
    var result = AblationResult(
      tallies: [], answers: [], unreadableCount: places.count - batch.readable.count)
    try run.replace(parts.seams[1], by: parts.seams[0])
    try run.execute(part: 2, shape: batch.shape)
    try tally(batch, before, false, &result)
    return result
  }

  /// Sets the scores after a change beside those before.
  private func tally(
    _ batch: Batch, _ before: [Answer], _ wantsAnswers: Bool, _ result: inout AblationResult
  ) throws {
    let after = try scores(batch)
    var tallies = Array(repeating: AblationTally(), count: plan.classCount)
    var answers: [AblationAnswer] = []
    for (index, place) in batch.readable.enumerated() {
      guard let label = plan.labels[plan.images[place]], let truth = plan.outputOfClass[label],
        before[index].scores.indices.contains(truth),
        after[index].count == before[index].scores.count
      else { continue }
      let (old, new) = (before[index].scores, after[index])
      let was = before[index].best
      let now = bestIndex(new.span)
      tallies[label].add(
        scoreChange: new[truth] - old[truth], wasCorrect: was == truth,
        isCorrect: now == truth)
      if wantsAnswers {
        answers.append(AblationAnswer(place: place, before: was, after: now))
      }
    }
    result.tallies.append(tallies)
    result.answers.append(answers)
  }

  /// The layers' spatial means over the images at `places`.
  func means(_ places: Range<Int>) throws -> [NeuronMeans] {
    let batch = try begin(places)
    var reduction = MapReduction()
    var found: [NeuronMeans] = []
    for (layer, tap) in plan.layers.enumerated() {
      if layer > 0 { try run.execute(part: layer, shape: batch.shape) }
      var means = NeuronMeans(neuronCount: tap.neuronCount)
      try run.withTensor(tap.tensor) { shape, values in
        guard let maps = tap.maps(shape, imageCount: batch.shape[0]) else {
          throw AnalysisError.unexpectedShape(
            tensor: tap.tensor.name, shape: shape, neuronCount: tap.neuronCount)
        }
        for place in batch.readable {
          reduction.reduce(values, maps, image: place - places.lowerBound)
          for neuron in 0..<tap.neuronCount {
            means.add(reduction.means[neuron], neuron: neuron)
          }
        }
      }
      found.append(means)
    }
    return found
  }

  private struct Batch {
    var first: Int
    /// Places of the plan whose image could be read.
    var readable: [Int]
    var shape: [Int]
  }

  /// Reads the images and runs the first part on them.
  private func begin(_ places: Range<Int>) throws -> Batch {
    let rows = fixedBatchSize ?? places.count
    let size = plan.imageShape.reduce(1, *)
    var readable: [Int] = []
    for place in places {
      let start = (place - places.lowerBound) * size
      try run.withInput(count: rows * size, part: start..<start + size) { slot in
        do {
          try images.write(image: plan.images[place], into: &slot)
          readable.append(place)
        } catch {
          for index in slot.indices { slot[index] = 0 }
        }
      }
    }
    let batch = Batch(
      first: places.lowerBound, readable: readable, shape: [rows] + plan.imageShape)
    try run.execute(part: 0, shape: batch.shape)
    return batch
  }

  /// Runs the other parts on unchanged tensors.
  private func finish(_ batch: Batch) throws {
    for part in 1..<parts.parts.count { try run.execute(part: part, shape: batch.shape) }
  }

  /// One row of scores a readable image.
  private func scores(_ batch: Batch) throws -> [[Float]] {
    try run.withTensor(TensorRequest(parts.scores)) { shape, values in
      let rows = batch.shape[0]
      let size = values.count / rows
      guard size > 0, size * rows == values.count else {
        throw AnalysisError.unexpectedShape(
          tensor: parts.scores, shape: shape, neuronCount: plan.classCount)
      }
      return batch.readable.map { place in
        let start = (place - batch.first) * size
        return (start..<start + size).map { values[$0] }
      }
    }
  }
}
