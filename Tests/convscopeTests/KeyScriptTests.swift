import Canvas
import Testing

@testable import convscope

struct KeyScriptTests {
  @Test func `words are keys`() throws {
    let script = try KeyScript("j j enter ^d pgdn space ? /")
    #expect(
      script.keys == [
        .character("j"), .character("j"), .enter, .control("d"), .pageDown, .character(" "),
        .character("?"), .character("/"),
      ])
  }

  @Test func `quotes type letters, blanks included`() throws {
    let script = try KeyScript("/ 'a b' enter")
    #expect(
      script.keys == [
        .character("/"), .character("a"), .character(" "), .character("b"), .enter,
      ])
  }

  @Test func `a quote alone is a key`() throws {
    #expect(try KeyScript("'").keys == [.character("'")])
  }

  @Test func `lines are kept apart, remarks are left out`() throws {
    let script = try KeyScript("# a tour\nj enter # into it\n\nesc\n")
    #expect(script.lines == [[.character("j"), .enter], [.escape]])
  }

  @Test func `what is no key is named`() {
    #expect(throws: CommandFailure.self) { try KeyScript("j sideways") }
  }
}
