/// Numbers as people read them, without a locale and without Foundation.
public enum NumberText {
  /// Fixed decimals, rounded half away from zero: `fixed(91.76, 1)` is `91.8`.
  ///
  /// Values that are not finite become `nan`, `inf` or `-inf`; magnitudes of
  /// 10¹⁵ and more are given in full precision by ``compact(_:)``.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value.magnitude < 1e15, decimals <= 9 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<max(0, decimals) { scale *= 10 }
    let units = Int128((value.magnitude * scale).rounded())
    let whole = units / Int128(scale)
    let sign = value < 0 && units != 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = "\(units % Int128(scale))"
    return "\(sign)\(whole).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
  }

  /// Digits in groups of three: `10,000`.
  public static func grouped(_ value: Int) -> String {
    var groups: [Substring] = []
    let text = "\(value.magnitude)"
    var rest = text[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    groups.insert(rest, at: 0)
    return (value < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// A number with what it counts, `many` where an s does not make it: `1 image`, `1,024 images`.
  public static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
  }

  /// About three significant digits, exponent only where needed: `0.0123`, `12.3`, `1.2e-7`.
  public static func compact(_ value: Double) -> String {
    guard value.isFinite else { return fixed(value, 0) }
    let size = value.magnitude
    if size == 0 { return "0" }
    if size >= 1e6 || size < 1e-4 { return exponential(value) }
    if size >= 100 { return fixed(value, 0) }
    if size >= 10 { return fixed(value, 1) }
    if size >= 1 { return fixed(value, 2) }
    return fixed(value, size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5)
  }

  /// A share in 0…1 as a percentage with one decimal: `91.8 %`.
  public static func percent(_ share: Double, _ decimals: Int = 1) -> String {
    "\(fixed(share * 100, decimals)) %"
  }

  /// Bytes in binary units: `1.6 MiB`.
  public static func bytes(_ count: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (Double(count), 0)
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(fixed(value, unit == 0 || value >= 100 ? 0 : 1)) \(units[unit])"
  }

  /// Minutes and seconds, or hours: `0:38`, `1:02:07`.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 3.6e9 else { return "?" }
    let whole = Int(seconds.rounded())
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  private static func exponential(_ value: Double) -> String {
    var (mantissa, exponent) = (value, 0)
    while mantissa.magnitude >= 9.995 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa.magnitude < 0.9995 {
      mantissa *= 10
      exponent -= 1
    }
    return "\(fixed(mantissa, 2))e\(exponent)"
  }
}
