import ArgumentParser
import FoundationEssentials
import Layout

/// `convscope-lab pack`.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Pack squares on a canvas, clusters whole.")

  @Argument(help: #"JSON: {"clusters": [{"items": [{"id", "importance"}]}]}."#)
  var file: String

  @Option(help: "Canvas width in pixels; from the file's \"px\" when absent.")
  var width: Int?

  @Option(help: "Canvas height in pixels; from the file's \"px\" when absent.")
  var height: Int?

  @Option(help: "Changes to the row of clusters tried to make squares larger.")
  var budget = 0

  @Option(help: "Smallest side in pixels.")
  var smallest = 1

  @Option(help: "Sides and places are multiples of this.")
  var grid = 1

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func validate() throws {
    for (name, value) in [("width", width), ("height", height)] {
      if let value, !(0...10_000 ~= value) {
        throw ValidationError("--\(name) must be between 0 and 10000.")
      }
    }
    guard smallest > 0, grid > 0, budget >= 0 else {
      throw ValidationError("--smallest and --grid must be above 0, --budget not below.")
    }
  }

  func run() throws {
    let input = try LabInput.decode(PackInput.self, at: file)
    guard let width = width ?? input.px?.first, let height = height ?? input.px?.last,
      0...10_000 ~= width, 0...10_000 ~= height
    else { throw LabError("\(file): no usable \"px\"; give --width and --height.") }
    var problem = PackingProblem(
      width: width, height: height,
      groups: input.clusters.map { cluster in
        cluster.items.map { PackingProblem.Item(item: $0.id, importance: $0.importance) }
      })
    (problem.smallestSide, problem.grid, problem.contrast) = (smallest, grid, nil)
    var packing = HierarchicalPacking()
    (packing.improvements, packing.seed) = (budget, seed)
    try LabOutput.report(seed: seed) {
      packing.pack(problem)
    } describe: { found in
      PackOutput(
        scale: found.scale, items: found.squares.map(\.item),
        rectangles: found.squares.map { [$0.x, $0.y, $0.side] }, density: found.density,
        legible: found.legibleShare, hidden: found.hidden)
    }
  }
}

/// The file that `pack` reads.
struct PackInput: Decodable {
  struct Cluster: Decodable {
    let items: [Item]
  }

  struct Item: Decodable {
    let id: Int
    let importance: Double
  }

  let px: [Int]?
  let clusters: [Cluster]
}

/// What `pack` prints; `rectangles` are [x, y, side] of `items`, in pixels.
struct PackOutput: Encodable {
  let scale: Double
  let items: [Int]
  let rectangles: [[Int]]
  let density: Double
  let legible: Double
  let hidden: Int
}
