import Canvas
import Explorer
import Terminal

/// What a configuration file can set; nil where it says nothing.
struct ConfigSettings: Hashable {
  /// A command on a key of the user's choice, on the screens that have it.
  struct KeyChoice: Hashable {
    /// In the explorer.
    var command: Command?
    /// On the screen of a training run.
    var runCommand: RunCommand?
    var key: Key
  }

  var theme: Appearance?
  var color: ColorTier?
  var glyphs: GlyphTier?
  var mouse: Bool?
  /// Milliseconds.
  var escapeWait: Int?
  /// Lines of text instead of a screen.
  var accessible: Bool?
  /// Whether bytes are saved; nil finds out.
  var lowBandwidth: Bool?
  /// In the order of the file.
  var keys: [KeyChoice] = []
}

/// One option of the file: help, manual and parsing are made from the table of these.
struct ConfigOption: Sendable {
  var name: String
  /// What it takes, in words.
  var values: String
  var help: String
  /// Sets it; false when the value is none of ``values``.
  var set: @Sendable (String, inout ConfigSettings) -> Bool

  static let all: [ConfigOption] = [
    ConfigOption(
      name: "theme", values: "dark, light or auto", help: "background of the terminal"
    ) { value, settings in
      settings.theme = Appearance(rawValue: value)
      return settings.theme != nil || value == "auto"
    },
    ConfigOption(
      name: "color", values: "truecolor, 256, 16, mono or auto",
      help: "colours to use; NO_COLOR counts over it"
    ) { value, settings in
      settings.color = ColorTier(rawValue: value)
      return settings.color != nil || value == "auto"
    },
    ConfigOption(name: "glyphs", values: "unicode, ascii or auto", help: "glyphs to use") {
      value, settings in
      settings.glyphs = GlyphTier(rawValue: value)
      return settings.glyphs != nil || value == "auto"
    },
    ConfigOption(
      name: "mouse", values: "on or off", help: "whether clicks and the wheel are convscope's"
    ) { value, settings in
      settings.mouse = isOn(value)
      return settings.mouse != nil
    },
    ConfigOption(
      name: "escape-wait", values: "a number from 0 to 1000",
      help: "milliseconds that Esc waits for the rest of a key's sequence; 10 when not set"
    ) { value, settings in
      settings.escapeWait = Int(value).flatMap {
        TerminalOptions.escapeWaits.contains($0) ? $0 : nil
      }
      return settings.escapeWait != nil
    },
    ConfigOption(
      name: "low-bandwidth", values: "on, off or auto",
      help: "pictures wait until keys rest; auto when the link turns out to be slow"
    ) { value, settings in
      settings.lowBandwidth = isOn(value)
      return settings.lowBandwidth != nil || value == "auto"
    },
    ConfigOption(
      name: "accessible", values: "on or off", help: "lines of text instead of a screen"
    ) { value, settings in
      settings.accessible = isOn(value)
      return settings.accessible != nil
    },
  ]

  private static func isOn(_ value: String) -> Bool? {
    ["on": true, "yes": true, "true": true, "off": false, "no": false, "false": false][value]
  }
}
