import Storage
import Synchronization

/// Carries messages from background work to the main thread and wakes its `poll`.
///
/// The one lock of the program is in here.
final class Mailbox<Message: Sendable>: Sendable {
  private let pending = Mutex<[Message]>([])
  private let pipe: WakePipe

  /// - Throws: A sentence when the process has no descriptors left.
  init() throws(CommandFailure) {
    do throws(StorageError) {
      pipe = try WakePipe()
    } catch {
      throw CommandFailure("no file descriptors are left; raise the limit with `ulimit -n`.")
    }
  }

  /// Readable while messages wait.
  var wakeDescriptor: Int32 { pipe.descriptor }

  /// Adds a message at the end; those still waiting that `isStale` names are dropped, so that
  /// a slow reader sees only the newest of a kind.
  func post(_ message: Message, replacing isStale: ((Message) -> Bool)? = nil) {
    pending.withLock { queue in
      if let isStale { queue.removeAll(where: isStale) }
      queue.append(message)
    }
    pipe.wake()
  }

  /// Returns when a message waits, or the time is over.
  func wait(milliseconds: Int32) { pipe.wait(milliseconds: milliseconds) }

  /// Everything posted since the last call, oldest first.
  func drain() -> [Message] {
    pipe.clear()
    return pending.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}
