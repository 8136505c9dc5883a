import Atlases
import ModelFiles
import Networks
import Storage

/// The files of a run, opened, and what is known of them so far.
struct OpenedRun {
  var run: TrainingRun
  /// One a checkpoint; nil where it could not be opened.
  private(set) var members: [RunMember?]
  /// One a checkpoint.
  private(set) var files: [RunFile]
  private let graph: ModelFile?
  /// Whether the checkpoints themselves, not their names, tell the epoch.
  private let asksContents: Bool
  private let folder: String
  /// Folders in which its checkpoints lie.
  private let folders: [String]

  /// - Parameter isBeingWritten: Files to leave out when they cannot be read.
  init(
    _ request: RunRequest, isBeingWritten: (RunFile) -> Bool = { _ in false }
  ) throws(RunError) {
    graph = try Self.graph(request.graphPath)
    folders = RunListing.folders(request.paths)
    let files = try Self.list(request.paths)
    guard !files.isEmpty else { throw .noCheckpoints(paths: request.paths) }
    var columns: [RunFileColumn] = []
    var problem: String?
    for file in files {
      let column = RunFileColumn(file, graph: graph)
      problem = problem ?? column.checkpoint.problem
      if column.member == nil, isBeingWritten(file) { continue }
      columns.append(column)
    }
    guard let first = columns.lazy.compactMap(\.member).first else {
      throw .noneReadable(path: files[0].path, reason: problem ?? "")
    }
    asksContents = files.allSatisfy { $0.step == nil }
    if asksContents {
      for place in columns.indices { columns[place].file.step = columns[place].checkpoint.step }
      columns = columns.enumerated().sorted {
        ($0.element.checkpoint.step ?? .max, $0.offset)
          < ($1.element.checkpoint.step ?? .max, $1.offset)
      }.map(\.element)
    }
    members = columns.map(\.member)
    self.files = columns.map(\.file)
    folder = parentFolder(of: files[0].path)
    run = TrainingRun(
      name: request.paths.joined(separator: " "), checkpoints: columns.map(\.checkpoint),
      layers: first.layers)
    for column in columns { note(column) }
    readLog()
  }

  /// What was opened of a path.
  func file(_ path: String) -> RunFile? { files.first { $0.path == path } }

  /// Where images are tried to find out how they are fed.
  var feeding: RunFeeding { RunFeeding(folders: folders, graph: graph, else: files) }

  /// The column of a file; nil where it has none, or cannot be read.
  func place(of file: RunFile) -> Int? {
    files.firstIndex { $0.path == file.path && $0.isUnchanged(since: file) }.flatMap {
      members[$0] == nil ? nil : $0
    }
  }

  /// What was opened of a file.
  func member(_ file: RunFile) -> RunMember? { place(of: file).flatMap { members[$0] } }

  /// Opens a file that is new or was written anew; its column is empty, those of others stay.
  ///
  /// - Parameter isLastTry: Whether a file that cannot be read becomes a column that says so.
  /// - Returns: Its place; nil when nothing was changed.
  mutating func take(_ file: RunFile, isLastTry: Bool, isCancelled: @Sendable () -> Bool) -> Int? {
    var column = RunFileColumn(file, graph: graph)
    if asksContents { column.file.step = column.checkpoint.step }
    let before = self
    let place = put(column)
    guard column.member != nil else {
      if !isLastTry { self = before }
      return isLastTry ? place : nil
    }
    let isReadable = measureWeights([place, place + 1], isCancelled: isCancelled)
    guard isReadable || isLastTry else {
      self = before
      return nil
    }
    note(column)
    return place
  }

