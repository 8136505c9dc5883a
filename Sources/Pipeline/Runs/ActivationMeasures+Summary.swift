import Analysis
import Atlases
import Tensors

extension ActivationMeasures {
  /// What a run shows of a layer's summary.
  ///
  /// - Complexity: O(neurons · classes).
  init(_ summary: ActivationSummary) {
    let statistics = summary.statistics()
    let counts = statistics.classCounts.map(Double.init)
    let imageCount = statistics.classCounts.reduce(0, +)
    func overClasses(_ value: (_ neuron: Int, _ column: Int) -> Float) -> [Double] {
      (0..<summary.neuronCount).map { neuron in
        var sum = 0.0
        for column in counts.indices where counts[column] > 0 {
          sum += counts[column] * Double(value(neuron, column))
        }
        return imageCount > 0 ? sum / Double(imageCount) : .nan
      }
    }
    let means = overClasses { statistics.meanOfMean[$0, $1] }
    let squares = overClasses { statistics.secondMomentOfMean[$0, $1] }
    let firing = overClasses { statistics.firingShare[$0, $1] }
    let neuronCount = Double(max(1, summary.neuronCount))
    let mean = means.reduce(0, +) / neuronCount
    let square = squares.reduce(0, +) / neuronCount
    let silent = 1 - firing.reduce(0, +) / neuronCount
    let health = statistics.health
    self.init(
      imageCount: statistics.imageCount, deadCount: health.count(where: \.isDead),
      mean: mean.isFinite ? mean : nil,
      deviation: mean.isFinite ? max(0, square - mean * mean).squareRoot() : nil,
      silentShare: silent.isFinite ? silent : nil,
      nonFiniteCount: health.reduce(0) { $0 + $1.nonFiniteCount },
      neuronMeans: means.map { Float($0) },
      neuronDeviations: zip(means, squares).map { Float(max(0, $1 - $0 * $0).squareRoot()) },
      neuronFiringShares: firing.map { Float($0) }, neuronIsDead: health.map(\.isDead),
      neuronNonFiniteCounts: health.map(\.nonFiniteCount),
      neuronSelectivities: (0..<summary.neuronCount).map { neuron in
        statistics.classSelectivity(of: neuron).map { Float($0) }
      })
  }
}
