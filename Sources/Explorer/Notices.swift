import Canvas

/// What was to be told at the start: shown one at a time where nothing newer is said, so that none
/// hides another.
struct Notices: Hashable, Sendable {
  /// Everything told, in order.
  private(set) var all: [String] = []
  /// Lines that fit the screen and were not read yet; the first shows.
  private(set) var waiting: [String] = []
  /// Lines that were read since the first that shows now was told.
  private var readCount = 0

  /// Most that are kept.
  static let limit = 50

  /// - Parameter width: Cells a line has, sign and count included.
  mutating func take(_ text: String, width: Int) {
    guard !all.contains(text), all.count < Self.limit else { return }
    all.append(text)
    wait(text, width: width)
  }

  /// The line that shows was read.
  mutating func next() {
    guard !waiting.isEmpty else { return }
    waiting.removeFirst()
    readCount = waiting.isEmpty ? 0 : readCount + 1
  }

  /// Everything again, from the start.
  mutating func restart(width: Int) {
    (waiting, readCount) = ([], 0)
    for text in all { wait(text, width: width) }
  }

  /// What shows: `text  (2 of 3, any key)`; nil when everything was read.
  var line: [(String, StyleRole)]? {
    guard let text = waiting.first else { return nil }
    let count = readCount + waiting.count
    let place = count > 1 ? "  \(readCount + 1) of \(count), any key" : ""
    return [("▸ ", .key), (text, .value), (place, .dim)]
  }

  private mutating func wait(_ text: String, width: Int) {
    // Behind the sign and before the count.
    let room = max(20, width - 20)
    waiting += wrapped(text, to: room)
  }
}

extension ExplorerState {
  /// What was told at the start and not read yet, which then counts as read.
  package mutating func takeNotices() -> [String] {
    defer { while notices.line != nil { notices.next() } }
    return notices.waiting
  }

  /// Shows everything that was told at the start again.
  mutating func readNotices() {
    notices.restart(width: context.size.width)
    if notices.waiting.isEmpty { message = "there was nothing to tell" }
  }
}
