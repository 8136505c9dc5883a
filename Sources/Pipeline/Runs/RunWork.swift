import Atlases
import FoundationEssentials
import ModelFiles
import Storage

/// A run being read: what there is and what is left to do. Belongs to one thread.
struct RunWork {
  var opened: OpenedRun
  var columns: RunColumns?
  let session: RunSession
  let report: @Sendable (RunEvent) -> Void

  /// Opens what is there and measures the weights.
  ///
  /// - Parameter isPatient: To leave out files that seem to be half written.
  init(
    _ session: RunSession, isPatient: Bool = false, report: @escaping @Sendable (RunEvent) -> Void
  ) throws(RunError) {
    self.session = session
    self.report = report
    let start = Self.now
    opened = try OpenedRun(session.request) { file in
      isPatient && start - file.modified < RunArrivals.patience
    }
    opened.measureWeights(Array(opened.members.indices)) { session.isCancelled }
    columns = session.request.images.map { images in
      RunColumns(images) { report(.phase($0)) }
    }
    report(.updated(opened.run))
  }

  /// Seconds since 1970.
  private static var now: Double { Date().timeIntervalSince1970 }

  /// Runs images at the next checkpoint.
  ///
  /// - Returns: False when nothing is left.
  mutating func measureNext() throws(RunError) -> Bool {
    guard var columns else { return false }
    defer { self.columns = columns }
    let step = try columns.step(&opened, session: session)
    if step == .measured { report(.updated(opened.run)) }
    return step != .nothingLeft
  }

  /// The same; what fails is told, and no more images are run.
  mutating func measureNextOrTell() -> Bool {
    do throws(RunError) {
      return try measureNext()
    } catch {
      columns = nil
      report(.failed("\(error)"))
      return false
    }
  }

  /// Opens files that came or changed.
  ///
  /// - Returns: Whether there is anything new.
  @discardableResult
  mutating func look(_ arrivals: inout RunArrivals, _ news: FolderNews) -> Bool {
    let listed = (try? OpenedRun.list(session.request.paths)) ?? existing()
    let due = arrivals.due(
      listed, known: { opened.file($0) }, settled: news.settled, hasNews: news.hasChanged,
      now: Self.now)
    var isNew = false
    for arrival in due where !session.isCancelled {
      let place = opened.take(arrival.file, isLastTry: arrival.isLastTry) { [session] in
        session.isCancelled
      }
      guard place != nil else { continue }
      arrivals.settle(arrival.file.path)
      isNew = true
    }
    if news.hasChanged || isNew, opened.readLog() { isNew = true }
    if isNew { report(.updated(opened.run)) }
    return isNew
  }

  /// Files that are still there when one of those named is not.
  private func existing() -> [RunFile] {
    session.request.paths.flatMap { (try? OpenedRun.list([$0])) ?? [] }
  }
}
