import CNcurses
import Canvas
import Glibc

/// What the terminal database says about a type.
struct TerminalFacts: Hashable {
  var colors: Int
  var pairs: Int
  var movesCursor: Bool
}

/// A terminal description to open the screen with.
struct TerminalEntry: Hashable {
  var name: String
  /// Value for `TERMINFO`; nil finds the entry where the system keeps its own.
  var terminfo: String?

  static let direct = TerminalEntry(name: "convscope-direct", terminfo: EmbeddedTerminfo.direct)
  static let palette256 = TerminalEntry(
    name: "convscope-256", terminfo: EmbeddedTerminfo.palette256)

  /// Looks the entry up; nil when it is not known.
  var facts: TerminalFacts? {
    var colors: Int32 = 0
    var pairs: Int32 = 0
    var movesCursor: Int32 = 0
    let found = withTerminfo { unsafe cn_look_up(name, &colors, &pairs, &movesCursor) }
    guard found == 1 else { return nil }
    return TerminalFacts(colors: Int(colors), pairs: Int(pairs), movesCursor: movesCursor != 0)
  }

  /// Runs `body` while `TERMINFO` names this entry; afterwards it is as before.
  func withTerminfo<Result>(_ body: () -> Result) -> Result {
    guard let terminfo else { return body() }
    let former = TerminalEnvironment.variable("TERMINFO")
    unsafe setenv("TERMINFO", terminfo, 1)
    defer {
      if let former {
        unsafe setenv("TERMINFO", former, 1)
      } else {
        unsafe unsetenv("TERMINFO")
      }
    }
    return body()
  }
}

/// The entry to use for a terminal, and what it comes to.
struct TerminalChoice: Hashable {
  var entry: TerminalEntry
  var facts: TerminalFacts
  var colorTier: ColorTier
  /// One sentence for the user when something unexpected was found.
  var notice: String?

  /// Our own entry where the terminal's lacks the colours wanted or is missing.
  ///
  /// - Parameters:
  ///   - most: What direct colours are reduced to unless they were asked for.
  ///   - facts: Looks an entry up.
  static func choose(
    _ environment: TerminalEnvironment, requested: ColorTier?, most: ColorTier? = nil,
    facts: (TerminalEntry) -> TerminalFacts? = { $0.facts }
  ) throws(TerminalError) -> TerminalChoice {
    guard let term = environment.term else { throw .noTerm }
    guard term != "dumb" else { throw .dumb(term: term) }
    let system = TerminalEntry(name: term, terminfo: nil)
    let known = facts(system)
    let found = environment.colorTier(requested: requested, databaseColors: known?.colors)
    let tier = requested == nil && found == .truecolor ? most ?? found : found
    if let known, known.colors >= colorsNeeded(tier) {
      guard known.movesCursor else { throw .noCursorMovement(term: term) }
      return TerminalChoice(entry: system, facts: known, colorTier: tier)
    }
    let own: [TerminalEntry] = tier == .truecolor ? [.direct, .palette256] : [.palette256]
    for entry in own {
      guard let found = facts(entry) else { continue }
      let isDirect = entry == .direct
      return TerminalChoice(
        entry: entry, facts: found,
        colorTier: tier == .truecolor && !isDirect ? .palette256 : tier,
        notice: known == nil
          ? "The terminal type “\(term)” is unknown here; a common description is used." : nil)
    }
    guard let known, known.movesCursor else { throw .unknown(term: term) }
    let reachable: ColorTier =
      known.colors >= 256 ? .palette256 : known.colors >= 8 ? .palette16 : .mono
    return TerminalChoice(entry: system, facts: known, colorTier: reachable)
  }

  /// Truecolour always takes our entry: those of the system that have it number colours in
  /// other ways.
  private static func colorsNeeded(_ tier: ColorTier) -> Int {
    switch tier {
    case .truecolor: .max
    case .palette256: 256
    case .palette16: 8
    case .mono: -1
    }
  }
}
