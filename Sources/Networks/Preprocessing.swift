import Tensors

/// How an 8-bit image becomes the network's input.
///
/// `x = (pixel · scale − mean) / standardDeviation` per channel, in `colorOrder`.
public struct Preprocessing: Hashable, Sendable, Codable {
  /// Height and width of the network's input, pixels.
  public var height: Int
  public var width: Int
  public var colorOrder: ColorOrder
  public var layout: ChannelLayout
  /// 1/255 for 0…1, 1 for 0…255.
  public var scale: Float
  /// One per channel, in the order the network sees them.
  public var mean: [Float]
  public var standardDeviation: [Float]
  public var resize: ResizePolicy
  /// Outputs before the first class: 1 when output 0 is "background".
  public var backgroundOffset: Int

  public init(
    height: Int, width: Int, colorOrder: ColorOrder, layout: ChannelLayout, scale: Float,
    mean: [Float], standardDeviation: [Float], resize: ResizePolicy, backgroundOffset: Int = 0
  ) {
    self.height = height
    self.width = width
    self.colorOrder = colorOrder
    self.layout = layout
    self.scale = scale
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.resize = resize
    self.backgroundOffset = backgroundOffset
  }

  /// Channels of the input: 1 for grey, else 3.
  public var channelCount: Int { colorOrder == .gray ? 1 : 3 }
}

/// Which colour each input channel holds.
public enum ColorOrder: String, Hashable, Sendable, Codable {
  case rgb, bgr, gray
}

/// Order of the axes of the input.
public enum ChannelLayout: String, Hashable, Sendable, Codable {
  /// Batch, channel, height, width.
  case nchw
  /// Batch, height, width, channel.
  case nhwc
}

/// How an image of another size is brought to the input's size; always antialiased bilinear.
public enum ResizePolicy: Hashable, Sendable, Codable {
  /// Straight to the input's height and width.
  case stretch
  /// The short side to that many pixels, then the centre.
  case shortSideThenCenterCrop(Int)
}

/// How sure we are of a fact, and why.
public enum Evidence: String, Hashable, Sendable, Codable {
  /// Given by the user, a sidecar, or the model file itself.
  case read
  /// Won a comparison by accuracy on labelled images.
  case verified
  /// Follows from other facts, such as the family of the network.
  case inferred
  /// A default that nothing contradicts.
  case assumed
}

/// A preprocessing with its accuracy on the images it was tried on.
public struct PreprocessingTrial: Hashable, Sendable, Codable {
  public var preprocessing: Preprocessing
  /// Short name: `ImageNet mean/std, RGB`.
  public var name: String
  /// Share of images whose best output is their label; nil when it was not tried, or given up as no
  /// answers to the other images could have made it clearly better.
  public var top1: Double?
  /// Images that ``top1`` speaks of; without it those that were run, mostly ones that a better way
  /// gets wrong.
  public var imageCount: Int
  /// Images that were run, where these are fewer and ``top1`` is an estimate from them: mostly those
  /// that a better way found hard, and some of the others, weighted.
  public var sampleCount: Int?

  public init(preprocessing: Preprocessing, name: String, top1: Double?, imageCount: Int) {
    self.preprocessing = preprocessing
    self.name = name
    self.top1 = top1
    self.imageCount = imageCount
  }

  /// The accuracy with what it rests on: `91.0 % of 500`, `about 90.6 % of 500`; else how far it was
  /// tried: `given up after 16 images`.
  public var accuracyText: String {
    guard let top1 else {
      return imageCount == 0
        ? "not tried" : "given up after \(NumberText.grouped(imageCount)) images"
    }
    let share = "\(NumberText.percent(top1)) of \(NumberText.grouped(imageCount))"
    return sampleCount == nil ? share : "about \(share)"
  }
}

/// The preprocessing in use, how it was found, and what else was tried.
public struct PreprocessingChoice: Hashable, Sendable, Codable {
  public var chosen: PreprocessingTrial
  public var evidence: Evidence
  /// Best first, the chosen one not among them.
  public var runnersUp: [PreprocessingTrial]
  /// One sentence on where it comes from.
  public var reason: String
  /// File name of the checkpoint that it was looked for on, where that is one of a run; the images and
  /// accuracies above are of that one.
  public var checkpoint: String?

  public init(
    chosen: PreprocessingTrial, evidence: Evidence, runnersUp: [PreprocessingTrial],
    reason: String
  ) {
    self.chosen = chosen
    self.evidence = evidence
    self.runnersUp = runnersUp
    self.reason = reason
  }

  /// How it is known: `verified`, `inferred on epoch_04.pt`, `assumed, as epoch_04.pt does not tell`.
  public var source: String { source(saying: evidence.rawValue) }

  /// The same with another word for the evidence.
  public func source(saying word: String) -> String {
    guard let checkpoint, evidence != .read else { return word }
    return evidence == .assumed
      ? "\(word), as \(checkpoint) does not tell" : "\(word) on \(checkpoint)"
  }

  /// What is in use and how that is known: `ImageNet mean/std, RGB (verified on epoch_04.pt)`.
  public var summary: String { "\(chosen.name) (\(source))" }
}
