public import Networks

/// A preprocessing as text: presets and `key=value` pairs between commas, such as
/// `size=227,order=bgr,scale=255,mean=104/117/123,std=1,layout=nchw,resize=stretch,offset=0`.
///
/// `size` is one side or height×width; `scale` is what level 255 becomes; `mean` and `std` have
/// one number or one per channel, in the network's order; `resize` is `stretch` or `crop:256`,
/// the short side before the centre is taken; `offset` counts outputs before the first class.
public enum PreprocessingSpec {
  /// The presets that may stand alone or in front of other keys.
  public static let presets = Normalization.all.map(\.key)

  /// Reads a spec; what it leaves out comes from `base`.
  public static func parse(
    _ text: String, base: Preprocessing
  ) throws(PreprocessingError) -> Preprocessing {
    var reader = SpecReader(base: base)
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.filter { $0 != " " }.lowercased() }
      if pair.count == 2 {
        try reader.take(key: pair[0], value: pair[1])
      } else if !pair[0].isEmpty {
        try reader.take(preset: pair[0])
      }
    }
    return try reader.finish()
  }

  /// Reads a spec for a network's input and checks that it fits.
  public static func parse(
    _ text: String, for input: ImageInput, imageSizes: [ImageSize]
  ) throws(PreprocessingError) -> Preprocessing {
    let usual = preprocessingCandidates(for: input, imageSizes: imageSizes)[0]
    let parsed = try parse(text, base: usual.preprocessing)
    try check(parsed, against: input)
    return parsed
  }

  /// Throws unless a network's input can take what the preprocessing makes.
  public static func check(
    _ preprocessing: Preprocessing, against input: ImageInput
  ) throws(PreprocessingError) {
    if let height = input.height, height != preprocessing.height {
      throw .mismatch(what: "height", given: "\(preprocessing.height)", network: "\(height)")
    }
    if let width = input.width, width != preprocessing.width {
      throw .mismatch(what: "width", given: "\(preprocessing.width)", network: "\(width)")
    }
    if input.channelCount != preprocessing.channelCount {
      throw .mismatch(
        what: "channels", given: "\(preprocessing.channelCount)",
        network: "\(input.channelCount)")
    }
    if input.layout != preprocessing.layout {
      throw .mismatch(
        what: "layout", given: preprocessing.layout.rawValue, network: input.layout.rawValue)
    }
  }

  /// The spec that reads back as this preprocessing, whatever the base.
  public static func text(_ preprocessing: Preprocessing) -> String {
    let (height, width) = (preprocessing.height, preprocessing.width)
    let resize =
      switch preprocessing.resize {
      case .stretch: "stretch"
      case .shortSideThenCenterCrop(let side): "crop:\(side)"
      }
    return [
      "size=" + (height == width ? "\(height)" : "\(height)x\(width)"),
      "order=\(preprocessing.colorOrder.rawValue)",
      "scale=" + shortest(range(ofScale: preprocessing.scale)),
      "mean=" + list(preprocessing.mean), "std=" + list(preprocessing.standardDeviation),
      "layout=\(preprocessing.layout.rawValue)", "resize=\(resize)",
      "offset=\(preprocessing.backgroundOffset)",
    ].joined(separator: ",")
  }

  private static func list(_ values: [Float]) -> String {
    let isUniform = values.allSatisfy { $0 == values[0] }
    return (isUniform ? Array(values.prefix(1)) : values).map(shortest).joined(separator: "/")
  }

  private static func shortest(_ value: Float) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// What 255 becomes, chosen among its neighbours so that dividing by 255 gives `scale` back.
  private static func range(ofScale scale: Float) -> Float {
    let range = scale * 255
    return [range, range.nextUp, range.nextDown].first { $0 / 255 == scale } ?? range
  }
}

/// Gathers the parts of a spec; presets wait until the colour order is known.
private struct SpecReader {
  var result: Preprocessing
  private var preset: Normalization?
  private var mean: [Float]?
  private var standardDeviation: [Float]?

