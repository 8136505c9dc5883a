import ModelFiles
import Testing

@testable import Pipeline

struct RunArrivalsTests {
  private func file(_ name: String, bytes: Int, modified: Double) -> RunFile {
    RunFile(path: "run/\(name)", modified: modified, step: nil, byteCount: bytes, fileNumber: 1)
  }

  private func due(
    _ arrivals: inout RunArrivals, _ files: [RunFile], settled: Set<String> = [],
    hasNews: Bool = false, at now: Double, known: RunFile? = nil
  ) -> [String] {
    arrivals.due(
      files, known: { $0 == known?.path ? known : nil }, settled: settled, hasNews: hasNews,
      now: now
    ).map { $0.file.path + ($0.isLastTry ? "!" : "") }
  }

  @Test func `a growing file waits until it is quiet`() {
    var arrivals = RunArrivals()
    for step in 0..<5 {
      let now = 100 + 0.5 * Double(step)
      #expect(due(&arrivals, [file("a", bytes: step, modified: now)], at: now) == [])
      #expect(arrivals.waiting == ["a"])
      #expect(arrivals.pause != nil)
    }
    let whole = file("a", bytes: 4, modified: 102)
    #expect(due(&arrivals, [whole], at: 102.5) == [])
    #expect(due(&arrivals, [whole], at: 103.5) == ["run/a"])
    arrivals.settle("run/a")
    #expect(due(&arrivals, [whole], at: 104, known: whole) == [])
    #expect(arrivals.waiting == [])
    #expect(arrivals.pause == nil)
  }

  @Test func `a file renamed into place is tried at once`() {
    var arrivals = RunArrivals()
    let new = file("a", bytes: 9, modified: 100)
    #expect(due(&arrivals, [new], settled: ["run/a"], hasNews: true, at: 100) == ["run/a"])
  }

  @Test func `what cannot be opened is tried again with news, and at last given up`() {
    var arrivals = RunArrivals()
    let index = file("index.json", bytes: 9, modified: 100)
    #expect(due(&arrivals, [index], settled: ["run/index.json"], at: 100) == ["run/index.json"])
    #expect(due(&arrivals, [index], at: 102) == [])
    #expect(due(&arrivals, [index], hasNews: true, at: 103) == ["run/index.json"])
    #expect(due(&arrivals, [index], at: 104) == [])
    #expect(due(&arrivals, [index], at: 111) == ["run/index.json!"])
  }

  @Test func `a file written anew waits again`() {
    var arrivals = RunArrivals()
    let old = file("last", bytes: 9, modified: 50)
    #expect(due(&arrivals, [old], at: 100, known: old) == [])
    let new = file("last", bytes: 3, modified: 100)
    #expect(due(&arrivals, [new], at: 100, known: old) == [])
    #expect(due(&arrivals, [new], at: 101.5, known: old) == ["run/last"])
  }

  @Test func `a file that goes away is not waited for`() {
    var arrivals = RunArrivals()
    _ = due(&arrivals, [file("a", bytes: 1, modified: 100)], at: 100)
    #expect(due(&arrivals, [], hasNews: true, at: 100.5) == [])
    #expect(arrivals.waiting == [])
  }

  @Test func `an old file needs no second look`() {
    var arrivals = RunArrivals()
    #expect(due(&arrivals, [file("a", bytes: 1, modified: 1)], at: 100) == ["run/a!"])
  }
}
