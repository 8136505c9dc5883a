/// A share of counted things, with the bounds that chance allows.
struct Proportion: Sendable {
  var count: Int
  var total: Int

  init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  /// 0 of nothing is 0.
  var share: Double { total > 0 ? Double(count) / Double(total) : 0 }

  /// The share that the true one exceeds with 97.5 % confidence.
  var lower: Double { bound(-1) }

  /// The share that the true one stays below with 97.5 % confidence.
  var upper: Double { bound(1) }

  /// E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA
  /// 22(158), 1927, doi:10.1080/01621459.1927.10502953.
  private func bound(_ side: Double) -> Double {
    guard total > 0 else { return side < 0 ? 0 : 1 }
    let (n, z) = (Double(total), 1.96)
    let center = share + z * z / (2 * n)
    let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return (center + side * spread) / (1 + z * z / n)
  }
}