  init(base: Preprocessing) { result = base }

  mutating func take(preset key: String) throws(PreprocessingError) {
    guard let known = Normalization.all.first(where: { $0.key == key }) else {
      throw .unknown(word: key)
    }
    preset = known
    result.scale = known.range / 255
    if ["caffe", "vgg"].contains(key), result.colorOrder == .rgb { result.colorOrder = .bgr }
    (mean, standardDeviation) = (nil, nil)
  }

  mutating func take(key: String, value: String) throws(PreprocessingError) {
    switch key {
    case "size": (result.height, result.width) = try size(value)
    case "order":
      guard let order = ColorOrder(rawValue: value == "grey" ? "gray" : value) else {
        throw .value(key: key, value: value, expected: "rgb, bgr or gray")
      }
      result.colorOrder = order
    case "layout":
      guard let layout = ChannelLayout(rawValue: value) else {
        throw .value(key: key, value: value, expected: "nchw or nhwc")
      }
      result.layout = layout
    case "scale":
      guard let range = Float(value), range.isFinite, range > 0, (range / 255) > 0 else {
        throw .value(key: key, value: value, expected: "what 255 becomes, such as 1 or 255")
      }
      result.scale = range / 255
    case "mean": mean = try numbers(key, value) { _ in true }
    case "std": standardDeviation = try numbers(key, value) { $0 > 0 }
    case "resize": result.resize = try policy(value)
    case "offset":
      guard let offset = Int(value), (0...16).contains(offset) else {
        throw .value(key: key, value: value, expected: "0, or 1 for a background output")
      }
      result.backgroundOffset = offset
    default: throw .unknown(word: key)
    }
  }

  private func size(_ value: String) throws(PreprocessingError) -> (Int, Int) {
    let sides = value.split(whereSeparator: { "x×".contains($0) }).map { Int($0) }
    guard sides.count == 1 || sides.count == 2, let height = sides[0], let width = sides.last,
      let width, (1...8192).contains(height), (1...8192).contains(width)
    else {
      throw .value(key: "size", value: value, expected: "a side of 1 to 8192, or 224x192")
    }
    return (height, width)
  }

  private func numbers(
    _ key: String, _ value: String, _ isAllowed: (Float) -> Bool
  ) throws(PreprocessingError) -> [Float] {
    let found = value.split(separator: "/", omittingEmptySubsequences: false).map { Float($0) }
    let numbers = found.compactMap(\.self).filter { $0.isFinite && isAllowed($0) }
    guard numbers.count == found.count, numbers.count == 1 || numbers.count == 3 else {
      let kind = key == "std" ? "numbers above 0" : "numbers"
      throw .value(key: key, value: value, expected: "one or three \(kind), such as 0.5/0.5/0.5")
    }
    return numbers
  }

  private func policy(_ value: String) throws(PreprocessingError) -> ResizePolicy {
    if value == "stretch" { return .stretch }
    if value.hasPrefix("crop:"), let side = Int(value.dropFirst(5)), (1...8192).contains(side) {
      return .shortSideThenCenterCrop(side)
    }
    throw .value(key: "resize", value: value, expected: "stretch or crop:256")
  }

  func finish() throws(PreprocessingError) -> Preprocessing {
    var finished = result
    if let preset {
      finished.mean = preset.mean(in: result.colorOrder)
      finished.standardDeviation = preset.standardDeviation(in: result.colorOrder)
    }
    finished.mean = try spread("mean", mean ?? finished.mean)
    finished.standardDeviation = try spread(
      "std", standardDeviation ?? finished.standardDeviation)
    return finished
  }

  /// One number per channel.
  private func spread(_ key: String, _ values: [Float]) throws(PreprocessingError) -> [Float] {
    let count = result.channelCount
    if values.count == count { return values }
    if values.allSatisfy({ $0 == values[0] }) { return Array(repeating: values[0], count: count) }
    throw .mismatch(what: key, given: "for \(values.count) channels", network: "\(count)")
  }
}
