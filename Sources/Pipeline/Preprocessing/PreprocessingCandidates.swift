public import Networks

/// Width and height of images, pixels.
public struct ImageSize: Hashable, Sendable {
  public var width: Int
  public var height: Int

  /// A size in pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// The ways images may be meant to enter a network, the most usual first; none tried yet.
///
/// - Parameters:
///   - input: What the model file says of the input. Arithmetic inside the network makes raw
///     levels the likeliest; a `uint8` input takes nothing else.
///   - imageSizes: Sizes of some images of the data set; they stand in for an input size the
///     file leaves free, and say whether cropping is likely.
///   - classCount: Outputs of the network, if known.
///   - inputRange: Least and greatest input value, where the network quantises its input; those
///     that span it come first.
public func preprocessingCandidates(
  for input: ImageInput, imageSizes: [ImageSize], classCount: Int? = nil,
  inputRange: ClosedRange<Float>? = nil
) -> [PreprocessingTrial] {
  let size = inputSize(of: input, imageSizes: imageSizes)
  let policy = resizePolicies(to: size, from: imageSizes)[0]
  let trials = ways(for: input, size: size, classCount: classCount).map { normalization, order in
    let preprocessing = Preprocessing(
      height: size.height, width: size.width, colorOrder: order, layout: input.layout,
      scale: normalization.range / 255, mean: normalization.mean(in: order),
      standardDeviation: normalization.standardDeviation(in: order), resize: policy)
    let name = "\(normalization.title), \(order == .gray ? "grey" : order.rawValue.uppercased())"
    return PreprocessingTrial(
      preprocessing: preprocessing, name: name, top1: nil, imageCount: 0)
  }
  guard let inputRange else { return trials }
  return trials.filter { spans($0.preprocessing, inputRange) }
    + trials.filter { !spans($0.preprocessing, inputRange) }
}

/// The input's height and width: the file's, else the images' common size, else 224.
func inputSize(of input: ImageInput, imageSizes: [ImageSize]) -> ImageSize {
  let common = Set(imageSizes).count == 1 ? imageSizes.first : nil
  let isSmall = !imageSizes.isEmpty && imageSizes.allSatisfy { max($0.width, $0.height) <= 96 }
  let usual = common ?? (isSmall ? imageSizes[0] : ImageSize(width: 224, height: 224))
  return ImageSize(
    width: input.width ?? input.height ?? usual.width,
    height: input.height ?? input.width ?? usual.height)
}

/// The resize policies worth trying for these images, the likeliest first.
///
/// Images of the input's size are taken as they are, square ones usually come ready cut.
/// Others are mostly meant to be cut at the centre after the short side became the input's
/// size, or that over 0.875.
public func resizePolicies(to size: ImageSize, from imageSizes: [ImageSize]) -> [ResizePolicy] {
  if imageSizes.allSatisfy({ $0 == size }) { return [.stretch] }
  let side = max(size.width, size.height)
  let crops: [ResizePolicy] = [
    .shortSideThenCenterCrop(Int((Double(side) / 0.875).rounded())),
    .shortSideThenCenterCrop(side),
  ]
  let isSquare = imageSizes.allSatisfy { $0.width == $0.height }
  return isSquare ? [.stretch, crops[0]] : crops + [.stretch]
}

/// Normalisations with their colour orders, by how usual they are for such an input.
private func ways(
  for input: ImageInput, size: ImageSize, classCount: Int?
) -> [(Normalization, ColorOrder)] {
  if input.elementType == .uint8 {
    return input.channelCount == 1 ? [(.raw, .gray)] : [(.raw, .rgb), (.raw, .bgr)]
  }
  let isEmbedded = !input.embeddedPreprocessing.isEmpty
  let isSmall = max(size.width, size.height) <= 64
  var found: [(Normalization, ColorOrder)]
  if input.channelCount == 1 {
    found = [.unit, .mnist, .signedUnit, .raw, .centered, .fashion, .rawCentered]
      .map { ($0, .gray) }
  } else {
    let inRGB: [Normalization] =
      [.imageNet, .unit, .signedUnit]
      + (isSmall ? classCount == 100 ? [.cifar100, .cifar10] : [.cifar10] : [])
      + (isSmall ? [.cifar10PerImage] : []) + [.raw]
    let inBGR: [Normalization] = [.caffe, .vgg, .raw, .unit, .imageNet, .signedUnit]
    let rarer: [Normalization] =
      [.centered, .caffe, .rawCentered, .imageNetMean] + (isSmall ? [.cifarMean] : [])
    found = inRGB.map { ($0, .rgb) } + inBGR.map { ($0, .bgr) } + rarer.map { ($0, .rgb) }
    found += [(.centered, .bgr), (.rawCentered, .bgr)]
    if isSmall { found.append((.cifar10, .bgr)) }
  }
  guard isEmbedded else { return found }
  let isPlain = { (way: (Normalization, ColorOrder)) in way.0 == .raw || way.0 == .unit }
  let plain = found.filter(isPlain).sorted { a, b in a.0 == .raw && b.0 != .raw }
  return plain + found.filter { !isPlain($0) }
}

/// Whether the least and greatest input values agree with a range, within 2 %.
private func spans(_ preprocessing: Preprocessing, _ range: ClosedRange<Float>) -> Bool {
  let ends = [0, 255 * preprocessing.scale].map { value in
    zip(preprocessing.mean, preprocessing.standardDeviation).map { (value - $0) / $1 }
  }
  guard let low = ends[0].min(), let high = ends[1].max() else { return false }
  let tolerance = 0.02 * (range.upperBound - range.lowerBound)
  return abs(low - range.lowerBound) <= tolerance && abs(high - range.upperBound) <= tolerance
}

/// Whether a way is so common that it is preferred over a rare one that fits no worse.
func isUsual(_ preprocessing: Preprocessing) -> Bool {
  let order = preprocessing.colorOrder
  let known: [Normalization] =
    switch order {
    case .gray: [.unit, .mnist, .signedUnit, .raw]
    case .rgb:
      [.imageNet, .unit, .signedUnit, .cifar10, .cifar10PerImage, .cifar100, .raw]
    case .bgr: [.caffe]
    }
  return known.contains {
    preprocessing.scale == $0.range / 255 && preprocessing.mean == $0.mean(in: order)
      && preprocessing.standardDeviation == $0.standardDeviation(in: order)
  }
}
