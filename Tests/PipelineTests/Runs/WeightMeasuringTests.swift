import Atlases
import Testing

@testable import Pipeline

struct WeightMeasuringTests {
  @Test func `norm and change of a layer and of its neurons`() {
    let measures = weightMeasures([3, 4, 0, 0], before: [3, 0, 0, 0], neuronCount: 2)
    #expect(measures.norm == 5)
    #expect(measures.change == 4.0 / 3)
    #expect(measures.neuronNorms == [5, 0])
    #expect(measures.neuronChanges?[0] == Float(4.0 / 3))
    // Nothing was there before, so nothing can be said of the change.
    #expect(measures.neuronChanges?[1].isNaN == true)
  }

  @Test func `the first checkpoint has no change`() {
    let measures = weightMeasures([1, 2], before: nil, neuronCount: 2)
    #expect(measures.change == nil)
    #expect(measures.neuronChanges == nil)
  }

  @Test func `NaN is counted and hides the change`() {
    let measures = weightMeasures([.nan, 2], before: [1, 2], neuronCount: 2)
    #expect(measures.nonFiniteCount == 1)
    #expect(measures.norm == 2)
    #expect(measures.change == nil)
    #expect(measures.neuronChanges?[1] == 0)
    #expect(weightMeasures([1, 2], before: [.infinity, 2], neuronCount: 2).change == nil)
  }

  @Test func `weights that do not divide into neurons have a norm only`() {
    let measures = weightMeasures([3, 4, 0], before: [1, 1], neuronCount: 2)
    #expect(measures.norm == 5)
    #expect(measures.neuronNorms.isEmpty)
    #expect(measures.change == nil)
  }
}
