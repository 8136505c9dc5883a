import ArgumentParser
import Layout

/// `convscope-lab layout`.
struct LayoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layout",
    abstract: "Lay out a layer graph in ranks.")

  @Argument(help: #"JSON: {"nodes": [{"h"}], "edges": [[from, to]]}; "h", lanes, may be absent."#)
  var file: String

  @Option(help: "Attempts at fewer crossings for each block.")
  var budget = 4

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func run() throws {
    guard 0...1_000_000 ~= budget else { throw ValidationError("--budget must be in 0...1000000.") }
    let input = try LabInput.decode(LayoutInput.self, at: file)
    let pairs = input.edges.filter { $0.count == 2 }
    let graph = LayerGraph(
      nodeCount: input.nodes.count, edges: pairs.map { LayerGraph.Edge($0[0], $0[1]) },
      heights: input.nodes.map { $0.h ?? 1 })
    guard let graph, pairs.count == input.edges.count else {
      throw LabError(
        "\(file): an edge names a node that does not exist, or a height is not above 0.")
    }
    var layouts = LayeredLayouts()
    (layouts.effort, layouts.seed) = (budget, seed)
    try LabOutput.report(seed: seed) {
      layouts.layout(graph)
    } describe: { found in
      LayoutOutput(
        ranks: found.ranks, lanes: found.lanes, orders: found.orders,
        crossings: found.crossings, span: found.span)
    }
  }
}

/// The file that `layout` reads.
struct LayoutInput: Decodable {
  struct Node: Decodable {
    let h: Int?
  }

  let nodes: [Node]
  let edges: [[Int]]
}

/// What `layout` prints.
struct LayoutOutput: Encodable {
  let ranks: [Int]
  let lanes: [Int]
  let orders: [[Int]]
  let crossings: Int
  let span: Int
}
