import ArgumentParser
import Pipeline

/// Joins the shards of one analysis.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the parts of one analysis into one atlas.",
    discussion: """
      convscope merge -o model.atlas part1.atlas part2.atlas

      The result is what one analysis of all images would have written.
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Atlas to write.", valueName: "atlas"),
    completion: .file(extensions: ["atlas"]))
  var output: String

  @Argument(
    help: ArgumentHelp("Atlases made with --shard.", valueName: "part"),
    completion: .file(extensions: ["atlas"]))
  var parts: [String]

  func run() throws {
    let output = try OutputPath.writable(output, as: .atlas)
    let merging = try AtlasMerging(paths: try parts.map(InputPath.file))
    let atlas = try about(output) { try merging.write(to: output) }
    try Standard.print(AnalysisText.summary(of: atlas, path: output, how: nil))
  }
}
