import Canvas
import Testing

/// Colours as people with one kind of cone missing see them.
///
/// G. Machado, M. Oliveira, L. Fernandes, "A Physiologically-based Model for Simulation of Color
/// Vision Deficiency", IEEE TVCG 15(6), 2009: the matrices for severity 1.
@Suite struct ColorVisionTests {
  static let kinds: [String: [Double]] = [
    "protanopia": [0.152, 1.053, -0.205, 0.115, 0.786, 0.099, -0.004, -0.048, 1.052],
    "deuteranopia": [0.367, 0.861, -0.228, 0.280, 0.673, 0.047, -0.012, 0.043, 0.969],
    "tritanopia": [1.256, -0.077, -0.179, -0.078, 0.931, 0.148, 0.005, 0.691, 0.304],
  ]

  private func seen(_ color: Color, _ kind: String) -> [Double] {
    let matrix = Self.kinds[kind] ?? []
    let light = [color.red, color.green, color.blue].map { linear(Double($0) / 255) }
    return (0..<3).map { row in
      let value = (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * light[$1] }
      return 255 * gamma(min(1, max(0, value)))
    }
  }

  private func linear(_ value: Double) -> Double { value * value }
  private func gamma(_ value: Double) -> Double { value.squareRoot() }

  private func difference(_ first: Color, _ second: Color, _ kind: String) -> Double {
    zip(seen(first, kind), seen(second, kind)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      .squareRoot()
  }

  @Test(arguments: kinds.keys.sorted(), Appearance.allCases)
  func `signs are told apart whatever cone is missing`(kind: String, appearance: Appearance) {
    let theme = Theme(appearance: appearance)
    let ramp = theme.signedRamp
    #expect(difference(ramp.color(at: -1), ramp.color(at: 1), kind) > 60)
    #expect(difference(ramp.color(at: -0.5), ramp.color(at: 0.5), kind) > 40)
    let pairs: [(StyleRole, StyleRole)] = [(.excitatory, .inhibitory), (.good, .bad)]
    for (first, second) in pairs {
      guard let one = theme[first].foreground, let other = theme[second].foreground else {
        Issue.record("\(first) and \(second) have no colours")
        continue
      }
      #expect(difference(one, other, kind) > 40, "\(first) \(second)")
    }
  }

  @Test(arguments: Appearance.allCases)
  func `values from 0 grow lighter throughout, so that no cone is needed`(appearance: Appearance) {
    let ramp = Theme(appearance: appearance).dataRamp
    let lumas = (0...32).map { ramp.color(at: Double($0) / 32).luma }
    for (darker, lighter) in zip(lumas, lumas.dropFirst()) { #expect(darker < lighter) }
    #expect((lumas.last ?? 0) - (lumas.first ?? 0) > 120)
  }
}
