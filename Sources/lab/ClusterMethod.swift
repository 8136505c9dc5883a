import Analysis
import ArgumentParser

/// How to make clusters.
enum ClusterMethod: String, ExpressibleByArgument, CaseIterable {
  case kmeans
  case ward
  case average
  case complete
  case meanShift = "mean-shift"
  case overlap
  case kernels

  /// The method on class profiles; nil for the others.
  var onProfiles: ClusteringMethod? { ClusteringMethod(rawValue: rawValue) }

  /// The linkage whose tree is cut; nil for methods without a tree over profiles.
  var linkage: Linkage.Method? { Linkage.Method(rawValue: rawValue) }

  /// Methods that compare rows at unit length.
  static var onProfiles: [ClusterMethod] { allCases.filter { $0.onProfiles != nil } }
}

/// Channels, height and width of a kernel, written as 3x5x5.
struct KernelShapeArgument: ExpressibleByArgument {
  let shape: KernelSimilarity.Shape

  init?(argument: String) {
    let sizes = argument.split(separator: "x").map { Int($0) }
    guard sizes.count == 3, let channels = sizes[0], let height = sizes[1], let width = sizes[2],
      min(channels, height, width) > 0
    else { return nil }
    shape = KernelSimilarity.Shape(channels: channels, height: height, width: width)
  }
}
