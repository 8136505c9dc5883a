import ArgumentParser
import FoundationEssentials

/// The command line as the argument parser describes it, the source of the manual.
struct CommandDescription: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool?
  var subcommands: [CommandDescription]?
  var arguments: [ArgumentDescription]?

  /// Of a whole program.
  init(of root: any ParsableCommand.Type) throws {
    struct Dump: Decodable {
      var command: CommandDescription
    }
    let json = Data(root._dumpHelp().utf8)
    self = try JSONDecoder().decode(Dump.self, from: json).command
  }

  /// Arguments a reader should know of, without the two that every command has.
  var shownArguments: [ArgumentDescription] {
    (arguments ?? []).filter { $0.shouldDisplay && !$0.isBuiltIn }
  }
}

/// One argument, option or flag.
struct ArgumentDescription: Decodable {
  struct Name: Decodable {
    var kind: String
    var name: String

    var spelled: String { kind == "short" ? "-\(name)" : "--\(name)" }
  }

  var kind: String
  var shouldDisplay: Bool
  var isOptional: Bool
  var isRepeating: Bool
  var names: [Name]?
  var valueName: String?
  var defaultValue: String?
  var allValues: [String]?
  var abstract: String?
  var discussion: String?

  var isBuiltIn: Bool {
    names?.contains { $0.name == "help" || $0.name == "version" } ?? false
  }
}
