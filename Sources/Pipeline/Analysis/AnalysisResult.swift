import Analysis
import Atlases

/// What the images visited so far gave; complete in itself, and enough to go on from.
public struct AnalysisResult: Equatable, Sendable {
  /// One a layer of the plan.
  public var summaries: [ActivationSummary]
  public var classification: ClassificationResult?
  /// Places of the plan's order that are done, unreadable images included.
  public var visited: PlaceRanges
  public var unreadable: UnreadableImages

  public init(
    summaries: [ActivationSummary], classification: ClassificationResult?, visited: PlaceRanges,
    unreadable: UnreadableImages
  ) {
    self.summaries = summaries
    self.classification = classification
    self.visited = visited
    self.unreadable = unreadable
  }

  /// Of no images, for the layers and classes of `plan`.
  public init(of plan: AnalysisPlan) {
    summaries = plan.layers.map { ActivationSummary(of: $0, classCount: plan.classCount) }
    classification = plan.classifier.map {
      ClassificationResult(outputOfClass: $0.outputOfClass, imageCount: plan.labels.count)
    }
    visited = PlaceRanges()
    unreadable = UnreadableImages()
  }

  /// Images that were run.
  public var imageCount: Int { visited.count - unreadable.count }
}

extension ActivationSummary {
  /// Of no images.
  init(of tap: LayerTap, classCount: Int) {
    self.init(neuronCount: tap.neuronCount, classCount: classCount, range: tap.range)
  }
}

/// Images that could not be read: all are counted, the first hundred are kept with the reason.
public struct UnreadableImages: Equatable, Sendable, Codable {
  public private(set) var count = 0
  /// By place in the visiting order, whatever order they were met in.
  public private(set) var first: [UnreadableImage] = []

  /// How many are kept.
  public static let limit = 100

  /// None.
  public init() {}

  /// Counts one more.
  public mutating func add(_ image: UnreadableImage) {
    count += 1
    let place = first.firstIndex { $0.place > image.place } ?? first.count
    guard place < Self.limit else { return }
    first.insert(image, at: place)
    if first.count > Self.limit { first.removeLast() }
  }
}

/// An image that could not be read, and why.
public struct UnreadableImage: Hashable, Sendable, Codable {
  /// In the visiting order.
  public var place: Int
  /// In the data set.
  public var image: Int
  /// One sentence that names it.
  public var reason: String

  public init(place: Int, image: Int, reason: String) {
    self.place = place
    self.image = image
    self.reason = reason
  }
}

/// How far an analysis is.
public struct AnalysisProgress: Equatable, Sendable {
  /// Images visited, those of a resumed part and unreadable ones included.
  public var done: Int
  public var planned: Int
  /// Images a second over the last seconds; 0 until known.
  public var rate: Double
  public var unreadableCount: Int

  public init(done: Int, planned: Int, rate: Double, unreadableCount: Int) {
    self.done = done
    self.planned = planned
    self.rate = rate
    self.unreadableCount = unreadableCount
  }

  /// Nil until the rate is known.
  public var secondsLeft: Double? { rate > 0 ? Double(planned - done) / rate : nil }
}
