import Atlases

/// Predictions with two planted confusions: cats taken for dogs, ships for planes.
enum PlantedResults {
  static func make() -> ClassificationResult {
    let classCount = PlantedNetwork.classes.count
    let perClass = PlantedAtlas.imagesPerClass
    var confusion = Array(repeating: 0, count: classCount * (classCount + 1))
    var predictions: [ImagePrediction?] = []
    for label in 0..<classCount {
      for number in 0..<perClass {
        let wrong: Int? =
          label == 3 && number < 4 ? 5 : label == 8 && number < 2 ? 0 : nil
        let output = wrong ?? label
        confusion[label * (classCount + 1) + output] += 1
        predictions.append(
          ImagePrediction(
            output: Int32(output), confidence: 0.99 - Float(number) * 0.02,
            rankOfTruth: wrong == nil ? 0 : 1))
      }
    }
    return ClassificationResult(
      outputOfClass: Array(0..<classCount), outputCount: classCount, top1Count: 194,
      top5Count: 200, labeledCount: 200, confusion: confusion, predictions: predictions)
  }
}
