import Glibc

/// Wakes a thread that waits in `poll`, from any other.
public final class WakePipe: Sendable {
  /// Readable once ``wake()`` was called, until ``clear()``.
  public let descriptor: Int32
  private let writer: Int32

  /// - Throws: ``StorageError`` when the process has no descriptors left.
  public init() throws(StorageError) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw .lastFailure("make a pipe", "") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (descriptor, writer) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Makes ``descriptor`` readable.
  public func wake() {
    var signal: UInt8 = 1
    // A full pipe already means "awake".
    _ = unsafe write(writer, &signal, 1)
  }

  /// Returns when ``descriptor`` is readable, or the time is over; for ever when that is negative.
  public func wait(milliseconds: Int32) {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&watched, 1, milliseconds)
  }

  /// Forgets all calls of ``wake()`` so far.
  public func clear() {
    var signals: [UInt8] = Array(repeating: 0, count: 64)
    while unsafe read(descriptor, &signals, signals.count) > 0 {}
  }
}
