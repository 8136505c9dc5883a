import Dispatch
import Glibc

/// Turns signals that would end the process into calls, until it goes away; then they do again what
/// they did before.
final class SignalWatch {
  private let sources: [any DispatchSourceSignal]
  /// What each signal did before.
  private let former: [(number: Int32, action: sighandler_t?)]

  /// - Parameter report: Called on a background queue with the number of each signal.
  init(_ numbers: [Int32], report: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    // The sources hear of them all the same; the default action would come first.
    former = numbers.map { ($0, signal($0, SIG_IGN)) }
    sources = numbers.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { report(number) }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for (number, action) in former { signal(number, action) }
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
