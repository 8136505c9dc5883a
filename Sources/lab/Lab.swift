import ArgumentParser

/// The core algorithms on files, one JSON object out.
@main
struct Lab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convscope-lab",
    abstract: "Run convscope's algorithms on a file and print the result as JSON.",
    discussion: """
      Matrices are .npy files of 32-bit floats in two dimensions, C order. Equal input and seed \
      give equal output but for cpu_seconds.
      """,
    version: labVersion,
    subcommands: [
      ClusterCommand.self, SeriateCommand.self, PackCommand.self, LayoutCommand.self,
      BundleCommand.self,
    ])
}

/// Version of the JSON that the commands print.
let labVersion = "1"
