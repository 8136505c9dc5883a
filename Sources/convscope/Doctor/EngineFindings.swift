import Inference

/// Which inference engines there are, and which one would run a model.
func engineFindings(_ search: EngineSearch) -> [DoctorFinding] {
  let candidates = search.candidates()
  do {
    let engine = try RuntimeEngine.load(search)
    let others = candidates.filter { $0.path != engine.candidate.path }.map(describe)
    return [
      .ok(
        "engine", "\(engine.name) at \(engine.candidate.path) (\(engine.candidate.origin))",
        details: others.map { "also \($0)" }),
      .ok("providers", engine.providers.joined(separator: ", ")),
    ]
  } catch {
    let seen = candidates.map { "not usable: \(describe($0))" }
    return [
      .warn("engine", oneSentence("\(error)"), nil, details: seen),
      .warn("providers", "none without an engine", nil),
    ]
  }
}

private func describe(_ candidate: EngineCandidate) -> String {
  "\(candidate.version ?? "unknown version") at \(candidate.path) (\(candidate.origin))"
}
