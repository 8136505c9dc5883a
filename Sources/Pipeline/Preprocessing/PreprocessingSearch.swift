public import ModelFiles
public import Networks

/// Finds the preprocessing and class mapping under which a network recognises labelled images.
///
/// All candidates are tried on a few images, those that hold up on more (successive halving;
/// K. Jamieson, A. Talwalkar, AISTATS 2016). A candidate drops out once it is worse than the
/// best by several standard errors, image by image, in log-probability of the label or in
/// accuracy. Those that cannot be told apart in the end go by the order they came in. After the first
/// images, what the likely winner is sure of is compared on a sample only.
public struct PreprocessingSearch: Sendable {
  /// Images that have been tried after each round.
  public var roundSizes = [4, 8, 16, 32, 48, 96, 192, 320, 512]
  /// Standard errors a candidate may lag behind the best after each round; more while few images
  /// make them uncertain.
  public var tolerances = [5, 4, 3.5, 3, 3, 2.5, 2.5, 2.25, 2]
  /// Nats of log-likelihood behind the best at which a candidate drops out after any round if it also
  /// lags by ``hopelessLag``: odds at which one of twenty right ones would drop out in ten thousand
  /// searches (A. Wald, Annals of Mathematical Statistics 16(2), 1945, doi:10.1214/aoms/1177731118).
  public var hopelessRatio = 12.0
  /// Standard errors, so that no single image decides.
  public var hopelessLag = 2.5
  /// Usual candidates kept after each round.
  public var usualCounts = [7, 6, 5, 4, 4, 3, 3, 3, 3]
  /// Rare candidates kept after each round, which win only when no usual one holds.
  public var rareCounts = [13, 8, 4, 3, 2, 1, 1, 1, 1]
  /// Images after which most of those that the likely winner is sure of are spared the others.
  public var thinningCount = 16
  /// Images after which a candidate is chosen that is left alone, or alone among the usual ones.
  public var leastCount = 48
  /// Images after which the most usual candidate is chosen when its lead is decisive, so that the
  /// images left would hardly turn the choice.
  public var settlingCount = 192
  /// How seldom they may: standard normal deviates, one time in twenty.
  public var assurance = 1.645
  /// Standard errors by which evidence outweighs how usual a candidate is.
  public var priorWeight = 0.5
  /// The same for who leads meanwhile: more, as what the leader ran counts only while it stays.
  public var likelyWeight = 1.0
  public var seed: UInt64 = 0

  /// A search with the usual effort.
  public init() {}

  /// Scores of images under some preprocessings: for each of these a row of outputs an index, nil
  /// for an image that cannot be read.
  public typealias Evaluation<Failure: Error> =
    (_ preprocessings: [Preprocessing], _ images: [Int]) throws(Failure) -> [[[Float]?]]

  /// The same under one preprocessing that leads under a class mapping and will mostly be chosen, so
  /// that more can be made of its runs.
  public typealias LeaderEvaluation<Failure: Error> =
    (_ preprocessing: Preprocessing, _ mapping: ClassMapping, _ images: [Int]) throws(Failure)
    -> [[Float]?]

  /// For each image something that only copies of it share, nil for one that cannot be read.
  public typealias Contents<Failure: Error> = (_ images: [Int]) throws(Failure) -> [String?]

  /// Most preprocessings asked about at once: enough to share among the cores, few enough that
  /// progress is seen.
  static let mostAtOnce = 4

