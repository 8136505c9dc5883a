import Explorer
import Foundation
import Terminal
import Testing

@testable import convscope

struct CopierTests {
  private let folder = NSTemporaryDirectory() + "copier-\(UUID().uuidString)"

  private func request(_ path: String? = nil) -> CopyRequest {
    var request = CopyRequest(text: "a\tb\n1\t2\n", title: "the table, 1 row")
    request.path = path
    return request
  }

  private func text(_ name: String) -> String? {
    try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  @Test func `what the terminal took is said with the doubt that is left`() {
    let copier = Copier(folder: folder, home: nil)
    var offered: [String] = []
    let sent = copier.copied(request()) {
      offered.append($0)
      return .sent
    }
    #expect(offered == [request().text])
    #expect(sent == "sent to the terminal's clipboard: the table, 1 row")
    #expect(copier.copied(request()) { _ in .sentThroughTmux }.contains("set-clipboard"))
    #expect(text("copied.txt") == nil)
  }

  @Test(arguments: [ClipboardOutcome.tooLong, .unsupported])
  func `what no clipboard takes lies in a file whose place is said`(outcome: ClipboardOutcome) {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copier = Copier(folder: folder, home: NSTemporaryDirectory().dropLast().description)
    let message = copier.copied(request()) { _ in outcome }
    #expect(message.hasPrefix("written to ~/copier-") && message.contains("/copied.txt"))
    #expect(text("copied.txt") == request().text)
    #expect(Copier().copied(request()) { _ in outcome }.contains(":copy table FILE"))
  }

  @Test func `a file of the user's is written once and never over another`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copier = Copier()
    let path = "\(folder)/t.tsv"
    #expect(copier.copied(request(path)) { _ in .sent }.hasPrefix("written to"))
    #expect(text("t.tsv") == request().text)
    var other = request(path)
    other.text = "other"
    #expect(copier.copied(other) { _ in .sent }.contains("exists"))
    #expect(text("t.tsv") == request().text)
    let nowhere = copier.copied(request("\(folder)/no/t.tsv")) { _ in .sent }
    #expect(nowhere.contains("cannot be written"))
  }
}
