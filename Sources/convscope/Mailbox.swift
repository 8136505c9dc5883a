import Glibc
import Synchronization

/// Carries messages from background work to the main thread and wakes its `poll`.
///
/// The one lock of the program is in here.
final class Mailbox<Message: Sendable>: Sendable {
  private let pending = Mutex<[Message]>([])
  /// Readable while messages wait.
  let wakeDescriptor: Int32
  private let wakeWriter: Int32

  /// - Throws: A sentence when the process has no descriptors left.
  init() throws(CommandFailure) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw CommandFailure("no file descriptors are left; raise the limit with `ulimit -n`.")
    }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (wakeDescriptor, wakeWriter) = (ends[0], ends[1])
  }

  deinit {
    close(wakeDescriptor)
    close(wakeWriter)
  }

  /// Adds a message at the end; those still waiting that `isStale` names are dropped, so that
  /// a slow reader sees only the newest of a kind.
  func post(_ message: Message, replacing isStale: ((Message) -> Bool)? = nil) {
    pending.withLock { queue in
      if let isStale { queue.removeAll(where: isStale) }
      queue.append(message)
    }
    var signal: UInt8 = 1
    // A full pipe already means "awake".
    _ = unsafe write(wakeWriter, &signal, 1)
  }

  /// Returns when a message waits, or the time is over.
  func wait(milliseconds: Int32) {
    var watched = pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&watched, 1, milliseconds)
  }

  /// Everything posted since the last call, oldest first.
  func drain() -> [Message] {
    var signals: [UInt8] = Array(repeating: 0, count: 64)
    while unsafe read(wakeDescriptor, &signals, signals.count) > 0 {}
    return pending.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}
