import Analysis
import ArgumentParser
import Tensors

/// `convscope-lab seriate`.
struct SeriateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seriate",
    abstract: "Order rows so that similar ones are neighbours.")

  @Argument(help: "Activations, neurons × classes (.npy).")
  var file: String

  @Option(
    help: """
      path: shortest path; two-level: clusters as a gradient, paths inside; leaf-order: the \
      shortest that the tree of average linkage allows.
      """)
  var method = SeriationMethod.path

  @Option(help: "Kicks of the iterated search; chosen by the number of rows when absent.")
  var budget: Int?

  @Option(name: .customShort("k"), help: "Clusters of two-level; about √rows when absent.")
  var clusterCount: Int?

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func validate() throws {
    if let budget, budget < 0 { throw ValidationError("--budget must not be negative.") }
    if let clusterCount, clusterCount < 1 { throw ValidationError("-k must be at least 1.") }
  }

  func run() throws {
    let matrix = try NumpyFile.matrix(at: file)
    try LabOutput.report(seed: seed) {
      try order(matrix)
    } describe: { found in
      SeriateOutput(
        order: found.order.order, live: ActivationProfiles(matrix).live.count,
        pathLength: found.pathLength, lowerBound: found.lowerBound, gap: found.gap,
        antiRobinson: found.antiRobinson)
    }
  }

  private func order(_ matrix: Matrix) throws -> SeriationResult {
    let seriation = Seriation(
      budget: budget ?? Seriation.suggestedBudget(rowCount: matrix.rowCount), seed: seed)
    switch method {
    case .path: return seriation.path(matrix)
    case .leafOrder: return seriation.leafOrder(matrix)
    case .twoLevel:
      let rows = Double(matrix.rowCount)
      let count = clusterCount ?? max(8, min(40, Int(rows.squareRoot())))
      let labels = try KMeans(clusterCount: count, seed: seed, starts: 1)
        .partition(ActivationProfiles(matrix)).labels
      let spread = ActivationProfiles(matrix).spread(labels)
      return seriation.twoLevel(matrix, labels: spread).rows
    }
  }
}

/// What kind of order to make.
enum SeriationMethod: String, ExpressibleByArgument, CaseIterable {
  case path
  case twoLevel = "two-level"
  case leafOrder = "leaf-order"
}

/// What `seriate` prints.
struct SeriateOutput: Encodable {
  let order: [Int]
  let live: Int
  let pathLength: Double
  let lowerBound: Double?
  let gap: Double?
  let antiRobinson: Double?

  enum CodingKeys: String, CodingKey {
    case order, live, gap
    case pathLength = "path_length"
    case lowerBound = "lower_bound"
    case antiRobinson = "anti_robinson"
  }
}
