import Canvas
import Explorer

extension ConfigFile {
  /// `key.classes = C`: a command of the explorer on a key of the user's choice.
  mutating func bind(_ name: String, _ value: String, line: Int) {
    guard let command = Command(rawValue: name) else {
      warn(line, "no command is called “\(shown(name))”; ? in the explorer lists them")
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
    settings.keys.append(ConfigSettings.KeyChoice(command: command, key: key))
  }
}

extension ConfigSettings {
  /// The explorer's keys with those of the user.
  var keymap: Keymap {
    keys.reduce(Keymap.standard) { $0.binding($1.command, to: $1.key) }
  }
}
