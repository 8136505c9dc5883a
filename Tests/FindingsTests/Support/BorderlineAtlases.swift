import Analysis
import Atlases
import Networks
import Tensors

/// The healthy network with a little of one illness each, less than what counts.
enum BorderlineAtlases {
  static var all: [(name: String, atlas: Atlas)] {
    [
      ("3 of 16 dead", healthy.withHealth(layer: 1, first: 3) { $0.isDead = true }),
      ("1 of 16 saturated", healthy.withHealth(layer: 1, first: 1) { $0.isSaturated = true }),
      ("saturated and dead is dead", saturatedAndDead),
      ("1 of 50 images fires, silent", seldom),
      ("cosine 0.94, silent", alike),
      ("scales 1,000 apart, silent", scaled),
      ("the largest float16, silent", largestHalf),
      ("7 of 40 confused, silent", confused),
      ("a gap of 5 points, silent", learned),
      ("94 % sure of another class, silent", unsure),
      ("a class of 5 images that is never predicted, silent", rareClass),
      ("half of all images given one answer", favoured),
      ("1 of 200 images unreadable", unreadable),
    ]
  }

  private static let healthy = HealthyAtlas.make()

  private static let saturatedAndDead = healthy.withHealth(layer: 1, first: 3) {
    $0.isSaturated = true
    $0.isDead = true
  }

  private static let seldom = healthy.with { atlas in
    for column in 0..<4 { atlas.layers[1].statistics?.firingShare[0, column] = 0.02 }
  }

  private static let alike = healthy.with { atlas in
    atlas.layers[1].similarity?.pairs = [
      NeuronPair(first: 0, second: 1, cosine: 0.94, mapCosine: 0.99)
    ]
  }

  private static let scaled = healthy.with { atlas in
    guard let moments = atlas.layers[2].statistics?.secondMomentOfMax else { return }
    atlas.layers[2].statistics?.secondMomentOfMax = Matrix(
      rowCount: moments.rowCount, columnCount: moments.columnCount,
      values: moments.values.map { $0 * 1e6 })
  }

  private static let largestHalf = healthy.with {
    $0.layers[1].statistics?.topPatches[5][0].value = 65_504
  }

  private static let confused = healthy.with { atlas in
    atlas.classification?.confusion[0] = 33
    atlas.classification?.confusion[1] = 7
  }

  private static let learned = healthy.with {
    $0.classification = HealthyAtlas.classification(right: 36)
  }

  private static let unsure = healthy.with {
    $0.classification = HealthyAtlas.classification(right: 38, confidence: 0.94)
  }

  /// Ships are 5 images of 125, all taken for frogs.
  private static let rareClass = healthy.with { atlas in
    atlas.classification?.confusion[2 * 5 + 2] = 40
    atlas.classification?.confusion[2 * 5 + 3] = 0
    atlas.classification?.confusion.replaceSubrange(15..<20, with: [0, 0, 5, 0, 0])
    atlas.classification?.labeledCount = 125
    atlas.classification?.top1Count = 116
  }

  private static let favoured = healthy.with { atlas in
    atlas.classification?.confusion = [
      33, 7, 0, 0, 0, 7, 33, 0, 0, 0, 7, 0, 33, 0, 0, 7, 0, 0, 33, 0,
    ]
  }

  private static let unreadable = healthy.with { atlas in
    atlas.provenance.unreadableImageCount = 1
    atlas.provenance.unreadableImages = ["a.png: not an image"]
  }
}
