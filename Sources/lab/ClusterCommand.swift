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

  @Option(help: "Independent starts; the best wins.")
  var starts = 3

  @Option(help: "Seed of all chance.")
  var seed: UInt64 = 1

  func run() throws {
    let matrix = try NumpyFile.matrix(at: file)
    try LabOutput.report(seed: seed) {
      try cluster(matrix)
    } describe: { profiles, found in
      let distances = SilhouetteDistances(profiles, seed: seed)
      return ClusterOutput(
        labels: profiles.spread(found.labels), k: found.clusterCount, inertia: found.inertia,
        silhouette: distances.meanSilhouette(found.labels, clusterCount: found.clusterCount))
    }
  }

  private func cluster(_ matrix: Matrix) throws -> (ActivationProfiles, KMeansPartition) {
    let profiles = ActivationProfiles(matrix)
    let count = clusterCount ?? NeuronClustering().cluster(matrix, seed: seed).clusterCount
    let search = KMeans(clusterCount: max(1, count), seed: seed, starts: starts)
    return (profiles, try search.partition(profiles))
  }
}

/// What `cluster` prints.
struct ClusterOutput: Encodable {
  let labels: [Int]
  let k: Int
  let inertia: Double
  let silhouette: Double?
}
