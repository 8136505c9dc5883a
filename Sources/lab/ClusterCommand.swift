import Analysis
import ArgumentParser
import Tensors

/// `convscope-lab cluster`.
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Group rows by direction: breathing k-means on unit-length rows.")

  @Argument(help: "Activations, neurons × classes (.npy).")
  var file: String

  @Option(name: .customShort("k"), help: "Clusters; chosen by silhouette when absent.")
  var clusterCount: Int?

  @Option(help: "Independent starts; the best wins. 3 for up to 1,024 rows, else 1.")
  var starts: Int?

  @Option(help: "\(ClusterMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var method = ClusterMethod.kmeans

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func run() throws {
    let matrix = try NumpyFile.matrix(at: file)
    try LabOutput.report(seed: seed) {
      try cluster(matrix)
    } describe: { profiles, labels in
      let count = (labels.max() ?? -1) + 1
      let distances = SilhouetteDistances(profiles, seed: seed)
      return ClusterOutput(
        labels: profiles.spread(labels), k: count,
        inertia: inertia(of: labels, in: profiles.unitRows),
        silhouette: distances.meanSilhouette(labels, clusterCount: count))
    }
  }

  private func cluster(_ matrix: Matrix) throws -> (ActivationProfiles, [Int]) {
    let profiles = ActivationProfiles(matrix)
    let count = clusterCount ?? NeuronClustering().cluster(matrix, seed: seed).clusterCount
    guard let linkage = Linkage.Method(rawValue: method.rawValue) else {
      let starts = starts ?? KMeans.suggestedStarts(rowCount: profiles.live.count)
      let search = KMeans(clusterCount: max(1, count), seed: seed, starts: starts)
      return (profiles, try search.partition(profiles).labels)
    }
    let tree = try Linkage(method: linkage).dendrogram(profiles)
    return (profiles, tree.labels(clusterCount: count))
  }
}

/// How to make clusters.
enum ClusterMethod: String, ExpressibleByArgument, CaseIterable {
  case kmeans
  case ward
  case average
  case complete
}

/// What `cluster` prints.
struct ClusterOutput: Encodable {
  let labels: [Int]
  let k: Int
  let inertia: Double
  let silhouette: Double?
}
