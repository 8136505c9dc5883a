import Atlases
import Networks
import Tensors

/// Which images are listed and stepped through.
struct ImageFilter: Hashable, Sendable, Codable {
  /// Class of the label; nil for all, with or without one.
  var truth: Int?
  /// What the image was taken for, as a column of the confusion matrix; nil for anything.
  var predicted: Int?
  var verdict = Verdict.all
  /// How sure the network has to be; nil lets images through that did not run, too.
  var confidence: ConfidenceRange?
  var order = Order.confident

  enum Verdict: String, Sendable, Codable {
    case all, right, wrong

    var next: Verdict {
      switch self {
      case .all: .right
      case .right: .wrong
      case .wrong: .all
      }
    }

    var title: String {
      switch self {
      case .all: "right and wrong"
      case .right: "right"
      case .wrong: "wrong"
      }
    }
  }

  enum Order: String, Sendable, Codable {
    case confident, unsure, dataset

    var next: Order {
      switch self {
      case .confident: .unsure
      case .unsure: .dataset
      case .dataset: .confident
      }
    }

    var title: String {
      switch self {
      case .confident: "most confident first"
      case .unsure: "least confident first"
      case .dataset: "in the data's order"
      }
    }
  }
}

/// The images that a filter lets through, in its order; those that did not run come last where
/// confidence counts.
///
/// - Complexity: O(*n* log *n*) in the images of the data set.
func filteredImages(_ filter: ImageFilter, in atlas: Atlas) -> [Int] {
  guard let dataset = atlas.dataset else { return [] }
  let result = atlas.classification
  let classOfOutput = result.map(classByOutput) ?? [:]
  let classCount = dataset.classes.count
  var found: [(image: Int, confidence: Float)] = []
  for image in 0..<dataset.count {
    let label = dataset.labels.indices.contains(image) ? dataset.labels[image] : nil
    if let truth = filter.truth, label != truth { continue }
    let predictions = result?.predictions
    let prediction =
      predictions.flatMap { $0.indices.contains(image) ? $0[image] : nil }
    if let predicted = filter.predicted {
      guard let prediction else { continue }
      let column = classOfOutput[Int(prediction.output)] ?? classCount
      guard column == predicted else { continue }
    }
    guard filter.verdict == .all || prediction?.verdict == filter.verdict else { continue }
    if let range = filter.confidence {
      guard let prediction, range.contains(prediction.confidence) else { continue }
    }
    let confidence = prediction?.confidence ?? -1
    found.append((image, confidence.isNaN ? 0 : confidence))
  }
  switch filter.order {
  case .dataset: break
  case .confident: found.sort { ($1.confidence, $0.image) < ($0.confidence, $1.image) }
  case .unsure:
    let key = { (item: (image: Int, confidence: Float)) in
      item.confidence < 0 ? Float.infinity : item.confidence
    }
    found.sort { (key($0), $0.image) < (key($1), $1.image) }
  }
  return found.map(\.image)
}

extension ImagePrediction {
  /// Nil for an image whose label is no output of the network.
  fileprivate var verdict: ImageFilter.Verdict? {
    rankOfTruth < 0 ? nil : rankOfTruth == 0 ? .right : .wrong
  }
}

private func classByOutput(_ result: ClassificationResult) -> [Int: Int] {
  var classes: [Int: Int] = [:]
  for (index, output) in result.outputOfClass.enumerated() {
    if let output, classes[output] == nil { classes[output] = index }
  }
  return classes
}

extension ExplorerState {
  /// Which images the list shows that is open, or behind the image screen.
  var imageFilter: ImageFilter {
    get {
      guard let list = listPlace else { return looseFilter }
      return places[list].imageFilter
        ?? ImageFilter(truth: selection.classIndex, predicted: selection.predicted)
    }
    set {
      if let list = listPlace {
        places[list].imageFilter = newValue
      } else {
        looseFilter = newValue
      }
    }
  }

  private var listPlace: Int? {
    if view == .images { return places.count - 1 }
    let isBehind = view == .image && places.count > 1 && places[places.count - 2].view == .images
    return isBehind ? places.count - 2 : nil
  }

  /// The images listed now.
  var listedImages: [Int] { imageList?.images ?? [] }

  /// Works the list out where it is needed and not known.
  mutating func ensureImageList() {
    guard view == .images || stepsInList, imageList?.filter != imageFilter else { return }
    imageList = (imageFilter, filteredImages(imageFilter, in: atlas))
  }

  /// Lists the images of the selected class, or all of them.
  mutating func showImages() {
    if view == .images || view == .image {
      message = "the images are listed already; t, v, F and o say which and how"
      return
    }
    let filter =
      view == .classes
      ? ImageFilter(truth: selection.classIndex) : ImageFilter(order: .dataset)
    push(.images)
    imageFilter = filter
  }

  /// Changes which images are listed; the image looked at, or under the cursor, stays if it can.
  mutating func refilter(_ change: (inout ImageFilter) -> Void) {
    ensureImageList()
    let images = listedImages
    let current =
      view == .image
      ? selection.image : images.indices.contains(selection.item) ? images[selection.item] : nil
    change(&imageFilter)
    if view == .image { stepsThroughList = true }
    ensureImageList()
    let place = current.flatMap { image in listedImages.firstIndex(of: image) }
    if view == .image {
      imageListItem = place ?? 0
      if place == nil, let first = listedImages.first { selection.image = first }
    } else {
      selection.item = place ?? 0
    }
    message = "\(filterText), \(imageFilter.order.title)"
  }

  /// Only images of one class, the one that is looked at; or of any.
  mutating func switchClassFilter() {
    let label =
      view == .image
      ? self.label(of: selection.image)
      : listedImages.indices.contains(selection.item)
        ? self.label(of: listedImages[selection.item]) : selection.classIndex
    if imageFilter.truth == nil, label == nil {
      message = "this image carries no label"
      return
    }
    refilter {
      $0.predicted = nil
      $0.truth = $0.truth == nil ? label : nil
    }
  }

  /// `12 cat images classified as dog`, `4 wrong images with confidence below 60 %`.
  var filterText: String {
    let count = listedImages.count
    var words = [NumberText.grouped(count)]
    if imageFilter.verdict != .all { words.append(imageFilter.verdict.title) }
    if let truth = imageFilter.truth { words.append(className(truth)) }
    words.append(count == 1 ? "image" : "images")
    if let predicted = imageFilter.predicted {
      let name = predicted < classCount ? className(predicted) : "no class of the data set"
      words.append("classified as \(name)")
    }
    if let range = imageFilter.confidence { words.append("with \(range.title)") }
    return words.joined(separator: " ")
  }
}
