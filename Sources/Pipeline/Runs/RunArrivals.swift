import ModelFiles
import Storage

/// Decides when a file that appeared or changed is worth opening: not while it is being written.
///
/// A file that was renamed into place or closed by who wrote it is tried at once, any other once it
/// kept its size and time for a while. One that cannot be opened then is tried again when something
/// happens in its folder, and for a last time when nothing was written for long.
struct RunArrivals {
  /// Seconds without a change after which a file is tried.
  static let quiet = 1.0
  /// Seconds without a change after which one that cannot be opened is called unreadable.
  static let patience = 10.0

  private struct Look {
    var file: RunFile
    /// When it was first seen as it is.
    var since: Double
    var wasTried = false
  }

  private var looks: [String: Look] = [:]

  /// Files to open now, in the order given.
  ///
  /// - Parameters:
  ///   - listed: All files that are there.
  ///   - known: What was opened of a path before.
  ///   - settled: Paths that nobody is writing any more.
  ///   - hasNews: Whether something happened in a folder since the last call.
  ///   - now: Seconds since 1970.
  mutating func due(
    _ listed: [RunFile], known: (String) -> RunFile?, settled: Set<String>, hasNews: Bool,
    now: Double
  ) -> [RunArrival] {
    var next: [String: Look] = [:]
    var due: [RunArrival] = []
    for file in listed {
      if let before = known(file.path), before.isUnchanged(since: file) { continue }
      var look = looks[file.path] ?? Look(file: file, since: now)
      if !look.file.isUnchanged(since: file) { look = Look(file: file, since: now) }
      // A file that lies there for long needs no second look.
      let calm = max(now - look.since, now - file.modified)
      let isLast = calm >= Self.patience
      let isQuiet = calm >= Self.quiet && (!look.wasTried || hasNews)
      if isLast || isQuiet || settled.contains(file.path) {
        due.append(RunArrival(file: file, isLastTry: isLast))
        look.wasTried = true
      }
      next[file.path] = look
    }
    looks = next
    return due
  }

  /// The file was opened, or given up.
  mutating func settle(_ path: String) { looks[path] = nil }

  /// Names of files that are still being written, in order.
  var waiting: [String] {
    looks.values.map { lastPart(of: $0.file.path) }.sorted()
  }

  /// Milliseconds until files have to be looked at again; nil when none is waited for.
  var pause: Int? { looks.isEmpty ? nil : Int(Self.quiet * 1000) / 2 }
}

/// A file to be opened.
struct RunArrival {
  var file: RunFile
  /// Whether it counts as unreadable if it cannot be opened now.
  var isLastTry: Bool
}
