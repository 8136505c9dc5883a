import Glibc

/// The two streams a command writes to, without a buffer: a line is out when `write` returns.
enum Standard: Int32 {
  case output = 1
  case error = 2

  /// Whether all of `text` went out; false when the reader is gone or the disk is full.
  @discardableResult
  func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = unsafe bytes[...]
      while unsafe !rest.isEmpty {
        let count = unsafe Glibc.write(rawValue, rest.base(), rest.count)
        if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
        guard count > 0 else { return false }
        unsafe rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Writes all of `text` to standard output: a script must not take a part for the whole.
  static func print(_ text: String) throws(CommandFailure) {
    guard output.write(text) else {
      throw CommandFailure(
        "Standard output could not be written: its disk is full or its reader is gone; send it"
          + " elsewhere.")
    }
  }

  /// Whether a person is likely to read along.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Characters that fit a line: the terminal's, else what leaves tables whole.
  var lineWidth: Int {
    var size = winsize()
    guard isTerminal, unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 200 }
    return Int(size.ws_col)
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  fileprivate func base() -> UnsafePointer<UInt8>? {
    unsafe UnsafeBufferPointer(rebasing: self).baseAddress
  }
}
