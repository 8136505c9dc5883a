import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct NeuronComparisonTests {
  /// A layer of `neurons` over `images`: 5 doubles 2, 6 mirrors 3, 7 shares the mean of 4 but not
  /// its map, 1 is constant, 0 is NaN once.
  private func planted(seed: UInt64, images: Int = 61, neurons: Int = 8) throws -> ActivationSample
  {
    var random = SeededGenerator(seed: seed)
    var sample = ActivationSample(neuronCount: neurons)
    for image in 0..<images {
      var means = (0..<neurons).map { _ in Double.random(in: 0...1, using: &random) }
      var centers = (0..<neurons).map { _ in Float.random(in: 0...1, using: &random) }
      means[0] = image == 3 ? .nan : means[0]
      means[1] = 0.3
      means[5] = means[2] * 4 + 1
      centers[5] = centers[2] * 4 + 1
      means[6] = 2 - means[3]
      centers[6] = 2 - centers[3]
      means[7] = means[4]
      sample.add(image: Int32(image)) {
        Float(means[$0])
      } centers: {
        centers[$0]
      }
    }
    return sample
  }

  @Test(arguments: 0...9)
  func `stopped, it has the pairs of the first neurons`(asked: Int) throws {
    let sample = try planted(seed: 3)
    let whole = NeuronComparison().similarity(in: sample)
    let cut = NeuronComparison().similarity(
      in: sample, isCancelled: Stop(after: asked).isCancelled)
    #expect(whole.pairs.starts(with: cut.pairs))
    #expect(asked < 8 || cut == whole)
  }

  @Test(arguments: UInt64(0)..<20)
  func `planted duplicates are found, and nothing else`(seed: UInt64) throws {
    let similarity = NeuronComparison().similarity(in: try planted(seed: seed))
    #expect(similarity.imageCount == 61)
    #expect(similarity.pairs.map { [$0.first, $0.second] } == [[2, 5], [3, 6], [4, 7]])
    #expect(zip(similarity.pairs, [1, -1, 1]).allSatisfy { abs($0.cosine - Float($1)) < 1e-5 })
    #expect(similarity.duplicates().map(\.second) == [5, 6])
    #expect(similarity.redundantNeurons() == [5, 6])
    let partners = similarity.duplicateOf(neuronCount: 8).map { $0.map { [$0.first, $0.second] } }
    #expect(partners == [nil, nil, [2, 5], [3, 6], nil, [2, 5], [3, 6], nil])
  }

  @Test(arguments: UInt64(0)..<10)
  func `cosines agree with the textbook's correlation`(seed: UInt64) throws {
    let sample = try planted(seed: seed, images: 33 + Int(seed))
    var comparison = NeuronComparison()
    comparison.floor = 0
    let pairs = comparison.similarity(in: sample).pairs
    #expect(pairs.count == 6 * 5 / 2)
    let columns = (0..<8).map { neuron in
      sample.images.indices.map { Double(Array(sample.means(at: $0))[neuron]) }
    }
    for pair in pairs {
      let expected = correlation(columns[pair.first], columns[pair.second])
      #expect(abs(Double(pair.cosine) - expected) < 1e-5)
    }
  }

  @Test func `a layer whose neurons are all alike keeps a bounded list`() throws {
    let neurons = 60
    var sample = ActivationSample(neuronCount: neurons)
    for image in 0..<40 {
      sample.add(image: Int32(image)) { _ in
        Float(image % 7)
      } centers: { _ in
        Float(image % 7)
      }
    }
    let similarity = NeuronComparison().similarity(in: sample)
    #expect(similarity.pairs.count <= neurons * NeuronSimilarity.partnerLimit)
    #expect(similarity.duplicateOf(neuronCount: neurons).allSatisfy { $0 != nil })
    #expect(similarity.redundantNeurons().count > neurons / 2)
  }

  @Test func `a handful of images proves no duplicate`() throws {
    let few = NeuronComparison().similarity(in: try planted(seed: 1, images: 12))
    #expect(!few.pairs.isEmpty && few.duplicates().isEmpty)
    #expect(NeuronComparison().similarity(in: ActivationSample(neuronCount: 3)).pairs.isEmpty)
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    let product = zip(a, b).map { ($0 - meanA) * ($1 - meanB) }.reduce(0, +)
    let squares = { (values: [Double], mean: Double) in
      values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    }
    return product / (squares(a, meanA) * squares(b, meanB)).squareRoot()
  }
}
