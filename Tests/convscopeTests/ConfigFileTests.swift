import ArgumentParser
import Canvas
import Explorer
import Foundation
import Testing

@testable import convscope

struct ConfigFileTests {
  private func parsed(_ text: String) -> ConfigFile {
    var file = ConfigFile(path: "/etc/config")
    file.parse(text)
    return file
  }

  @Test func `every option is read`() {
    let file = parsed(
      """
      # mine
      theme = light
        color=256
      glyphs =ascii\r
      mouse = OFF
      escape-wait = 25
      low-bandwidth = on
      accessible = off

      key.classes = C
      key.search = ^f
      key.help = #
      """)
    #expect(file.warnings.isEmpty)
    #expect(file.settings.theme == .light && file.settings.color == .palette256)
    #expect(file.settings.glyphs == .ascii && file.settings.mouse == false)
    #expect(file.settings.escapeWait == 25 && file.settings.lowBandwidth == true)
    #expect(file.settings.accessible == false)
    let keymap = file.settings.keymap
    #expect(keymap.command(for: .character("C"), in: .network) == .showClasses)
    #expect(keymap.command(for: .character("c"), in: .network) == nil)
    #expect(keymap.command(for: .control("f"), in: .layer) == .search)
    #expect(keymap.command(for: .pageDown, in: .layer) == .pageDown)
    #expect(keymap.command(for: .character("#"), in: .image) == .help)
  }

  @Test func `keys reach the run screen, the explorer, or both`() {
    let file = parsed(
      "key.open = O\nkey.statistic = t\nkey.previous-statistic = T\nkey.classes = C")
    #expect(file.warnings.isEmpty)
    let run = file.settings.runKeymap
    #expect(run.command(for: .character("O")) == .open)
    #expect(run.command(for: .character("o")) == nil)
    #expect(run.command(for: .character("t")) == .nextMeasure && run.command(for: .tab) == nil)
    #expect(run.command(for: .character("T")) == .previousMeasure)
    let keymap = file.settings.keymap
    #expect(keymap.command(for: .character("t"), in: .layer) == .nextStatistic)
    #expect(keymap.command(for: .character("T"), in: .layer) == nil)
    #expect(keymap.command(for: .character("C"), in: .network) == .showClasses)
  }

  @Test(arguments: [
    ("nonsense", "key = value"), ("colour = 256", "no option “colour”"),
    ("color = pink", "truecolor, 256, 16, mono or auto"), ("escape-wait = -1", "0 to 1000"),
    ("escape-wait = 99999999999999999999", "0 to 1000"), ("theme =", "dark, light or auto"),
    ("= x", "no option"), ("key.nothing = x", "no command"), ("key.help = xyz", "is no key"),
    ("key.help = ^c", "always quits"), ("mouse = maybe", "on or off"),
    ("\u{1B}]0;x\u{7} = 1", "no option"),
  ])
  func `a line that is wrong is told with its number, and the rest counts`(
    line: String, part: String
  ) {
    let file = parsed("glyphs = ascii\n\n\(line)\ntheme = light\n")
    #expect(file.warnings.count == 1)
    let text = file.warnings.first?.description ?? ""
    #expect(text.hasPrefix("/etc/config:3: ") && text.hasSuffix("."), "\(text)")
    #expect(text.contains(part), "\(text)")
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 })
    #expect(file.settings.glyphs == .ascii && file.settings.theme == .light)
  }

  @Test func `auto takes an earlier line back`() {
    #expect(parsed("color = 16\ncolor = auto").settings.color == nil)
  }

  @Test func `warnings have an end`() {
    let file = parsed(String(repeating: "x\n", count: 5000))
    #expect(file.warnings.count == ConfigFile.warningLimit)
  }

  @Test func `what cannot be read is a warning, and no file is none`() throws {
    let folder = NSTemporaryDirectory() + "config-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let environment = ["XDG_CONFIG_HOME": folder]
    #expect(ConfigFile.read(environment: environment) == nil)
    try FileManager.default.createDirectory(
      atPath: "\(folder)/convscope/config", withIntermediateDirectories: true)
    #expect(ConfigFile.read(environment: environment)?.warnings.count == 1)
    try FileManager.default.removeItem(atPath: "\(folder)/convscope/config")
    try Data(repeating: 0x23, count: ConfigFile.largest + 1).write(
      to: URL(filePath: "\(folder)/convscope/config"))
    #expect(
      ConfigFile.read(environment: environment)?.warnings.first?.sentence.contains("64 KB") == true)
    try Data([0xFF, 0xFE, 0x0A]).write(to: URL(filePath: "\(folder)/convscope/config"))
    #expect(ConfigFile.read(environment: environment)?.warnings.count == 1)
    try Data().write(to: URL(filePath: "\(folder)/convscope/config"))
    #expect(ConfigFile.read(environment: environment)?.warnings == [])
  }

  @Test func `the file lies where XDG says`() {
    #expect(
      ConfigFile.path(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/convscope/config"
    )
    #expect(ConfigFile.path(environment: ["HOME": "/h"]) == "/h/.config/convscope/config")
    #expect(ConfigFile.path(environment: ["XDG_CONFIG_HOME": "rel"]) == nil)
  }

  @Test func `the command line counts over the environment, and that over the file`() throws {
    let file = parsed("theme = light\ncolor = 256\nescape-wait = 50\nmouse = off")
    func settings(_ arguments: [String], _ environment: [String: String] = [:]) throws
      -> VisitSettings
    {
      VisitSettings(
        try VisitOptions.parse(arguments), config: file, environment: environment)
    }
    let plain = try settings([])
    #expect(plain.appearance == .light && plain.colors == .palette256)
    #expect(plain.escapeWait == 50 && !plain.usesMouse)
    let environment = ["NO_COLOR": "1", "ESCDELAY": "30", "COLORFGBG": "15;0"]
    let middle = try settings([], environment)
    #expect(middle.colors == nil && middle.escapeWait == 30 && middle.appearance == .light)
    let asked = try settings(
      ["--color", "truecolor", "--escape-wait", "5", "--theme", "dark"], environment)
    #expect(asked.colors == .truecolor && asked.escapeWait == 5 && asked.appearance == .dark)
    let bare = VisitSettings(try VisitOptions.parse([]), config: nil, environment: [:])
    #expect(bare.escapeWait == 5 && bare.usesMouse && bare.appearance == nil)
    let guessed = VisitSettings(
      try VisitOptions.parse([]), config: nil, environment: ["COLORFGBG": "0;15"])
    #expect(guessed.appearance == .light)
  }
}