  /// Tries the candidates and decides.
  ///
  /// - Parameters:
  ///   - candidates: Most usual first, as ``preprocessingCandidates(for:imageSizes:classCount:inputRange:)``
  ///     gives them.
  ///   - policies: Resize policies to try with the winner; the candidates use the first.
  ///   - mappings: Most likely first, as `ClassMatching` gives them.
  ///   - labels: Class of each image, nil where unknown.
  ///   - evaluate: Runs images through the network; asked for each candidate and image at most once.
  /// - Complexity: About candidates × 12 to candidates × 90 images in all.
  /// - Precondition: `candidates` is not empty.
  public func choose<Failure: Error>(
    _ candidates: [PreprocessingTrial], policies: [ResizePolicy] = [],
    mappings: [ClassMapping], labels: [Int?], evaluate: Evaluation<Failure>
  ) throws(Failure) -> PreprocessingDecision {
    try choose(candidates, policies: policies, mappings: mappings, labels: labels) {
      (preprocessing, _, images) throws(Failure) in
      try evaluate([preprocessing], images).first ?? []
    } contents: { (images) throws(Failure) in
      images.map { "\($0)" }
    } evaluate: { (preprocessings, images) throws(Failure) in
      try evaluate(preprocessings, images)
    }
  }

  /// The same with the runs of the leader told apart from those of the others.
  ///
  /// Images come in the order in which an analysis with the same seed visits them.
  ///
  /// - Parameters:
  ///   - leader: Asked instead of `evaluate` for the way that leads, once the first images were tried,
  ///     and from the first image on where there is only one.
  ///   - contents: Asked for each image before it is tried: copies are no evidence and are passed over.
  public func choose<Failure: Error>(
    _ candidates: [PreprocessingTrial], policies: [ResizePolicy] = [],
    mappings: [ClassMapping], labels: [Int?], leader: LeaderEvaluation<Failure>,
    contents: Contents<Failure>, evaluate: Evaluation<Failure>
  ) throws(Failure) -> PreprocessingDecision {
    let order = BalancedOrder(labels: labels, seed: seed).images.filter { labels[$0] != nil }
    guard !order.isEmpty else {
      return .assumed(
        candidates, mapping: mappings.first, because: "there are no labels to verify it by")
    }
    let usable = order.filter { image in
      mappings.contains { $0.output(ofImage: image, labels) != nil }
    }
    guard !usable.isEmpty else {
      return .assumed(
        candidates, mapping: nil,
        because: "the data set's classes could not be matched with the network's outputs")
    }
    var race = PreprocessingRace(
      candidates: candidates, mappings: mappings, labels: labels)
    let most = roundSizes.last ?? 0
    var images = DistinctImages(of: usable, limit: 2 * most)
    for (round, size) in roundSizes.enumerated() {
      try images.extend(to: size, contents)
      try race.extend(
        to: images.images[...],
        likely: size > thinningCount ? race.winner(priorWeight: likelyWeight) : nil, leader,
        evaluate)
      race.eliminate(
        tolerance: tolerances[round], hopeless: (hopelessRatio, hopelessLag),
        usual: usualCounts[round], rare: rareCounts[round])
      let isDecided =
        size >= leastCount && (race.entrants.count == 1 || race.hasOneUsual)
        || size >= settlingCount
          && race.isSettled(lead: decisiveLead(after: size, of: min(most, usable.count)))
      if isDecided || images.isExhausted { break }
    }
    try race.tryPolicies(policies, tolerance: 2, evaluate)
    try race.completeWinner(priorWeight: priorWeight, leader)
    return race.decide(priorWeight: priorWeight, copyCount: images.copyCount)
  }

  /// Standard errors by which the most usual candidate has to lead after `count` images for the others
  /// of `total` to turn the choice, with a lead below -``priorWeight``, no oftener than ``assurance``
  /// says, whatever the true difference is.
  ///
  /// Stochastic curtailment (C. Jennison, B. Turnbull, Statistical Science 5(3), 1990,
  /// doi:10.1214/ss/1177012099), with the lead at the end predicted from that now: normal, its mean the
  /// lead now times the root of `total` / `count`, its variance `total` / `count` - 1.
  func decisiveLead(after count: Int, of total: Int) -> Double {
    let share = min(Double(count) / Double(max(total, 1)), 1)
    return assurance * (1 - share).squareRoot() - priorWeight * share.squareRoot()
  }
}

extension ClassMapping {
  /// The output that should be best for an image; nil without label or output.
  func output(ofImage image: Int, _ labels: [Int?]) -> Int? {
    guard let label = labels[image], outputs.indices.contains(label) else { return nil }
    return outputs[label]
  }
}
