import ArgumentParser

@main
struct Convscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convscope", abstract: "A terminal explorer for trained convolutional networks.")

  func run() {}
}
