import ArgumentParser
import CHeap
import Glibc
import Pipeline
import Terminal

/// The command tree; what to do without a subcommand is ``Explore``.
struct Convscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convscope",
    abstract: "A terminal explorer for trained convolutional networks.",
    usage: """
      convscope <model or atlas> [--data <path>] [<options>]
      convscope <subcommand>
      """,
    discussion: """
      convscope model.onnx --data val/          explore while the images run
      convscope model.onnx                      the structure alone
      convscope analyze model.onnx --data val/ -o model.atlas
      convscope model.atlas                     explore it later, anywhere
      convscope show model.atlas network        print a screen
      convscope check model.atlas               what is wrong with it, worst first
      convscope info model.onnx --json          layers and shapes for scripts
      convscope run checkpoints/ --data val/    a training run, checkpoint by checkpoint

      A file named like a subcommand is opened by its path: convscope ./info
      """,
    version: "convscope \(ConvscopeVersion.current)",
    groupedSubcommands: [
      CommandGroup(
        name: "Looking",
        subcommands: [
          Explore.self, Show.self, Check.self, Info.self, Run.self, Compare.self,
        ]),
      CommandGroup(name: "Analysis", subcommands: [Analyze.self, Merge.self, Ablate.self]),
      CommandGroup(name: "Machine", subcommands: [Doctor.self, Manual.self]),
    ],
    defaultSubcommand: Explore.self)
}

@main
enum Main {
  static func main() {
    // A file that grows beyond its limit is an error like a full disk, not the end.
    signal(SIGXFSZ, SIG_IGN)
    TerminalSignals.explainCutFiles()
    giveBackLargeBlocks()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Blocks from 1 MiB go back to the system when they are freed. Left to itself glibc raises that
  /// bound with the largest block it has seen, and the heap grows while images run.
  private static func giveBackLargeBlocks() {
    mallopt(M_MMAP_THRESHOLD, 1 << 20)
  }

  /// Parses and runs; what went wrong is one sentence on standard error.
  private static func run(_ arguments: [String]) -> Int32 {
    if arguments == ["--help"] || arguments == ["-h"] || arguments == ["help"] {
      return printed(rootHelp())
    }
    var command: any ParsableCommand
    do {
      command = try Convscope.parseAsRoot(arguments)
    } catch {
      if Convscope.exitCode(for: error) == .success { return printed(message(error)) }
      complain(usageSentence(message(error), arguments))
      return ExitStatus.usage
    }
    do {
      try command.run()
      return ExitStatus.done
    } catch {
      // Help for a subcommand comes as an error, too.
      if Convscope.exitCode(for: error) == .success { return printed(message(error)) }
      let failure = CommandFailure(error)
      complain(failure.sentence)
      return failure.status
    }
  }

  private static func message(_ error: any Error) -> String { Convscope.message(for: error) }

  private static func complain(_ sentence: String) {
    Standard.error.write("convscope: \(sentence)\n")
  }

  private static func printed(_ text: String) -> Int32 {
    Standard.output.write(text.hasSuffix("\n") ? text : text + "\n")
      ? ExitStatus.done : ExitStatus.failed
  }

  /// The parser's message as one sentence, with where to read on.
  private static func usageSentence(_ message: String, _ arguments: [String]) -> String {
    let sentence = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let trimmed = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    let known = Convscope.configuration.subcommands.compactMap { $0._commandName }
    let command = arguments.first.flatMap { known.contains($0) ? "help \($0)" : nil }
    return "\(trimmed.lowercasedFirst); see `convscope \(command ?? "--help")`."
  }

  /// The help of the root, with the options of the command that needs no name.
  private static func rootHelp() -> String {
    let own = Convscope.helpMessage().components(separatedBy: "\n\n")
    let explorer = Explore.helpMessage().components(separatedBy: "\n\n").filter {
      $0.hasPrefix("EXPLORER") || $0.hasPrefix("DATA") || $0.hasPrefix("ENGINE")
        || $0.hasPrefix("SCREEN")
    }
    let place = own.firstIndex { $0.hasPrefix("OPTIONS:") } ?? own.endIndex
    return (own[..<place] + explorer + own[place...]).joined(separator: "\n\n")
  }
}

extension String {
  /// With a small first letter, unless the word is all capitals.
  fileprivate var lowercasedFirst: String {
    guard let first, dropFirst().first?.isLowercase == true else { return self }
    return first.lowercased() + dropFirst()
  }
}

extension String {
  /// The parts between occurrences of a separator.
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: true).map(String.init)
  }
}