  private mutating func put(_ column: RunFileColumn) -> Int {
    if let place = files.firstIndex(where: { $0.path == column.file.path }) {
      (files[place], members[place]) = (column.file, column.member)
      let name = run.checkpoints[place].fileName
      run.notes.removeAll { $0.hasPrefix("\(name): ") }
      run.checkpoints[place] = column.checkpoint
      run.forgetActivations(checkpoint: place)
      return place
    }
    let place = files.firstIndex { RunListing.precedes(column.file, $0) } ?? files.count
    files.insert(column.file, at: place)
    members.insert(column.member, at: place)
    run.insert(column.checkpoint, at: place)
    return place
  }

  /// Measures the weights at some checkpoints.
  ///
  /// - Parameter columns: Ascending; those that are none are passed over.
  /// - Returns: Whether every layer could be read.
  @discardableResult
  mutating func measureWeights(_ columns: [Int], isCancelled: @Sendable () -> Bool) -> Bool {
    let columns = columns.filter { members.indices.contains($0) }
    let measured = Pipeline.measureWeights(
      members, run.layers, columns: columns, isCancelled: isCancelled)
    for layer in run.layers.indices {
      for (offset, column) in columns.enumerated() {
        run.weights[run.place(layer: layer, checkpoint: column)] =
          measured.measures[layer * columns.count + offset]
      }
    }
    for note in measured.notes where !run.notes.contains(note) { run.notes.append(note) }
    return measured.notes.isEmpty
  }

  /// Reads again what training logged.
  ///
  /// - Returns: Whether it says something new.
  @discardableResult
  mutating func readLog() -> Bool {
    guard let log = RunLog.find(inFolder: folder) else { return false }
    let logged = run.checkpoints.map { Self.logged(log, $0) }
    guard logged != run.logged else { return false }
    run.logged = logged
    return true
  }

  static func list(_ paths: [String]) throws(RunError) -> [RunFile] {
    do throws(CheckpointError) {
      return try RunListing.files(paths)
    } catch {
      throw .checkpoints(error)
    }
  }

  private static func graph(_ path: String?) throws(RunError) -> ModelFile? {
    guard let path else { return nil }
    do throws(ModelFileError) {
      return try ModelFile(path: path)
    } catch {
      throw .graph(path: path, error)
    }
  }

  private static func logged(_ log: RunLog, _ checkpoint: RunCheckpoint) -> LoggedEpoch? {
    checkpoint.step.flatMap { log[epoch: $0] }.map { row in
      LoggedEpoch(
        epoch: row.epoch,
        values: log.columns.compactMap { name in
          row.values[name].map { LoggedValue(name: name, value: $0) }
        })
    }
  }

  /// Checkpoints that could not be read or are of another network, and what binding assumed.
  private mutating func note(_ column: RunFileColumn) {
    let name = column.checkpoint.fileName
    var notes: [String] = []
    if let problem = column.checkpoint.problem { notes.append("\(name): \(problem)") }
    if let member = column.member, member.layers != run.layers {
      notes.append(
        member.shares(run.layers)
          ? "\(name) has other layers; only those it shares are compared"
          : "\(name) is of another network: it has none of these layers, and no image is run on it")
    }
    notes += column.member?.notes ?? []
    for note in notes where !run.notes.contains(note) { run.notes.append(note) }
  }
}

/// One file of a run and what it turned out to be.
private struct RunFileColumn {
  var file: RunFile
  let member: RunMember?
  let checkpoint: RunCheckpoint

  init(_ file: RunFile, graph: ModelFile?) {
    self.file = file
    do {
      let member = try RunMember(file, graph: graph)
      self.member = member
      checkpoint = RunCheckpoint(file, step: member.step)
    } catch {
      member = nil
      checkpoint = RunCheckpoint(file, step: file.step, problem: "\(error)")
    }
  }
}

extension RunCheckpoint {
  fileprivate init(_ file: RunFile, step: Int?, problem: String? = nil) {
    self.init(
      label: step.map { "\($0)" } ?? file.stem, fileName: lastPart(of: file.path), step: step,
      problem: problem,
      modified: file.modified)
  }
}
