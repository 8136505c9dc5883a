import Networks

/// How images were fed to the network, for scripts.
struct PreprocessingReport: Encodable {
  struct Trial: Encodable {
    var name: String
    var height: Int
    var width: Int
    var colorOrder: String
    var layout: String
    var scale: Float
    var mean: [Float]
    var std: [Float]
    var resize: String
    var backgroundOffset: Int
    /// Share of `images` that are right; absent when it was not tried, or given up after `images` as it
    /// could not become clearly better.
    var top1: Double?
    var images: Int
    /// Images that were run, where `top1` is an estimate from fewer than `images`.
    var sample: Int?

    init(_ trial: PreprocessingTrial) {
      let settings = trial.preprocessing
      name = trial.name
      (height, width) = (settings.height, settings.width)
      colorOrder = settings.colorOrder.rawValue
      layout = settings.layout.rawValue
      scale = settings.scale
      mean = settings.mean
      std = settings.standardDeviation
      backgroundOffset = settings.backgroundOffset
      (top1, images, sample) = (trial.top1, trial.imageCount, trial.sampleCount)
      switch settings.resize {
      case .stretch: resize = "stretch"
      case .shortSideThenCenterCrop(let side): resize = "short side \(side), center crop"
      }
    }
  }

  var chosen: Trial
  var evidence: String
  var reason: String
  /// File name of the checkpoint that it was looked for on; absent where that is the model itself.
  var checkpoint: String?
  var runnersUp: [Trial]

  init(_ choice: PreprocessingChoice) {
    chosen = Trial(choice.chosen)
    evidence = choice.evidence.rawValue
    reason = choice.reason
    checkpoint = choice.checkpoint
    runnersUp = choice.runnersUp.map(Trial.init)
  }
}
