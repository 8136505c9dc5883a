import Networks

/// Something about a network that deserves attention, with the numbers it rests on.
public struct Finding: Hashable, Sendable {
  public var rule: FindingRule
  /// What it is about within the rule: a layer, a class, two classes, or `network`.
  public var subject: String
  public var severity: FindingSeverity
  /// What was found, in one sentence with its numbers.
  public var sentence: String
  public var measures: [FindingMeasure]
  /// Where the evidence is.
  public var place: FindingPlace
  /// Layers concerned, ascending.
  public var layers: [LayerID]
  /// Neurons concerned, ascending.
  public var neurons: [NeuronID]
  /// Classes of the data set concerned.
  public var classes: [Int]
  /// Images of the data set concerned, most telling first.
  public var images: [Int]
  /// Images the numbers rest on; 0 where they come from the weights alone.
  public var imageCount: Int
  /// How much of its subject it concerns, to rank findings of one severity; 0…1.
  public var weight: Double

  public init(
    _ rule: FindingRule, subject: String, severity: FindingSeverity, sentence: String,
    measures: [FindingMeasure], place: FindingPlace, layers: [LayerID] = [],
    neurons: [NeuronID] = [], classes: [Int] = [], images: [Int] = [], imageCount: Int,
    weight: Double
  ) {
    self.rule = rule
    self.subject = subject
    self.severity = severity
    self.sentence = sentence
    self.measures = measures
    self.place = place
    self.layers = layers
    self.neurons = neurons
    self.classes = classes
    self.images = images
    self.imageCount = imageCount
    self.weight = weight
  }

  /// `dead-neurons/layer1.0.conv1`: the same finding has the same name in every run.
  public var id: String { "\(rule.rawValue)/\(subject)" }
}

/// How much a finding matters.
public enum FindingSeverity: String, Hashable, Sendable, Comparable, CaseIterable {
  /// Worth knowing; healthy networks have some.
  case info
  /// Costs accuracy or size, or may.
  case warning
  /// The network, or a part of it, does not work.
  case error

  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Where a finding's evidence can be looked at.
public enum FindingPlace: Hashable, Sendable {
  case network
  case layer(LayerID)
  case neuron(NeuronID)
  /// Accuracy and confusion of all classes.
  case classes
  /// Images of one class that were taken for another, or for no class of the data set where
  /// `predicted` is the number of classes.
  case confusion(truth: Int, predicted: Int)
  /// An image of the data set.
  case image(Int)
}

/// A number behind a finding.
public struct FindingMeasure: Hashable, Sendable {
  /// `dead share`.
  public var name: String
  public var value: Double
  /// What the number is, with its unit.
  public var definition: String
  /// What the number was compared with.
  public var threshold: Threshold?
  /// The threshold's value then.
  public var limit: Double?

  public init(
    _ name: String, _ value: Double, _ definition: String, threshold: Threshold? = nil,
    limit: Double? = nil
  ) {
    self.name = name
    self.value = value
    self.definition = definition
    self.threshold = threshold
    self.limit = limit
  }
}
