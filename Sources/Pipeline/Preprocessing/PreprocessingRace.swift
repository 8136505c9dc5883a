import ModelFiles
import Networks
import Tensors

/// Candidates under comparison, each with each class mapping.
struct PreprocessingRace {
  typealias Entrant = PreprocessingEntrant

  private(set) var entrants: [Entrant]
  /// Those that dropped out, each with its accuracy then.
  private(set) var dropped: [Entrant] = []
  let labels: [Int?]
  private(set) var images = ComparedImages()
  /// Outputs by candidate and image.
  private var outputs: [Preprocessing: [Int: [Float]]] = [:]
  let first: PreprocessingTrial
  let firstMapping: ClassMapping

  /// Log-probability of the label above which a candidate is sure of an image. On the CIFAR-10
  /// ResNets at hand 61 to 70 % of the images are, and the two best candidates differ on these by a
  /// fortieth to a twentieth of what they differ by over all.
  static let sureLogProbability = -0.02

  /// Nats of log-likelihood below which nobody drops out: a trifle that shows on each of a few images,
  /// as between means that differ by rounding, is sure to be there but says nothing of the labels.
  static let leastDeficit = 2.0

  init(
    candidates: [PreprocessingTrial], mappings: [ClassMapping], labels: [Int?]
  ) {
    self.labels = labels
    first = candidates[0]
    firstMapping = mappings[0]
    entrants = candidates.enumerated().flatMap { place, trial in
      mappings.enumerated().map { number, mapping in
        Entrant(
          trial: trial, mapping: mapping, rank: place * mappings.count + number, scores: nil)
      }
    }
  }

  /// Runs the images not tried yet through every candidate that is left.
  ///
  /// - Parameter likely: The one that would be chosen now, which is asked first: of the images that
  ///   it is sure of, only some are run through the others. Nil to run all through all.
  mutating func extend<Failure: Error>(
    to order: ArraySlice<Int>, likely: Entrant?,
    _ leader: PreprocessingSearch.LeaderEvaluation<Failure>,
    _ evaluate: PreprocessingSearch.Evaluation<Failure>
  ) throws(Failure) {
    let new = images.new(in: order)
    guard !new.isEmpty else { return }
    let all = distinctPreprocessings()
    guard let likely, images.count > 1, all.count > 1 else {
      if all.count == 1 {
        try run(new, as: winner(priorWeight: 0), leader)
      } else {
        try run(new, all, evaluate)
      }
      images.compare(new.filter { !images.unreadable.contains($0) })
      return score()
    }
    let preprocessing = likely.trial.preprocessing
    try run(new, as: likely, leader)
    let rows = outputs[preprocessing] ?? [:]
    let asked = images.compare(new.filter { rows[$0] != nil }) { image in
      guard let row = rows[image], let scores = likely.scores,
        let target = likely.mapping.output(ofImage: image, labels)
      else { return false }
      return scores.logProbability(of: row, target: target) > Self.sureLogProbability
    }
    try run(asked, all.filter { $0 != preprocessing }, evaluate)
    score()
  }

  /// Runs images through some candidates, a few of these at a time.
  mutating func run<Failure: Error>(
    _ wanted: [Int], _ preprocessings: [Preprocessing],
    _ evaluate: PreprocessingSearch.Evaluation<Failure>
  ) throws(Failure) {
    guard !wanted.isEmpty else { return }
    for start in stride(from: 0, to: preprocessings.count, by: PreprocessingSearch.mostAtOnce) {
      let end = min(start + PreprocessingSearch.mostAtOnce, preprocessings.count)
      let some = Array(preprocessings[start..<end])
      let found = try evaluate(some, wanted)
      precondition(found.count == some.count, "rows for each preprocessing")
      for (preprocessing, rows) in zip(some, found) { keep(rows, of: wanted, preprocessing) }
    }
  }

  /// Runs images through the candidate that leads.
  private mutating func run<Failure: Error>(
    _ wanted: [Int], as entrant: Entrant,
    _ leader: PreprocessingSearch.LeaderEvaluation<Failure>
  ) throws(Failure) {
    guard !wanted.isEmpty else { return }
    let preprocessing = entrant.trial.preprocessing
    keep(try leader(preprocessing, entrant.mapping, wanted), of: wanted, preprocessing)
  }

  private mutating func keep(
    _ rows: [[Float]?], of wanted: [Int], _ preprocessing: Preprocessing
  ) {
    for (image, row) in images.readable(wanted, rows) {
      outputs[preprocessing, default: [:]][image] = row
    }
  }

  /// Whether an image has run as an entrant has it, and could be read.
  func hasRun(_ image: Int, as entrant: Entrant) -> Bool {
    outputs[entrant.trial.preprocessing]?[image] != nil
  }

  /// Adds an entrant, or one that dropped out.
  mutating func add(_ entrant: Entrant, isDropped: Bool) {
    if isDropped { dropped.append(entrant) } else { entrants.append(entrant) }
  }

  private func distinctPreprocessings() -> [Preprocessing] {
    var seen: Set<Preprocessing> = []
    return entrants.map(\.trial.preprocessing).filter { seen.insert($0).inserted }
  }

