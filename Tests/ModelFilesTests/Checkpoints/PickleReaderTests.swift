import Testing

@testable import ModelFiles

struct PickleReaderTests {
  private func read(
    _ bytes: [UInt8], limits: PickleLimits = PickleLimits()
  ) throws(CheckpointError) -> PickleGraph {
    var reader = PickleReader(limits: limits)
    return try reader.read(bytes.span)
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `protocol 0 is text`() throws {
    let graph = try read(
      bytes("(dp0\nVk\\u00e9y\np1\nI-12\nsS'it\\'s'\nF1.5\nsVyes\nI01\nsVbig\nL7L\ns."))
    let pairs = try #require(graph.pairs(graph.root))
    #expect(pairs.compactMap { graph.text($0.key) } == ["kéy", "it's", "yes", "big"])
    #expect(graph.integer(pairs[0].value) == -12)
    if case .real(let number) = graph[pairs[1].value].value { #expect(number == 1.5) }
    if case .bool(let flag) = graph[pairs[2].value].value { #expect(flag) }
    #expect(graph.integer(pairs[3].value) == 7)
  }

  @Test func `numbers are in two's complement`() throws {
    let graph = try read(
      [0x80, 2, UInt8(ascii: "(")] + bytes("J") + [0xFE, 0xFF, 0xFF, 0xFF, 0x8A, 1, 0x80, 0x8A, 0]
        + [0x8A, 2, 0xFF, 0x00, 0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1] + bytes("t."))
    let items = try #require(graph.elements(graph.root))
    #expect(items.map { graph.integer($0) } == [-2, -128, 0, 255, nil])
  }

  @Test func `what is remembered is shared and may hold itself`() throws {
    let graph = try read(bytes("]q") + [0] + bytes("h") + [0] + bytes("a."))
    #expect(graph.elements(graph.root) == [graph.root])
  }

  @Test func `calls and states are records`() throws {
    let graph = try read(bytes("cos\nsystem\n(S'ls'\ntR(dS'a'\nI1\nsb."))
    let object = try #require(graph.object(graph.root))
    #expect(object.name == "os.system")
    #expect(object.state.flatMap { graph.value("a", of: $0) }.flatMap { graph.integer($0) } == 1)
  }

  @Test(arguments: [
    "", ".", "0.", "N", "(((", "]N", "q\u{1}", "h\u{1}.", "}Ns.", "a.", "(e.", "\u{7}.",
  ])
  func `broken programs are refused`(text: String) {
    #expect(throws: CheckpointError.self) { try read(bytes(text)) }
  }

  @Test func `limits hold`() {
    let limits = PickleLimits(opcodeCount: 20, nodeCount: 5, textCount: 4, markDepth: 3)
    for text in [String(repeating: "N0", count: 30) + "N.", "NNNNNN.", "Vabcde\n.", "((((N."] {
      let error = #expect(throws: CheckpointError.self) { try read(bytes(text), limits: limits) }
      if case .limitExceeded = error { continue }
      Issue.record("\(text): \(String(describing: error))")
    }
  }
}
