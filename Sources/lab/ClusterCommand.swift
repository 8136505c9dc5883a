import Analysis
import ArgumentParser
import Tensors

/// `convscope-lab cluster`.
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Group rows by direction, by overlap or by kernel.",
    discussion: """
      Without -k the number of clusters is chosen by silhouette and the curve is printed; \
      mean-shift finds its own. Methods of the first row compare rows at unit length:

        \(ClusterMethod.onProfiles.map(\.rawValue).joined(separator: ", "))
        overlap: each row holds numbers of images, -1 for none
        kernels: each row is a kernel; give its shape with --kernel
      """)

  @Argument(help: "Activations, neurons × classes (.npy).")
  var file: String

  @Option(name: .customShort("k"), help: "Clusters; chosen by silhouette when absent.")
  var clusterCount: Int?

  @Option(help: "Cut the tree of a linkage at this height instead.")
  var height: Float?

  @Option(help: "Most clusters considered when -k is absent; √rows, but 12 to 24, when absent.")
  var mostClusters: Int?

  @Option(help: "Independent starts; the best wins. 3 for up to 1,024 rows, else 1.")
  var starts: Int?

  @Option(help: "\(ClusterMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var method = ClusterMethod.kmeans

  @Option(help: "Radius of mean-shift's window between unit rows; estimated when absent.")
  var bandwidth: Double?

  @Option(help: "Shape of kernels: channels, height and width, as 3x5x5.")
  var kernel: KernelShapeArgument?

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func validate() throws {
    if let clusterCount, clusterCount < 1 { throw ValidationError("-k must be at least 1.") }
    if let mostClusters, mostClusters < 2 {
      throw ValidationError("--most-clusters must be at least 2.")
    }
    if let starts, starts < 1 { throw ValidationError("--starts must be at least 1.") }
    if let bandwidth, !(bandwidth > 0 && bandwidth.isFinite) {
      throw ValidationError("--bandwidth must be above 0.")
    }
    if height != nil, method.linkage == nil {
      throw ValidationError("--height cuts a tree: use --method ward, average or complete.")
    }
    if method == .kernels, kernel == nil {
      throw ValidationError("--method kernels needs --kernel, as 3x5x5.")
    }
  }

  func run() throws {
    let matrix = try NumpyFile.matrix(at: file)
    switch method {
    case .overlap:
      let search = PatchOverlap(seed: seed)
      try report { try search.cluster(imageSets(matrix), into: clusterCount) }
    case .kernels:
      guard let kernel else { return }
      let search = KernelSimilarity(shape: kernel.shape, seed: seed)
      try report { try search.cluster(matrix, into: clusterCount) }
    default: try reportProfiles(matrix)
    }
  }

  private func report(_ work: () throws -> Clustering) throws {
    try LabOutput.report(seed: seed, work) { found in
      ClusterOutput(labels: found.labels, k: found.clusterCount, silhouette: found.silhouette)
    }
  }

  private func reportProfiles(_ matrix: Matrix) throws {
    try LabOutput.report(seed: seed) {
      let profiles = ActivationProfiles(matrix)
      return (profiles, try labels(of: profiles))
    } describe: { profiles, found in
      let distances = SilhouetteDistances(profiles, seed: seed)
      return ClusterOutput(
        labels: profiles.spread(found.labels), k: found.clusterCount,
        inertia: inertia(of: found.labels, in: profiles.unitRows),
        silhouette: distances.meanSilhouette(found.labels, clusterCount: found.clusterCount),
        curve: found.curve, bandwidth: found.bandwidth)
    }
  }

  /// What is timed: the clustering alone where the number of clusters is given.
  private func labels(of profiles: ActivationProfiles) throws -> FoundLabels {
    if let linkage = method.linkage, height != nil || clusterCount != nil {
      let tree = try Linkage(method: linkage).dendrogram(profiles)
      return FoundLabels(
        height.map { tree.labels(height: $0) } ?? tree.labels(clusterCount: clusterCount ?? 1))
    }
    let suggested = KMeans.suggestedStarts(rowCount: profiles.live.count)
    if method == .kmeans, let clusterCount {
      let search = KMeans(clusterCount: clusterCount, seed: seed, starts: starts ?? suggested)
      return FoundLabels(try search.partition(profiles).labels)
    }
    var clustering = NeuronClustering()
    clustering.method = method.onProfiles ?? .kmeans
    clustering.clusterCount = clusterCount
    clustering.starts = starts
    clustering.bandwidth = bandwidth
    clustering.mostClusters =
      mostClusters ?? max(12, min(24, Int(Double(profiles.live.count).squareRoot())))
    let found = try clustering.analyze(profiles, seed: seed)
    return FoundLabels(found.labels, curve: found.curve, bandwidth: found.bandwidth)
  }

  private func imageSets(_ matrix: Matrix) -> [[Int]] {
    (0..<matrix.rowCount).map { row in
      matrix.row(row).filter { $0 >= 0 }.compactMap { Int(exactly: $0) }
    }
  }
}

/// Labels of live rows and what led to them.
private struct FoundLabels {
  let labels: [Int]
  let clusterCount: Int
  let curve: [ClusterOutput.Point]?
  let bandwidth: Double?

  init(_ labels: [Int], curve: [SilhouettePoint] = [], bandwidth: Double? = nil) {
    self.labels = labels
    clusterCount = (labels.max() ?? -1) + 1
    self.curve =
      curve.isEmpty
      ? nil
      : curve.map {
        ClusterOutput.Point(k: $0.partition.clusterCount, silhouette: $0.silhouette)
      }
    self.bandwidth = bandwidth
  }
}

/// What `cluster` prints; what a method does not have is absent.
struct ClusterOutput: Encodable {
  /// A number of clusters and how well it fits.
  struct Point: Encodable {
    let k: Int
    let silhouette: Double
  }

  let labels: [Int]
  let k: Int
  var inertia: Double?
  let silhouette: Double?
  var curve: [Point]?
  var bandwidth: Double?
}
