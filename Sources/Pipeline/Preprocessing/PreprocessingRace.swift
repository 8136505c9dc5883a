import ModelFiles
import Networks
import Tensors

/// Candidates under comparison, each with each class mapping.
struct PreprocessingRace {
  /// A candidate under one mapping.
  struct Entrant {
    var trial: PreprocessingTrial
    var mapping: ClassMapping
    /// Lower is more usual.
    var rank: Int
    var scores: PredictionScores?
  }

  private(set) var entrants: [Entrant]
  /// Those that dropped out, each with its accuracy then.
  private var dropped: [Entrant] = []
  private let labels: [Int?]
  /// Images tried so far that could be read, in order.
  private var images: [Int] = []
  private var unreadable: Set<Int> = []
  /// Outputs of `images`, by candidate.
  private var outputs: [Preprocessing: [[Float]]] = [:]
  private let first: PreprocessingTrial
  private let firstMapping: ClassMapping

  init(
    candidates: [PreprocessingTrial], mappings: [ClassMapping], labels: [Int?], seed: UInt64
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
  mutating func extend<Failure: Error>(
    to order: ArraySlice<Int>, _ evaluate: PreprocessingSearch.Evaluation<Failure>
  ) throws(Failure) {
    let seen = Set(images).union(unreadable)
    let new = order.filter { !seen.contains($0) }
    var rows: [Preprocessing: [[Float]?]] = [:]
    let all = distinctPreprocessings()
    for start in stride(from: 0, to: all.count, by: PreprocessingSearch.mostAtOnce) {
      let some = Array(all[start..<min(start + PreprocessingSearch.mostAtOnce, all.count)])
      let found = try evaluate(some, new)
      precondition(found.count == some.count, "rows for each preprocessing")
      for (preprocessing, found) in zip(some, found) {
        precondition(found.count == new.count, "one row, or nil, for each image")
        for (image, row) in zip(new, found) where row == nil { unreadable.insert(image) }
        rows[preprocessing] = found
      }
    }
    for preprocessing in all {
      let readable = zip(new, rows[preprocessing] ?? []).filter { !unreadable.contains($0.0) }
      outputs[preprocessing, default: []] += readable.compactMap(\.1)
    }
    images += new.filter { !unreadable.contains($0) }
    score()
  }

  private func distinctPreprocessings() -> [Preprocessing] {
    var seen: Set<Preprocessing> = []
    return entrants.map(\.trial.preprocessing).filter { seen.insert($0).inserted }
  }

  private mutating func score() {
    for place in entrants.indices {
      let rows = outputs[entrants[place].trial.preprocessing] ?? []
      let mapping = entrants[place].mapping
      let scores = PredictionScores(
        outputs: rows, targets: images.map { mapping.output(ofImage: $0, labels) ?? -1 },
        areProbabilities: PredictionScores.areProbabilities(rows))
      entrants[place].scores = scores
      entrants[place].trial.top1 = rows.isEmpty ? nil : scores.top1
      entrants[place].trial.imageCount = rows.count
    }
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
  mutating func eliminate(tolerance: Double, usual: Int = .max, rare: Int = .max) {
    guard images.count > 1 else { return }
    let best = Self.leader(of: entrants)
    let isOut = { (entrant: Entrant) in
      let lag = entrant.lag(behind: best)
      return lag.fit < -tolerance && entrant.isClearlyWorse(than: best)
        || lag.accuracy < -tolerance
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
    guard !images.isEmpty, let first = usual.min(by: { $0.rank < $1.rank }) else { return false }
    let best = Self.leader(of: entrants)
    return usual.allSatisfy { $0.rank == first.rank || first.lag(behind: $0).fit >= lead }
      && (first.lag(behind: best).fit >= -0.3 || !first.isClearlyWorse(than: best))
  }

  /// Tries the winner with other resize policies, which replace it only when clearly better.
  mutating func tryPolicies<Failure: Error>(
    _ policies: [ResizePolicy], tolerance: Double,
    _ evaluate: PreprocessingSearch.Evaluation<Failure>
  ) throws(Failure) {
    guard policies.count > 1, !images.isEmpty else { return }
    let winner = winner(priorWeight: 0)
    for policy in policies where policy != winner.trial.preprocessing.resize {
      var other = winner
      other.trial.preprocessing.resize = policy
      other.trial.name += policy.nameSuffix
      let found = try evaluate([other.trial.preprocessing], images)
      guard let rows = found.first, rows.count == images.count, !rows.contains(nil) else {
        continue
      }
      let all = rows.compactMap(\.self)
      let scores = PredictionScores(
        outputs: all, targets: images.map { other.mapping.output(ofImage: $0, labels) ?? -1 },
        areProbabilities: PredictionScores.areProbabilities(all))
      other.scores = scores
      other.trial.top1 = scores.top1
      let gain = other.lag(behind: winner)
      if gain.accuracy > tolerance && gain.fit > 0 {
        entrants.append(other)
      } else {
        dropped.append(other)
      }
    }
    eliminate(tolerance: tolerance)
  }

  /// The leader among the usual ways that are left, else among all; of those hardly worse than
  /// it, the most usual.
  private func winner(priorWeight: Double) -> Entrant {
    let usual = entrants.filter { isUsual($0.trial.preprocessing) }
    let pool = usual.isEmpty ? entrants : usual
    let best = Self.leader(of: pool)
    let close = pool.filter { $0.lag(behind: best).fit >= -priorWeight }
    return close.min { $0.rank < $1.rank } ?? best
  }
}

extension PreprocessingRace {
  /// The result, with its evidence.
  func decide(priorWeight: Double) -> PreprocessingDecision {
    let best = winner(priorWeight: priorWeight)
    guard beatsChance(best) else {
      let share = best.scores.map { NumberText.percent($0.top1) } ?? "0 %"
      var decision = PreprocessingDecision.assumed(
        [first], mapping: firstMapping,
        because: "no candidate does better than chance (best \(share) of \(images.count) images); "
          + "the labels may belong to another network")
      decision.choice.runnersUp = runnersUp(to: nil)
      return decision
    }
    let ties = entrants.filter { $0.rank != best.rank || $0.trial != best.trial }
    var chosen = best.trial
    chosen.preprocessing.backgroundOffset = best.mapping.backgroundOffset
    let count = Set((entrants + dropped).map(\.trial.name)).count
    var reason =
      "best of \(count) tried: \(NumberText.percent(best.top1)) of \(images.count) images right"
    if let tie = ties.min(by: { $0.rank < $1.rank }) {
      reason += "; \(tie.trial.name) does as well (\(NumberText.percent(tie.top1)))"
    }
    var mapping = best.mapping
    if ties.allSatisfy({ $0.mapping == best.mapping }) { mapping.evidence = .verified }
    let choice = PreprocessingChoice(
      chosen: chosen, evidence: ties.isEmpty ? .verified : .inferred,
      runnersUp: runnersUp(to: best),
      reason: reason)
    return PreprocessingDecision(choice: choice, mapping: mapping)
  }

  /// Whether accuracy exceeds that of always naming one class by 3 standard errors.
  private func beatsChance(_ entrant: Entrant) -> Bool {
    guard let scores = entrant.scores, images.count >= 4 else { return false }
    var counts: [Int: Int] = [:]
    for image in images { counts[labels[image] ?? -1, default: 0] += 1 }
    let share = Double(counts.values.max() ?? 0) / Double(images.count)
    let error = (share * (1 - share) / Double(images.count)).squareRoot()
    return scores.top1 > share + 3 * error || share == 1 && scores.top1 > 0.5
  }

  /// The others, those tried on most images first, then by accuracy; each name once.
  private func runnersUp(to best: Entrant?) -> [PreprocessingTrial] {
    let others = (entrants + dropped).filter {
      best == nil || $0.rank != best?.rank || $0.trial != best?.trial
    }
    let sorted = others.sorted {
      ($1.trial.imageCount, $1.top1, $0.rank) < ($0.trial.imageCount, $0.top1, $1.rank)
    }
    var seen: Set<String> = best.map { [$0.trial.name] } ?? []
    return sorted.filter { seen.insert($0.trial.name).inserted }.map { entrant in
      var trial = entrant.trial
      trial.preprocessing.backgroundOffset = entrant.mapping.backgroundOffset
      return trial
    }
  }
}

extension PreprocessingRace.Entrant {
  var top1: Double { scores?.top1 ?? 0 }
  /// Mean log-probability of the labels.
  var fit: Double { scores?.meanLogProbability ?? -.infinity }

  /// Whether the difference in fit is more than a trifle, whatever its significance.
  func isClearlyWorse(than other: Self) -> Bool {
    other.fit - fit > 0.0005 + 0.005 * abs(other.fit)
  }

  /// Standard errors by which it is better (positive) or worse than another.
  func lag(behind other: Self) -> (fit: Double, accuracy: Double) {
    guard let scores, let others = other.scores else { return (0, 0) }
    let number = { (flag: Bool) in flag ? 1.0 : 0.0 }
    return (
      pairedZ(scores.logProbability, others.logProbability),
      pairedZ(scores.isCorrect.map(number), others.isCorrect.map(number))
    )
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
