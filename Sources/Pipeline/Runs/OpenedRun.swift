import Atlases
import ModelFiles
import Networks

/// The files of a run, opened: columns, rows, and what training logged.
struct OpenedRun {
  /// Nothing measured yet.
  let run: TrainingRun
  /// One a checkpoint; nil where it could not be opened.
  let members: [RunMember?]

  init(_ request: RunRequest) throws(RunError) {
    let graph = try Self.graph(request.graphPath)
    let files: [RunFile]
    do throws(CheckpointError) {
      files = try RunListing.files(request.paths)
    } catch {
      throw .checkpoints(error)
    }
    guard !files.isEmpty else { throw .noCheckpoints(paths: request.paths) }
    var columns: [(member: RunMember?, checkpoint: RunCheckpoint)] = files.map { file in
      do {
        let member = try RunMember(file, graph: graph)
        return (member, RunCheckpoint(file, step: member.step))
      } catch {
        return (nil, RunCheckpoint(file, step: file.step, problem: "\(error)"))
      }
    }
    guard let first = columns.lazy.compactMap(\.member).first else {
      throw .noneReadable(path: files[0].path, reason: columns[0].checkpoint.problem ?? "")
    }
    if files.allSatisfy({ $0.step == nil }) {
      // Names without numbers; the checkpoints themselves may know their epoch.
      columns = columns.enumerated().sorted {
        ($0.element.checkpoint.step ?? .max, $0.offset)
          < ($1.element.checkpoint.step ?? .max, $1.offset)
      }.map(\.element)
    }
    members = columns.map(\.member)
    var run = TrainingRun(
      name: request.paths.joined(separator: " "), checkpoints: columns.map(\.checkpoint),
      layers: first.layers)
    run.notes = Self.notes(columns.map(\.checkpoint), members, first)
    if let log = RunLog.find(inFolder: Self.folder(of: files[0].path)) {
      run.logged = run.checkpoints.map { Self.logged(log, $0) }
    }
    self.run = run
  }

  private static func graph(_ path: String?) throws(RunError) -> ModelFile? {
    guard let path else { return nil }
    do throws(ModelFileError) {
      return try ModelFile(path: path)
    } catch {
      throw .graph(path: path, error)
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
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
  private static func notes(
    _ checkpoints: [RunCheckpoint], _ members: [RunMember?], _ first: RunMember
  ) -> [String] {
    var notes = checkpoints.compactMap { checkpoint in
      checkpoint.problem.map { "\(checkpoint.fileName): \($0)" }
    }
    for (checkpoint, member) in zip(checkpoints, members) {
      if let member, member.layers != first.layers {
        notes.append("\(checkpoint.fileName) has other layers; only those it shares are compared")
      }
      for note in member?.notes ?? [] where !notes.contains(note) { notes.append(note) }
    }
    return notes
  }
}

extension RunCheckpoint {
  init(_ file: RunFile, step: Int?, problem: String? = nil) {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    self.init(
      label: step.map { "\($0)" } ?? file.stem, fileName: name, step: step, problem: problem)
  }
}
