import ArgumentParser

/// Prints the manual page; `Docs/convscope.1` is its output.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help-man", abstract: "Print the manual page.", shouldDisplay: false)

  func run() throws {
    try Standard.print(ManualPage(root: CommandDescription(of: Convscope.self)).text())
  }
}
