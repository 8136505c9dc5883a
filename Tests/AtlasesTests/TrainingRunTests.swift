import Atlases
import Networks
import Testing

struct TrainingRunTests {
  private func run(_ steps: [Int]) -> TrainingRun {
    var run = TrainingRun(
      name: "planted",
      checkpoints: steps.map { RunCheckpoint(label: "\($0)", fileName: "\($0).pt", step: $0) },
      layers: ["a", "b"].map {
        RunLayer(name: $0, kind: .dense, neuronCount: 1, weightCount: 1)
      })
    for layer in 0..<2 {
      for (place, step) in steps.enumerated() {
        run.weights[run.place(layer: layer, checkpoint: place)] = WeightMeasures(
          norm: Double(100 * layer + step), change: nil, nonFiniteCount: 0, neuronNorms: [],
          neuronChanges: nil)
      }
    }
    run.accuracy = steps.map { RunAccuracy(top1: Double($0) / 10, labeledCount: 10) }
    return run
  }

  @Test(arguments: 0...3)
  func `a checkpoint that comes leaves the others as they were`(place: Int) {
    let steps = [1, 4, 7]
    var grown = run(steps)
    grown.insert(RunCheckpoint(label: "new", fileName: "new.pt", step: nil), at: place)
    var expected = steps.map(Optional.some)
    expected.insert(nil, at: place)
    #expect(grown.checkpoints.map(\.step) == expected)
    for layer in 0..<2 {
      let norms = (0..<4).map { grown.value(.norm, layer: layer, checkpoint: $0) }
      #expect(norms == expected.map { $0.map { Double(100 * layer + $0) } })
    }
    #expect(grown.accuracy.map { $0?.top1 } == expected.map { $0.map { Double($0) / 10 } })
  }
}