  private mutating func score() {
    let found = sharedMap(entrants.count) { [self] place in
      scores(of: entrants[place], on: images.compared, weights: images.weights)
    }
    for (place, scores) in found.enumerated() {
      entrants[place].scores = scores
      entrants[place].trial.top1 = images.compared.isEmpty ? nil : scores.top1
      entrants[place].trial.imageCount = images.count
      entrants[place].trial.sampleCount = images.spared.isEmpty ? nil : images.compared.count
    }
  }

  /// How well an entrant does on images that it has seen.
  func scores(
    of entrant: Entrant, on seen: [Int], weights: [Double]
  ) -> PredictionScores {
    let known = outputs[entrant.trial.preprocessing] ?? [:]
    let rows = seen.map { known[$0] ?? [] }
    return PredictionScores(
      outputs: rows, targets: seen.map { entrant.mapping.output(ofImage: $0, labels) ?? -1 },
      weights: weights, areProbabilities: PredictionScores.areProbabilities(rows))
  }

  /// The entrant with the best log-probability among those not clearly less accurate than the
  /// most accurate.
  private static func leader(of entrants: [Entrant]) -> Entrant {
    let accurate = entrants.reduce(entrants[0]) { a, b in a.top1 < b.top1 ? b : a }
    let eligible = entrants.filter { $0.lag(behind: accurate).accuracy > -2 }
    return eligible.reduce(accurate) { a, b in a.fit < b.fit ? b : a }
  }

  /// Drops entrants that lag behind the leader, and of the usual and of the rare ways the last
  /// beyond so many.
  ///
  /// - Parameter hopeless: Nats and standard errors that suffice together.
  mutating func eliminate(
    tolerance: Double, hopeless: (ratio: Double, lag: Double) = (.infinity, .infinity),
    usual: Int = .max, rare: Int = .max
  ) {
    guard images.compared.count > 1 else { return }
    let best = Self.leader(of: entrants)
    let isOut = { (entrant: Entrant) in
      let lag = entrant.lag(behind: best)
      let deficit = entrant.deficit(to: best)
      return lag.fit < -tolerance && entrant.isClearlyWorse(than: best)
        && deficit > Self.leastDeficit
        || lag.accuracy < -tolerance
        || lag.fit < -hopeless.lag && deficit > hopeless.ratio
    }
    dropped += entrants.filter(isOut)
    entrants.removeAll(where: isOut)
    entrants.sort { ($1.fit, $0.rank) < ($0.fit, $1.rank) }
    var kept: [Entrant] = []
    var counts = (usual: 0, rare: 0)
    for entrant in entrants {
      let isUsual = isUsual(entrant.trial.preprocessing)
      if isUsual ? counts.usual < usual : counts.rare < rare {
        kept.append(entrant)
        if isUsual { counts.usual += 1 } else { counts.rare += 1 }
      } else {
        dropped.append(entrant)
      }
    }
    entrants = kept
  }

  /// Whether a single usual way is left and no rare one is noticeably better.
  var hasOneUsual: Bool {
    entrants.count { isUsual($0.trial.preprocessing) } == 1 && isSettled(lead: 0)
  }

  /// Whether more images would hardly change the choice: the most usual way left leads the other
  /// usual ones by `lead` standard errors, and no rare one is noticeably better.
  func isSettled(lead: Double) -> Bool {
    let usual = entrants.filter { isUsual($0.trial.preprocessing) }
    guard !images.compared.isEmpty, let first = usual.min(by: { $0.rank < $1.rank }) else {
      return false
    }
    let best = Self.leader(of: entrants)
    return usual.allSatisfy { $0.rank == first.rank || first.lag(behind: $0).fit >= lead }
      && (first.lag(behind: best).fit >= -0.3 || !first.isClearlyWorse(than: best))
  }

  /// Runs the winner on the images that it was spared, so that its accuracy is counted.
  mutating func completeWinner<Failure: Error>(
    priorWeight: Double, _ leader: PreprocessingSearch.LeaderEvaluation<Failure>
  ) throws(Failure) {
    let best = winner(priorWeight: priorWeight)
    let preprocessing = best.trial.preprocessing
    let seen = outputs[preprocessing] ?? [:]
    try run(images.spared.filter { seen[$0] == nil }, as: best, leader)
    let place = entrants.firstIndex { $0.rank == best.rank && $0.trial == best.trial }
    guard let place, !images.spared.isEmpty else { return }
    let all = images.all
    entrants[place].trial.top1 =
      scores(of: best, on: all, weights: Array(repeating: 1, count: all.count)).top1
    entrants[place].trial.sampleCount = nil
  }

  /// The leader among the usual ways that are left, else among all; of those hardly worse than
  /// it, the most usual.
  func winner(priorWeight: Double) -> Entrant {
    let usual = entrants.filter { isUsual($0.trial.preprocessing) }
    let pool = usual.isEmpty ? entrants : usual
    let best = Self.leader(of: pool)
    let close = pool.filter { $0.lag(behind: best).fit >= -priorWeight }
    return close.min { $0.rank < $1.rank } ?? best
  }
}

extension ResizePolicy {
  /// What to add to a trial's name.
  var nameSuffix: String {
    switch self {
    case .stretch: ", stretched"
    case .shortSideThenCenterCrop(let side): ", short side \(side) and centre"
    }
  }
}
