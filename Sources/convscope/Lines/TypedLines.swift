import Dispatch

/// Reads standard input beside the loop, line by line.
struct TypedLines {
  private let queue = DispatchQueue(label: "lines")

  /// Posts each line, then that there are no more.
  func start(_ mailbox: Mailbox<LoopMessage>) {
    queue.async {
      while let line = readLine() { mailbox.post(.typed(line)) }
      mailbox.post(.inputEnded)
    }
  }
}
