import Canvas
import Glibc
import Terminal

/// A small program for the end-to-end tests: draws what the terminal can do, echoes keys, and
/// goes wrong on demand.
///
///     terminal-probe [--color TIER] [--glyphs TIER] [--no-mouse] [--ncurses]
///     terminal-probe --measure
@main
struct Probe {
  var lastKeys: [Key] = []
  var marker = CellPoint(row: 10, column: 10)
  var isFull = false
  var hasQuit = false

  static func main() {
    if CommandLine.arguments.contains("--measure") {
      Measurements.print()
      return
    }
    var probe = Probe()
    let signal: Int32?
    do throws(TerminalError) {
      var terminal = try NcursesTerminal(options(CommandLine.arguments))
      probe.run(&terminal)
      signal = terminal.pendingSignal
    } catch {
      print("probe: \(error)")
      exit(1)
    }
    print(signal.map { "saved after signal \($0)" } ?? "done")
    fflush(nil)
    if let signal { TerminalSignals.endProcess(by: signal) }
  }

  static func options(_ arguments: [String]) -> TerminalOptions {
    var options = TerminalOptions()
    for (name, value) in zip(arguments, arguments.dropFirst() + [""]) {
      if name == "--color" { options.colors = ColorTier(rawValue: value) }
      if name == "--glyphs" { options.glyphs = GlyphTier(rawValue: value) }
      if name == "--no-mouse" { options.usesMouse = false }
      if name == "--ncurses" { options.drawsWithNcurses = true }
    }
    return options
  }

  mutating func run(_ terminal: inout NcursesTerminal) {
    while !hasQuit, terminal.pendingSignal == nil {
      terminal.present(frame(terminal))
      terminal.waitForInput(or: -1, milliseconds: -1)
      for key in terminal.readKeys() { react(to: key, &terminal) }
    }
  }

  mutating func react(to key: Key, _ terminal: inout NcursesTerminal) {
    lastKeys = Array((lastKeys + [key]).suffix(3))
    switch key {
    case .character("q"), .control("c"): hasQuit = true
    case .character("f"): isFull.toggle()
    case .character("m"): terminal.setMouse(!terminal.usesMouse)
    case .character("y"): _ = terminal.copy("copied")
    case .character("e"): complain()
    case .character("T"): fatalError("a trap")
    case .character("S"): kill(getpid(), SIGSEGV)
    case .character("R"): recurse(1)
    case .character("X"): exit(7)
    case .character("H"): while true { sleep(1) }
    case .left: marker.column -= 1
    case .right: marker.column += 1
    case .up: marker.row -= 1
    case .down: marker.row += 1
    default: break
    }
  }

  func complain() {
    let message = "a message on standard error\n"
    _ = unsafe write(STDERR_FILENO, message, message.utf8.count)
  }

  @discardableResult
  func recurse(_ depth: Int) -> Int {
    depth > 0 ? recurse(depth + 1) + depth : 0
  }

  func frame(_ terminal: borrowing NcursesTerminal) -> CellGrid {
    var grid = CellGrid(height: terminal.size.height, width: terminal.size.width)
    let theme = Theme(tier: terminal.displayTier)
    if isFull { fillWithColor(&grid) }
    let facts =
      "\(terminal.colorTier.rawValue) \(terminal.glyphTier.rawValue) \(grid.height)x\(grid.width)"
    grid.write("probe \(facts) pid=\(getpid()).", row: 0, column: 0, style: theme[.title])
    let keys = lastKeys.reversed().map { "\($0)" }.joined(separator: " ")
    grid.write("keys: \(keys)", row: 1, column: 0, style: theme[.value])
    grid.write("note: \(terminal.notice ?? "none")", row: 2, column: 0, style: theme[.warning])
    let colors = Style(foreground: Color(0x12, 0x34, 0x56), background: Color(0xAB, 0xCD, 0xEF))
    grid.write("▌swatch", row: 3, column: 0, style: colors)
    grid.write("black", row: 3, column: 9, style: Style(background: Color(0, 0, 5)))
    grid.write("漢字 é → end", row: 4, column: 0)
    grid.drawBox(CellRect(row: 5, column: 0, height: 3, width: 12), style: theme[.border])
    grid.put("@", row: marker.row, column: marker.column, style: theme[.cursor])
    return grid
  }

  /// As many different pairs of colours as there are cells.
  func fillWithColor(_ grid: inout CellGrid) {
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        let color = Color(UInt8(row * 5 % 256), UInt8(column * 3 % 256), UInt8(row * column % 256))
        let other = Color(UInt8(column * 2 % 256), UInt8(row * 4 % 256), 90)
        grid[row, column] = Cell("▀", Style(foreground: color, background: other))
      }
    }
  }
}
