import ModelFiles
import Networks
import Tensors

extension PreprocessingRace {
  /// The result, with its evidence.
  ///
  /// - Parameter copyCount: Images that were passed over.
  func decide(priorWeight: Double, copyCount: Int) -> PreprocessingDecision {
    let best = winner(priorWeight: priorWeight)
    guard beatsChance(best) else {
      let share = NumberText.percent(best.trial.top1 ?? 0)
      var decision = PreprocessingDecision.assumed(
        [first], mapping: firstMapping,
        because:
          "no candidate does better than chance (best \(share) of \(NumberText.counted(images.count, "image"))); "
          + "the labels may belong to another network")
      decision.choice.runnersUp = runnersUp(to: nil)
      return decision
    }
    let ties = entrants.filter { $0.rank != best.rank || $0.trial != best.trial }
    var chosen = best.trial
    chosen.preprocessing.backgroundOffset = best.mapping.backgroundOffset
    let count = Set((entrants + dropped).map(\.trial.name)).count
    var reason =
      "best of \(count) tried: \(NumberText.percent(chosen.top1 ?? 0)) of \(NumberText.counted(images.count, "image")) right"
    if let tie = ties.min(by: { $0.rank < $1.rank }) {
      reason += "; \(tie.trial.name) does as well (\(tie.trial.accuracyText))"
    }
    if copyCount > 0 { reason += "; copies of other images are not counted" }
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
    guard let top1 = entrant.trial.top1, images.count >= 4 else { return false }
    var counts: [Int: Int] = [:]
    for image in images.all { counts[labels[image] ?? -1, default: 0] += 1 }
    let share = Double(counts.values.max() ?? 0) / Double(images.count)
    let error = (share * (1 - share) / Double(images.count)).squareRoot()
    return top1 > share + 3 * error || share == 1 && top1 > 0.5
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
