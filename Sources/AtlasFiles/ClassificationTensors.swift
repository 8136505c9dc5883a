import Atlases
import Storage

/// A `ClassificationResult` as tensors below `classification`.
enum ClassificationTensors {
  private static let notRun: Int32 = -2

  static func write(_ result: ClassificationResult, _ writer: inout SafetensorsWriter) {
    let classes = result.outputOfClass.count
    writer.add(
      "classification/confusion", result.confusion.map(Int64.init),
      shape: [classes, classes + 1])
    let count = result.predictions.count
    writer.add(
      "classification/output", result.predictions.map { $0?.output ?? notRun }, shape: [count])
    writer.add(
      "classification/confidence", result.predictions.map { $0?.confidence ?? 0 },
      shape: [count])
    writer.add(
      "classification/rank_of_truth", result.predictions.map { $0?.rankOfTruth ?? notRun },
      shape: [count])
  }

  static func read(
    _ tensors: CheckedTensors, _ facts: ClassificationMetadata, images: Int, classes: Int
  ) throws(AtlasError) -> ClassificationResult {
    let inRange = facts.outputOfClass.allSatisfy { output in
      output.map { $0 >= 0 && $0 < facts.outputCount } ?? true
    }
    guard facts.outputOfClass.count == classes, inRange else {
      throw tensors.inconsistent("its classes do not fit its outputs")
    }
    let confusion: [Int64] = try tensors.values(
      "classification/confusion", [classes, classes + 1])
    let outputs: [Int32] = try tensors.values("classification/output", [images])
    let confidences: [Float] = try tensors.values("classification/confidence", [images])
    let ranks: [Int32] = try tensors.values("classification/rank_of_truth", [images])
    return ClassificationResult(
      outputOfClass: facts.outputOfClass, outputCount: facts.outputCount,
      top1Count: facts.top1Count, top5Count: facts.top5Count, labeledCount: facts.labeledCount,
      confusion: confusion.map { Int(clamping: $0) },
      predictions: outputs.indices.map { image in
        outputs[image] == notRun
          ? nil
          : ImagePrediction(
            output: outputs[image], confidence: confidences[image], rankOfTruth: ranks[image])
      })
  }
}
