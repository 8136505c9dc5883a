import Analysis
import Atlases
import Comparison
import Networks
import Tensors
import Testing

struct LayerComparisonTests {
  private func part(_ kernel: [Float], means: [Float]? = nil, dead: Int = 0) -> LayerAtlas {
    var part = LayerAtlas(layer: LayerID(0))
    part.kernel = KernelStack(shape: [2, kernel.count / 2, 1, 1], values: kernel)
    part.clustering = Clustering(labels: [0, 1], clusterCount: 2, silhouette: nil, method: "")
    if let means {
      let matrix = Matrix(rowCount: 2, columnCount: means.count / 2, values: means)
      part.statistics = ActivationStatistics(
        imageCount: 3, classCounts: Array(repeating: 1, count: means.count / 2),
        meanOfMean: matrix, meanOfMax: matrix, secondMomentOfMean: matrix,
        secondMomentOfMax: matrix, firingShare: matrix, topPatches: [[], []],
        classBest: Array(repeating: nil, count: means.count),
        health: (0..<2).map {
          NeuronHealth(isDead: $0 < dead, isSaturated: false, nonFiniteCount: 0)
        })
    }
    return part
  }

  @Test func `weights are compared by size and direction`() {
    let found = LayerComparison(part([3, 4]), part([6, 8]), comparesClasses: false)
    #expect(found.weightChange == 1 && found.weightCosine == 1)
    #expect(found.activationChange == nil && found.clusterAgreement == 1)
    #expect(
      LayerComparison(part([1, 0]), part([0, 1]), comparesClasses: false).weightCosine == 0)
    #expect(
      LayerComparison(part([1, 2]), part([1, 2, 3, 4]), comparesClasses: false).weightChange == nil)
  }

  @Test func `activations are compared where the classes are the same`() throws {
    let (a, b) = (
      part([1, 1], means: [1, 2, 3, 4, 0, 1]), part([1, 1], means: [1, 2, 3, 4, 0, 1], dead: 1)
    )
    let found = LayerComparison(a, b, comparesClasses: true)
    #expect(found.activationChange == 0 && found.deadCounts?.second == 1)
    #expect(abs(try #require(found.classAlignment) - 1) < 1e-9)
    #expect(LayerComparison(a, b, comparesClasses: false).classAlignment == nil)
  }

  @Test func `kernels that are zero or not finite give no figure`() {
    #expect(
      LayerComparison(part([0, 0]), part([1, 1]), comparesClasses: false).weightChange == nil)
    #expect(
      LayerComparison(part([1, 1]), part([.nan, 1]), comparesClasses: false).weightChange == nil)
  }
}
