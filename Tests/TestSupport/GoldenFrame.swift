import Canvas
import Foundation
import Testing

/// Compares a frame with `Frames/NAME.txt` beside the test file.
///
/// `RECORD_FRAMES=1` writes the file anew and fails once, so that somebody looks at it.
package func expectFrame(
  _ grid: CellGrid, _ name: String, theme: Theme? = nil, testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let title = "\(name), \(grid.height)×\(grid.width)"
  expectGolden(
    grid.frameText(title: title, theme: theme).description, "\(name).txt", testFile: testFile,
    sourceLocation: sourceLocation)
}

/// Compares a text with a file of the folder `Frames` of the test target.
package func expectGolden(
  _ actual: String, _ fileName: String, testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = framesFolder(of: testFile).appendingPathComponent(fileName)
  if ProcessInfo.processInfo.environment["RECORD_FRAMES"] != nil {
    do {
      let folder = file.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(actual.utf8).write(to: file)
      Issue.record("recorded \(file.path); look at it", sourceLocation: sourceLocation)
    } catch {
      Issue.record("could not record \(file.path): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "no frame \(file.path); record it with RECORD_FRAMES=1", sourceLocation: sourceLocation)
    return
  }
  guard actual != expected else { return }
  Issue.record(
    "frame \(fileName) changed\n\(differences(expected, actual))", sourceLocation: sourceLocation)
}

/// The folder `Frames` of the test target that a file belongs to.
private func framesFolder(of testFile: String) -> URL {
  var folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
  while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.path != "/" {
    folder.deleteLastPathComponent()
  }
  return folder.appendingPathComponent("Frames")
}

/// Lines that differ, as recorded and as drawn now.
private func differences(_ expected: String, _ actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  var lines: [String] = []
  for index in 0..<max(old.count, new.count) {
    let before = index < old.count ? old[index] : ""
    let after = index < new.count ? new[index] : ""
    if before != after { lines += ["\(index + 1) - \(before)", "\(index + 1) + \(after)"] }
  }
  return lines.joined(separator: "\n")
}
