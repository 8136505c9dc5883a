import Dispatch
import Glibc

/// Turns signals that would end the process into calls, until it goes away.
final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter report: Called on a background queue with the number of each signal.
  init(_ numbers: [Int32], report: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    sources = numbers.map { number in
      // The source hears of it all the same; the default action would come first.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { report(number) }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
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
