import FoundationEssentials

extension RunLog {
  private static let eventFolders = ["", "tb", "tensorboard", "logs", "runs", "events"]
  private static let largestEventFile = 1 << 26
  private static let largestEventFileCount = 16

  /// What TensorBoard's event files in a folder, or one that is usually beside checkpoints, say. Later
  /// files, which name the time they were begun at, count more.
  static func events(inFolder folder: String) -> RunLog? {
    for name in eventFolders {
      let path = name.isEmpty ? folder : "\(folder)/\(name)"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let files = sortedNaturally(names.filter { $0.contains(".tfevents.") })
      guard let last = files.last else { continue }
      var scalars: [EventFile.Scalar] = []
      for file in files.suffix(largestEventFileCount) {
        guard let bytes = try? readFile("\(path)/\(file)", limit: largestEventFile)
        else { continue }
        scalars += EventFile(bytes.span).scalars
      }
      if let log = RunLog(name: last, records(scalars)) { return log }
    }
    return nil
  }

  /// One record a step; where training logged the epoch, it goes by that.
  private static func records(
    _ scalars: [EventFile.Scalar]
  ) -> [[(name: String, value: Double)]] {
    var epochs: [Int: Double] = [:]
    for scalar in scalars where scalar.tag.lowercased() == "epoch" {
      epochs[scalar.step] = scalar.value
    }
    return scalars.map { scalar in
      [
        (name: "epoch", value: epochs[scalar.step] ?? Double(scalar.step)),
        (name: scalar.tag, value: scalar.value),
      ]
    }
  }
}
