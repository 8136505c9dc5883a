import ArgumentParser
import Atlases

extension ShardNumber: ExpressibleByArgument {
  /// `2/8`: the second of eight parts.
  public init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...100_000).contains(count), (1...count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }
}
