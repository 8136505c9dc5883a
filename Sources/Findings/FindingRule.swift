/// What is looked for; in order of importance within one severity.
public enum FindingRule: String, Hashable, Sendable, CaseIterable {
  case nonFiniteWeights = "non-finite-weights"
  case nonFiniteActivations = "non-finite-activations"
  case chanceAccuracy = "chance-accuracy"
  case collapsedOutput = "collapsed-output"
  case deadLayer = "dead-layer"
  case preprocessing = "preprocessing"
  case classWithoutOutput = "class-without-output"
  case neverPredicted = "never-predicted"
  case confusedClasses = "confused-classes"
  case generalizationGap = "generalization-gap"
  case deadNeurons = "dead-neurons"
  case saturatedNeurons = "saturated-neurons"
  case activationScale = "activation-scale"
  case removableLayer = "removable-layer"
  case layerTooWide = "layer-too-wide"
  case layerTooNarrow = "layer-too-narrow"
  case duplicateNeurons = "duplicate-neurons"
  case nearlyDeadNeurons = "nearly-dead-neurons"
  case labelNoise = "label-noise"
  case halfPrecisionRange = "half-precision-range"
  case unreadableImages = "unreadable-images"
  case fewImages = "few-images"

  /// A few words.
  public var title: String { words.title }

  /// One sentence on what it means and what to do.
  public var advice: String { words.advice }

  private var words: (title: String, advice: String) {
    switch self {
    case .nonFiniteWeights:
      ("Weights that are no numbers", "Go back to a checkpoint before the training diverged.")
    case .nonFiniteActivations:
      (
        "Activations that are no numbers",
        "Look at the first layer concerned: its input is still finite, its output is not."
      )
    case .chanceAccuracy:
      ("Accuracy of guessing", "Check the order of the labels and the preprocessing first.")
    case .collapsedOutput:
      (
        "One answer to nearly everything",
        "Check the preprocessing; else training collapsed, so look for the first dead layer."
      )
    case .deadLayer:
      (
        "A layer that says nothing about its input",
        "Nothing after it can depend on the image through it: lower the learning rate, normalise."
      )
    case .preprocessing:
      ("Preprocessing that may be wrong", "Run again with --preprocess and compare.")
    case .classWithoutOutput:
      ("A class the network does not know", "Its images count as wrong whatever is predicted.")
    case .neverPredicted:
      ("A class that is never predicted", "Check its label and its share of the training images.")
    case .confusedClasses:
      ("Classes taken for each other", "Look at the images, and at the cluster that serves both.")
    case .generalizationGap:
      ("Better on training than on test images", "Regularise, augment, or gather more images.")
    case .deadNeurons:
      (
        "Neurons that never fire or never vary",
        "They can be pruned without effect on these images."
      )
    case .saturatedNeurons:
      ("Neurons stuck at a bound", "They pass no gradient: check the scale of their inputs.")
    case .activationScale:
      ("Activations that grow or shrink along depth", "Normalise, or rescale the initial weights.")
    case .removableLayer:
      (
        "A layer that could go",
        "Train the network without it and compare; its input can stand for its output."
      )
    case .layerTooWide:
      ("A layer with idle neurons", "A candidate for a narrower layer: train one and compare.")
    case .layerTooNarrow:
      ("A layer without reserve", "A candidate for a wider layer: train one and compare.")
    case .duplicateNeurons:
      ("Neurons that do the same", "Merge them: add their outgoing weights, scaled to match.")
    case .nearlyDeadNeurons:
      ("Neurons that hardly ever fire", "Look at what excites them before pruning.")
    case .labelNoise:
      ("Labels that may be wrong", "Look at these images: network and label disagree firmly.")
    case .halfPrecisionRange:
      ("Activations beyond half precision", "Keep these layers in float32 or bfloat16.")
    case .unreadableImages: ("Images that could not be read", "Repair or remove them.")
    case .fewImages:
      ("Too few images to judge neurons by", "Analyse more images.")
    }
  }
}
