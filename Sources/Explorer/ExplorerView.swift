/// The screens, from the whole network down to one image.
package enum ExplorerView: String, Hashable, Sendable, CaseIterable {
  case network
  case layer
  case cluster
  case neuron
  /// Accuracy per class and the confusion matrix.
  case classes
  /// What tells the two classes of a cell of the confusion matrix apart.
  case pair
  /// The images of one cell of the confusion matrix.
  case images
  case image
  /// What is wrong with the network, worst first.
  case findings
  /// Neurons switched off, side by side.
  case whatIf = "what-if"
  /// The images of a what-if whose answer changed.
  case flips
}

/// One entry of the way in, so that the way out is known.
struct Place: Equatable, Sendable {
  var view: ExplorerView
  /// Which part of the screen the arrow keys move in.
  var focus = 0
  /// What was selected before a jump that led elsewhere; nil for a step inwards, whose way
  /// out keeps what was selected meanwhile.
  var selectionBefore: Selection?
  /// Which images a list shows; nil for those of the selected cell of the confusion matrix.
  var imageFilter: ImageFilter?
}

/// What is looked at. Indices are of the data, never of screen rows, so that a refreshed
/// atlas keeps the selection.
package struct Selection: Hashable, Sendable, Codable {
  package var layer = 0
  package var neuron = 0
  /// Class of the data set.
  package var classIndex = 0
  /// Place among a neuron's strongest patches.
  package var patch = 0
  /// Place among a neuron's strongest inputs and outputs.
  package var link = 0
  /// Image of the data set.
  package var image = 0
  /// Column of the confusion matrix; the class count stands for "no class of the data set".
  package var predicted = 0
  /// Place in a list of images or of an image's neurons.
  package var item = 0
}

/// What each cluster of the network screen shows of itself.
package enum Facet: String, Hashable, Sendable, CaseIterable {
  case features, activations, contributions, weights, health

  var title: String {
    switch self {
    case .features: "learned features"
    case .activations: "activations"
    case .contributions: "contributions"
    case .weights: "weights"
    case .health: "health"
    }
  }
}

/// Which figure of a neuron and a class is shown.
package enum Statistic: String, Hashable, Sendable, CaseIterable {
  case mean, max, firing, selectivity

  /// What it is, in words.
  var title: String {
    switch self {
    case .mean: "mean of spatial mean"
    case .max: "mean of spatial max"
    case .firing: "share of images firing"
    case .selectivity: "selectivity, z-score of spatial mean"
    }
  }

  var shortTitle: String {
    switch self {
    case .mean: "mean"
    case .max: "max"
    case .firing: "firing"
    case .selectivity: "z-score"
    }
  }

  /// The figure of a single image that it is made from.
  var ofOneImage: Statistic { self == .selectivity ? .mean : self }

  /// The one after it, round and round.
  var next: Statistic {
    switch self {
    case .mean: .max
    case .max: .firing
    case .firing: .selectivity
    case .selectivity: .mean
    }
  }
}

/// What the darkest and brightest colour of a heatmap stand for.
package enum HeatScale: String, Hashable, Sendable {
  /// Each row runs to its own largest magnitude, so that patterns compare.
  case row
  /// One scale for the layer, so that strengths compare.
  case layer
}
