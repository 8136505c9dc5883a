import Canvas
import Explorer

extension ConfigFile {
  /// `key.classes = C`: a command of the explorer, of the run screen or of both on a key of the
  /// user's choice.
  mutating func bind(_ name: String, _ value: String, line: Int) {
    let (command, runCommand) = (Command(rawValue: name), RunCommand(rawValue: name))
    guard command != nil || runCommand != nil else {
      warn(
        line,
        "no command is called “\(shown(name))”; ? in the explorer and on the run screen lists them")
      return
    }
    guard let key = KeyScript.key(value) else {
      warn(line, "“\(shown(value))” is no key; write a letter, ^x, or a name such as f2 or pgup")
      return
    }
    guard key != .control("c"), key != .control("z") else {
      warn(line, "^c always quits and ^z always stops; choose another key")
      return
    }
    settings.keys.append(
      ConfigSettings.KeyChoice(command: command, runCommand: runCommand, key: key))
  }
}

extension ConfigSettings {
  /// The explorer's keys with those of the user.
  var keymap: Keymap {
    keys.reduce(Keymap.standard) { keymap, choice in
      choice.command.map { keymap.binding($0, to: choice.key) } ?? keymap
    }
  }

  /// The run screen's keys with those of the user.
  var runKeymap: RunKeymap {
    keys.reduce(RunKeymap.standard) { keymap, choice in
      choice.runCommand.map { keymap.binding($0, to: choice.key) } ?? keymap
    }
  }
}
