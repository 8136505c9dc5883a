import Analysis
import Atlases
import Canvas
import Networks
import Tensors
import Testing

@testable import Explorer

struct FeaturePagesTests {
  private let atlas = PlantedAtlas.make()

  private func pages(_ layer: Int, cluster: Int?, height: Int, width: Int) -> FeaturePages {
    let digest = LayerDigest(layer, in: atlas)
    var pages = FeaturePages(
      PackingKey(
        layer: layer, cluster: cluster, importance: .activation,
        room: ScreenSize(height: height, width: width)), digest,
      importance: digest.importances[.activation] ?? [])
    while !pages.isComplete { pages.add() }
    return pages
  }

  @Test(arguments: [(4, 8), (4, 16), (5, 30), (9, 20), (20, 60), (40, 120)])
  func `pages show every neuron once, legibly, apart and in the room`(height: Int, width: Int) {
    for layer in atlas.network.layers.indices {
      let digest = LayerDigest(layer, in: atlas)
      let all = pages(layer, cluster: nil, height: height, width: width)
      let shown = all.pages.flatMap(\.tiles)
      #expect(
        shown.map(\.neuron).sorted()
          == (0..<digest.neuronCount).filter { !digest.topPatches($0).isEmpty })
      let room = CellRect(row: 0, column: 0, height: height, width: width)
      for page in all.pages {
        for (index, tile) in page.tiles.enumerated() {
          #expect(tile.area.height >= 4 && tile.area.width == 2 * tile.area.height)
          #expect(tile.area.intersection(room) == tile.area)
          for other in page.tiles.dropFirst(index + 1) {
            let shared = tile.area.intersection(other.area)
            #expect(shared.height == 0 || shared.width == 0)
          }
        }
      }
    }
  }

  @Test func `what finds no room is counted`() {
    let all = pages(3, cluster: nil, height: 8, width: 16)
    #expect(all.pages[0].tiles.count == 4)
    #expect(all.pages.map(\.hidden) == [12, 8, 4, 0])
  }

  @Test func `a room below the smallest picture shows none and ends`() {
    let all = pages(3, cluster: 0, height: 3, width: 40)
    #expect(all.pages.count == 1 && all.pages[0].tiles.isEmpty && all.pages[0].hidden == 4)
  }

  @Test func `the most important neurons come first`() {
    let digest = LayerDigest(3, in: atlas)
    let importance =
      digest.statistics.map {
        Importance.activation.values($0, $0.selectivityScores())
      } ?? []
    let first = pages(3, cluster: 0, height: 4, width: 8).pages[0].tiles.map(\.neuron)
    let best = digest.clusters[0].members.max { importance[$0] < importance[$1] }
    #expect(first == best.map { [$0] })
  }

  @Test func `every neuron is reached by the keys`() {
    var state = settledState(height: 12, width: 40, after: "l l l enter enter z")
    var seen: Set<Int> = [state.selection.neuron]
    for word in ["pgdn", "right", "down", "pgdn", "right", "down", "pgdn", "right"] {
      play(word, on: &state)
      seen.insert(state.selection.neuron)
    }
    #expect(seen == Set(state.cluster?.members ?? []))
  }
}

struct SimilarRunsTests {
  @Test func `runs end where neighbours differ`() {
    let digest = LayerDigest(7, in: PlantedAtlas.make())
    guard let means = digest.statistics?.meanOfMean else {
      Issue.record("no figures")
      return
    }
    let runs = similarRuns(digest.rows, means)
    #expect(runs.flatMap(\.self) == digest.rows)
    #expect(runs.count == 3)
    for run in runs.dropFirst() {
      let first = digest.rowOfNeuron[run[0]]
      let (one, other) = (digest.rows[first - 1], digest.rows[first])
      #expect(digest.placeOfNeuron[one] != digest.placeOfNeuron[other])
    }
  }
}
