import Analysis
import Storage

/// A `NeuronSimilarity` as tensors named `<prefix>/similar_pair` and `<prefix>/similar_cosine`.
enum SimilarityTensors {
  static func write(
    _ similarity: NeuronSimilarity, _ prefix: String, _ writer: inout SafetensorsWriter
  ) {
    let pairs = similarity.pairs
    writer.add(
      "\(prefix)/similar_pair",
      pairs.flatMap { [Int32(clamping: $0.first), Int32(clamping: $0.second)] },
      shape: [pairs.count, 2])
    writer.add(
      "\(prefix)/similar_cosine", pairs.flatMap { [$0.cosine, $0.mapCosine] },
      shape: [pairs.count, 2])
  }

  static func read(
    _ tensors: CheckedTensors, _ prefix: String, neurons: Int, imageCount: Int
  ) throws(AtlasError) -> NeuronSimilarity {
    let count = tensors.file.tensors["\(prefix)/similar_pair"]?.shape.first ?? 0
    let ends: [Int32] = try tensors.values("\(prefix)/similar_pair", [count, 2])
    let cosines: [Float] = try tensors.values("\(prefix)/similar_cosine", [count, 2])
    var pairs: [NeuronPair] = []
    for row in stride(from: 0, to: 2 * count, by: 2) {
      let (first, second) = (Int(ends[row]), Int(ends[row + 1]))
      pairs.append(
        NeuronPair(
          first: first, second: second, cosine: cosines[row], mapCosine: cosines[row + 1]))
    }
    guard imageCount >= 0, pairs.allSatisfy({ isValid($0, neurons) }) else {
      throw tensors.inconsistent("the similar neurons of \(prefix) do not fit its layer")
    }
    return NeuronSimilarity(imageCount: imageCount, pairs: pairs)
  }

  private static func isValid(_ pair: NeuronPair, _ neurons: Int) -> Bool {
    guard pair.first >= 0, pair.first < pair.second, pair.second < neurons else { return false }
    return pair.cosine.magnitude <= 1 && pair.mapCosine.magnitude <= 1
  }
}
