import CWatchedSignals
import Dispatch
import Glibc

/// Turns signals that would end the process into calls, until it goes away; then they do again what
/// they did before. What is ignored stays so, as `nohup` and a shell's background jobs want it.
///
/// One at a time. Sources of Dispatch for signals will not do: a signal that was watched once before is
/// not heard again, and one whose source is gone does nothing any more.
final class SignalWatch {
  private let source: (any DispatchSourceRead)?
  private let reading = DispatchGroup()

  /// Where the process has no descriptors left, signals go on doing what they did.
  ///
  /// - Parameter report: Called on a background queue with the number of each signal.
  init(_ numbers: [Int32], report: @escaping @Sendable (Int32) -> Void) {
    let descriptor = unsafe ws_begin(numbers, numbers.count)
    guard descriptor >= 0 else {
      source = nil
      return
    }
    let source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "signals"))
    source.setEventHandler {
      var number: UInt8 = 0
      while unsafe read(descriptor, &number, 1) == 1 { report(Int32(number)) }
    }
    reading.enter()
    source.setCancelHandler { [reading] in reading.leave() }
    source.resume()
    self.source = source
  }

  /// Ends the process at the first signal, with a sentence.
  ///
  /// - Parameter loss: What becomes of the work.
  static func ending(saying loss: String) -> SignalWatch {
    SignalWatch([SIGINT, SIGTERM, SIGHUP]) { number in
      Standard.error.write("convscope: \(name(number)); \(loss).\n")
      // At once: the engine's threads are still at work, and would miss what exit tears down.
      _exit(ExitStatus.signal(number))
    }
  }

  deinit {
    guard let source else { return }
    ws_end()
    source.cancel()
    // The next watch reads from the same pipe.
    reading.wait()
  }

  /// How a person calls it.
  static func name(_ number: Int32) -> String {
    switch number {
    case SIGINT: "interrupted"
    case SIGTERM: "terminated"
    case SIGHUP: "hung up"
    default: "stopped by signal \(number)"
    }
  }
}
