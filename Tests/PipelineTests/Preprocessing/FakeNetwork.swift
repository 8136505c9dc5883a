import ModelFiles
import Networks
import Tensors

@testable import Pipeline

/// A stand-in for a network: how likely it finds the right class under each preprocessing.
struct FakeNetwork {
  var classCount = 10
  var imageCount = 600
  /// Output of class 0.
  var offset = 0
  /// Output of each class, counted after `offset`.
  var order: [Int]?
  var skill: (Preprocessing) -> Double
  var unreadable: Set<Int> = []
  /// Of the best output, where it is the right one.
  var height: Float = 4
  /// Ways with another salt are right on other images.
  var salt: (Preprocessing) -> UInt64 = { _ in 0 }

  var labels: [Int?] { (0..<imageCount).map { $0 % classCount } }

  func outputs(_ preprocessings: [Preprocessing], _ images: [Int]) -> [[[Float]?]] {
    preprocessings.map { outputs($0, images) }
  }

  private func outputs(_ preprocessing: Preprocessing, _ images: [Int]) -> [[Float]?] {
    images.map { image in
      if unreadable.contains(image) { return nil }
      let place = best(image, preprocessing)
      let height = place == target(image) ? height : 4
      return (0..<classCount + offset).map { $0 == place ? height : Float($0 % 3) * 0.3 }
    }
  }

  func isRight(_ image: Int, _ preprocessing: Preprocessing) -> Bool {
    best(image, preprocessing) == target(image)
  }

  private func target(_ image: Int) -> Int {
    (order?[image % classCount] ?? image % classCount) + offset
  }

  private func best(_ image: Int, _ preprocessing: Preprocessing) -> Int {
    var random = SeededGenerator(seed: UInt64(image) &* 7919 &+ salt(preprocessing))
    let isRight = Double.random(in: 0..<1, using: &random) < skill(preprocessing)
    return isRight ? target(image) : Int.random(in: 0..<classCount, using: &random) + offset
  }

  /// Ways to feed it.
  static let candidates = preprocessingCandidates(
    for: ImageInput(
      portIndex: 0, name: "x", elementType: .float32, layout: .nchw, channelCount: 3, height: 32,
      width: 32, fixedBatch: nil), imageSizes: [])

  /// Of its classes, `c0`, `c1`, … where no names are given.
  func mappings(classes: [String]? = nil) -> [ClassMapping] {
    ClassMatching.match(
      datasetClasses: classes ?? (0..<classCount).map { "c\($0)" }, outputNames: nil,
      outputCount: classCount + offset)
  }
}
