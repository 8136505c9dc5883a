import Analysis
import Atlases
import Networks
import Tensors

/// Atlases as a damaged file might give them: sizes that do not fit, numbers that are none.
enum DamagedAtlas {
  static func make(seed: UInt64) -> Atlas {
    var random = SeededGenerator(seed: seed)
    var atlas = PlantedAtlas.make(seed: seed)
    for index in atlas.layers.indices {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: atlas.layers[index].clustering?.labels = [7, -3, 2]
      case 1: atlas.layers[index].statistics?.topPatches = []
      case 2: atlas.layers[index].clusterOrder = [9, 9, -1, 0]
      case 3: atlas.layers[index].kernel = KernelStack(shape: [2, 1 << 40, 3, 3], values: [1])
      case 4:
        atlas.layers[index].connections = [
          Connection(
            source: .layer(LayerID(99)), strength: Matrix(rowCount: 1, columnCount: 1),
            through: [])
        ]
      case 5: atlas.layers[index].statistics?.meanOfMean = notFinite(index)
      case 6:
        atlas.network.layers[index].receptiveField = ReceptiveField(
          size: [.max], jump: [], start: [.min])
      default: atlas.layers[index].statistics?.topPatches = wildPatches(index)
      }
    }
    atlas.network.stages[1].blocks[0].layers.append(LayerID(400))
    atlas.classification?.confusion = [1, 2, 3]
    atlas.classification?.predictions = [nil]
    return atlas
  }

  static func withoutLayers() -> Atlas {
    var atlas = PlantedAtlas.structureOnly()
    atlas.network.layers = []
    atlas.network.stages = []
    atlas.network.edges = []
    atlas.network.notes = ["the network has no convolution and no dense layer"]
    atlas.layers = []
    return atlas
  }

  private static func notFinite(_ index: Int) -> Matrix {
    Matrix(
      rowCount: PlantedNetwork.sizes[index],
      columnCount: PlantedNetwork.classes.count, repeating: .nan)
  }

  private static func wildPatches(_ index: Int) -> [[TopPatch]] {
    Array(
      repeating: [
        TopPatch(image: .max, y: .max, x: .min, value: .infinity),
        TopPatch(image: -5, y: -1, x: 3, value: .nan),
      ], count: PlantedNetwork.sizes[index])
  }
}
