import Explorer
import Pipeline

/// The manual page, in the `man` macros of roff, from the command line's own definitions and
/// the table of keys.
struct ManualPage {
  var root: CommandDescription

  /// The whole page; the same for the same program.
  func text() -> String {
    let commands = (root.subcommands ?? []).filter {
      $0.shouldDisplay != false && $0.commandName != "help"
    }
    var lines = [
      ".\\\" Made by `convscope help-man`; do not edit.",
      ".TH CONVSCOPE 1 \"\" \"convscope \(ConvscopeVersion.current)\" \"User Commands\"",
      ".ad l", ".SH NAME", "convscope \\- \(uncapitalized(root.abstract ?? ""))",
      ".SH SYNOPSIS",
      ".B convscope", "\\fIMODEL\\fR|\\fIATLAS\\fR [\\fB\\-\\-data\\fR \\fIPATH\\fR]", ".br",
    ]
    lines += commands.filter { $0.commandName != "explore" }.flatMap(synopsis).dropLast()
    lines += [".SH DESCRIPTION"] + introduction
    lines += [".SH COMMANDS"] + commands.flatMap(describe)
    lines += [".SH KEYS"] + keys()
    lines += closing + [".SH EXAMPLES", ".nf"]
    lines += escaped(root.discussion ?? "").split(separator: "\n").map(String.init)
    lines += [".fi"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func synopsis(_ command: CommandDescription) -> [String] {
    let positional = command.shownArguments.filter { $0.kind == "positional" }
      .map { "\\fI\(escaped(($0.valueName ?? "").uppercased()))\\fR\($0.isRepeating ? "..." : "")" }
    let required = command.shownArguments.filter { $0.kind == "option" && !$0.isOptional }
      .map { label($0, allNames: false) }
    return [
      ".B convscope \(command.commandName)",
      (positional + required + ["[options]"]).joined(separator: " "), ".br",
    ]
  }

  private func describe(_ command: CommandDescription) -> [String] {
    let name =
      command.commandName == "explore" ? "explore (when no command is named)" : command.commandName
    var lines = [".SS \(name)", escaped(command.abstract ?? "")]
    if let discussion = command.discussion {
      lines += [".PP", ".nf", escaped(discussion), ".fi"]
    }
    for argument in command.shownArguments {
      lines += [".TP", label(argument), escaped(explanation(argument))]
    }
    return lines
  }

  private func label(_ argument: ArgumentDescription, allNames: Bool = true) -> String {
    let value = "\\fI\(escaped((argument.valueName ?? "value").uppercased()))\\fR"
    guard argument.kind != "positional" else { return value }
    let names = (argument.names ?? []).prefix(allNames ? .max : 1).map {
      "\\fB\(escaped($0.spelled))\\fR"
    }
    let spelled = names.joined(separator: ", ")
    return argument.kind == "flag" ? spelled : "\(spelled) \(value)"
  }

  private func explanation(_ argument: ArgumentDescription) -> String {
    var parts = [argument.abstract ?? ""]
    if let values = argument.allValues, !values.isEmpty, argument.kind == "option" {
      parts.append("One of \(values.joined(separator: ", ")).")
    }
    if let standard = argument.defaultValue, argument.kind == "option" {
      parts.append("Default: \(standard).")
    }
    if let discussion = argument.discussion { parts.append(discussion) }
    return parts.joined(separator: " ").split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private func keys() -> [String] {
    Keymap.standard.bindings.filter { !$0.keys.isEmpty }.flatMap { binding in
      let views = binding.views.map(\.rawValue).joined(separator: ", ")
      return [
        ".TP", "\\fB\(escaped(binding.keyNames))\\fR",
        escaped(binding.help + (views.isEmpty ? "" : " (\(views))"))
          + " [\\fI:\(escaped(binding.command.rawValue))\\fR]",
      ]
    }
  }
}

/// Text with what roff would read as its own made harmless.
func escaped(_ text: String) -> String {
  var result = ""
  var startsLine = true
  for character in text {
    if startsLine && (character == "." || character == "'") { result += "\\&" }
    switch character {
    case "\\": result += "\\e"
    case "-": result += "\\-"
    case _ where character.isASCII: result.append(character)
    default:
      for scalar in character.unicodeScalars {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
    startsLine = character == "\n"
  }
  return result
}

private func uncapitalized(_ text: String) -> String {
  let sentence = text.hasSuffix(".") ? String(text.dropLast()) : text
  return sentence.prefix(1).lowercased() + sentence.dropFirst()
}
