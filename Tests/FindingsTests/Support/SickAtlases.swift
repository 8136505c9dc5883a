import Analysis
import Atlases
import Networks
import Tensors

/// One illness each, planted in the healthy network.
enum SickAtlases {
  static let dead = HealthyAtlas.make().withHealth(layer: 1, first: 5) { $0.isDead = true }
  static let deadLayer = HealthyAtlas.make().withHealth(layer: 2, first: 16) { $0.isDead = true }
  static let saturated = HealthyAtlas.make().withHealth(layer: 1, first: 9) {
    $0.isSaturated = true
  }
  static let nonFinite = HealthyAtlas.make().withHealth(layer: 0, first: 2) {
    $0.nonFiniteCount = 5
  }.with { $0.layers[2].weightStatistics?.nonFiniteCount = 4 }

  /// Neurons 0 to 2 of `conv2` fire in 1 of 160 images.
  static let nearlyDead = HealthyAtlas.make().with { atlas in
    for neuron in 0..<3 {
      for column in 0..<4 {
        atlas.layers[1].statistics?.firingShare[neuron, column] = column == 0 ? 0.025 : 0
      }
    }
  }

  /// 1, 2 and 3 of `conv2` repeat 0, 5 mirrors 4; 7 only has the mean of 6.
  static let duplicates = HealthyAtlas.make().with { atlas in
    atlas.layers[1].similarity?.pairs = [
      NeuronPair(first: 0, second: 1, cosine: 0.99, mapCosine: 0.97),
      NeuronPair(first: 0, second: 2, cosine: 0.96, mapCosine: 0.99),
      NeuronPair(first: 0, second: 3, cosine: 0.98, mapCosine: 0.98),
      NeuronPair(first: 4, second: 5, cosine: -0.97, mapCosine: -0.96),
      NeuronPair(first: 6, second: 7, cosine: 0.99, mapCosine: 0.3),
    ]
  }

  /// Of 16 neurons of `fc1` 4 are dead and 5 repeat neuron 4.
  static let wide = HealthyAtlas.make().withHealth(layer: 2, first: 4) { $0.isDead = true }
    .with { atlas in
      atlas.layers[2].similarity?.pairs = (5..<10).map {
        NeuronPair(first: 4, second: $0, cosine: 0.99, mapCosine: 0.99)
      }
    }

  /// Every neuron of `fc1` serves all classes nearly alike, and a third of the images is wrong.
  static let narrow = HealthyAtlas.make().with { atlas in
    for neuron in 0..<16 {
      for column in 0..<4 {
        atlas.layers[2].statistics?.meanOfMean[neuron, column] =
          column == neuron % 4 ? 1.1 : 1
      }
    }
    atlas.classification = HealthyAtlas.classification(right: 33)
  }

  static let exploding = scaled(by: [1, 10, 1e8, 1])
  static let vanishing = scaled(by: [1e4, 10, 1e-1, 1])
  static let overflowing = HealthyAtlas.make().with {
    $0.layers[1].statistics?.topPatches[5][0].value = 70_000
  }

  /// 12 of 40 cats are taken for dogs, 3 dogs for cats.
  static let confused = HealthyAtlas.make().with { atlas in
    atlas.classification?.confusion[0] = 28
    atlas.classification?.confusion[1] = 12
    atlas.classification?.confusion[5] = 3
    atlas.classification?.confusion[6] = 35
  }

  static let neverPredicted = HealthyAtlas.make().with { atlas in
    for row in 0..<4 {
      atlas.classification?.confusion[row * 5 + 3] = 0
      atlas.classification?.confusion[row * 5 + 2] = row == 2 ? 40 : row == 3 ? 4 : 0
    }
    atlas.classification?.confusion[15] = 12
    atlas.classification?.confusion[16] = 12
    atlas.classification?.confusion[19] = 12
  }

  static let collapsed = HealthyAtlas.make().with { atlas in
    atlas.classification?.confusion = (0..<20).map { $0 % 5 == 1 ? 40 : 0 }
    atlas.classification?.top1Count = 40
  }

  static let guessing = HealthyAtlas.make().with { atlas in
    atlas.classification?.confusion = (0..<20).map { $0 % 5 == 4 ? 0 : 10 }
    atlas.classification?.top1Count = 40
  }

  static let withoutOutput = HealthyAtlas.make().with { atlas in
    atlas.classification?.outputOfClass[2] = nil
  }

  /// The two wrong images of each class are wrong with 99 % confidence.
  static let noisy = HealthyAtlas.make().with {
    $0.classification = HealthyAtlas.classification(right: 38, confidence: 0.99)
  }

  static let misfed = HealthyAtlas.make().with { atlas in
    atlas.provenance.preprocessing?.chosen = HealthyAtlas.trial("0…255", 0.4)
  }

  static let overfitted = HealthyAtlas.make().with {
    $0.classification = HealthyAtlas.classification(right: 24)
  }

  static let unreadable = HealthyAtlas.make().with { atlas in
    atlas.provenance.unreadableImageCount = 5
    atlas.provenance.unreadableImages = ["a.png: not an image"]
  }

  /// Half a layer is dead, but 60 images prove nothing.
  static let few = HealthyAtlas.make().withHealth(layer: 0, first: 8) { $0.isDead = true }
    .with { atlas in
      for layer in atlas.layers.indices { atlas.layers[layer].statistics?.imageCount = 60 }
      atlas.provenance.analyzedImageCount = 60
    }

  static var all: [Atlas] {
    [
      dead, deadLayer, saturated, nonFinite, nearlyDead, duplicates, wide, narrow, exploding,
      vanishing, overflowing, confused, neverPredicted, collapsed, guessing, withoutOutput, noisy,
      misfed, overfitted, unreadable, few,
    ]
  }

  private static func scaled(by factors: [Float]) -> Atlas {
    HealthyAtlas.make().with { atlas in
      for (layer, factor) in factors.enumerated() {
        let values = atlas.layers[layer].statistics?.secondMomentOfMax
        guard let values else { continue }
        atlas.layers[layer].statistics?.secondMomentOfMax = Matrix(
          rowCount: values.rowCount, columnCount: values.columnCount,
          values: values.values.map { $0 * factor * factor })
      }
    }
  }
}
