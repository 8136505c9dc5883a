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

  @Test func `a remark line is what the keys below it show`() throws {
    let script = try KeyScript("# one\n  # two\n\nj # not this\nk\n# end\n")
    #expect(
      script.steps == [
        KeyScript.Step(caption: "one two", keys: [.character("j")]),
        KeyScript.Step(caption: "", keys: [.character("k")]),
      ])
  }

  @Test func `long captions stay longer, within bounds`() {
    let short = TourPlayer.readingTime("a")
    let long = TourPlayer.readingTime(String(repeating: "a", count: 100))
    #expect(short < long && long < .seconds(10))
    #expect(TourPlayer.readingTime(String(repeating: "a", count: 100_000)) < .seconds(30))
  }

  @Test func `what is no key is named`() {
    #expect(throws: CommandFailure.self) { try KeyScript("j sideways") }
  }
}
