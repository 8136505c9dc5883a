import Analysis
import ArgumentParser
import Layout
import Tensors

/// `convscope-lab bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Bundle the links of a signed weight matrix without loss.")

  @Argument(help: "Weights, rows × columns (.npy); 0 is no link.")
  var file: String

  @Option(help: "Rounds of taking biclusters out and covering anew; chosen by size when absent.")
  var budget: Int?

  @Option(help: "Starting links tried for each bicluster.")
  var tries: Int?

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (budget ?? 0) >= 0, (tries ?? 1) > 0 else {
      throw ValidationError("--budget must not be below 0, --tries above it.")
    }
  }

  func run() throws {
    let weights = try NumpyFile.matrix(at: file)
    var biclustering = Biclustering()
    (biclustering.improvements, biclustering.tries, biclustering.seed) = (budget, tries, seed)
    try LabOutput.report(seed: seed) {
      biclustering.cover(weights)
    } describe: { cover in
      try BundleOutput(cover, weights, seed: seed)
    }
  }
}

/// What `bundle` prints; `cpu_seconds` is the cover's alone.
struct BundleOutput: Encodable {
  struct Hub: Encodable {
    let sign: Int
    let left: [Int]
    let right: [Int]
  }

  let hubs: [Hub]
  let direct: [[Int]]
  let links: Int
  let lost: Int
  let spurious: Int
  let crossings: Int
  let crossingsDirect: Int
  let ink: Double
  let weightShare: Double
  let bundledShare: Double
  let leftOrder: [Int]
  let rightOrder: [Int]

  enum CodingKeys: String, CodingKey {
    case hubs, direct, links, lost, spurious, crossings, ink
    case crossingsDirect = "crossings_direct"
    case weightShare = "weight_share"
    case bundledShare = "bundled_share"
    case leftOrder = "left_order"
    case rightOrder = "right_order"
  }

  init(_ cover: BiclusterCover, _ weights: Matrix, seed: UInt64) throws {
    hubs = cover.biclusters.map {
      Hub(sign: $0.isExcitatory ? 1 : -1, left: $0.left, right: $0.right)
    }
    direct = cover.direct.map { [$0.left, $0.right, $0.isExcitatory ? 1 : -1] }
    links = cover.linkCount
    (lost, spurious) = cover.differences(from: weights)
    guard lost == 0, spurious == 0 else {
      throw LabError("The cover lost \(lost) links and added \(spurious), a defect; report it.")
    }
    let bundles = cover.biclusters.map { BundleGraph.Bundle(left: $0.left, right: $0.right) }
    let single = cover.direct.map { BundleGraph.Bundle(left: [$0.left], right: [$0.right]) }
    let ordered = try Self.order(bundles + single, weights, seed)
    (crossings, ink) = (ordered.crossings, ordered.ink)
    (leftOrder, rightOrder) = (ordered.columnOrders[0], ordered.columnOrders[1])
    let all = weights.values.indices.filter {
      weights.values[$0] != 0 && weights.values[$0].isFinite
    }.map {
      BundleGraph.Bundle(left: [$0 / weights.columnCount], right: [$0 % weights.columnCount])
    }
    crossingsDirect = try Self.order(all, weights, seed).crossings
    weightShare = Self.drawnShare(cover, weights)
    bundledShare = cover.bundledShare
  }

  /// Share of the finite absolute weight on links that are drawn.
  private static func drawnShare(_ cover: BiclusterCover, _ weights: Matrix) -> Double {
    var isDrawn = Array(repeating: false, count: weights.values.count)
    for edge in cover.direct { isDrawn[edge.left * weights.columnCount + edge.right] = true }
    for bicluster in cover.biclusters {
      for row in bicluster.left {
        for column in bicluster.right { isDrawn[row * weights.columnCount + column] = true }
      }
    }
    let finite = weights.values.indices.filter { weights.values[$0].isFinite }
    let sum = { (places: [Int]) in
      places.reduce(0.0) { $0 + Double(weights.values[$1].magnitude) }
    }
    let total = sum(finite)
    return total > 0 ? sum(finite.filter { isDrawn[$0] }) / total : 1
  }

  private static func order(
    _ bundles: [BundleGraph.Bundle], _ weights: Matrix, _ seed: UInt64
  ) throws -> BundledEdges {
    let sizes = [weights.rowCount, weights.columnCount]
    guard let graph = BundleGraph(columnSizes: sizes, gaps: [bundles]) else {
      throw LabError("A bundle names a row or column that does not exist.")
    }
    var ordering = BundleOrdering()
    ordering.seed = seed
    return ordering.order(graph)
  }
}
