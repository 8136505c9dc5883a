import Canvas
import Testing

@testable import Explorer

struct NoticesTests {
  private func status(_ state: ExplorerState) -> String {
    let lines = frame(state).text().split(separator: "\n", omittingEmptySubsequences: false)
    return lines.count > 22 ? String(lines[22]) : ""
  }

  @Test func `none hides another, and each key leads on`() {
    var state = settledState()
    for text in ["one", "two", "two", "three"] { _ = update(&state, .notice(text)) }
    #expect(status(state).contains("one  1 of 3, any key"))
    play("j", on: &state)
    #expect(status(state).contains("two  2 of 3, any key"))
    play("j", on: &state)
    #expect(status(state).contains("three  3 of 3, any key"))
    play("j", on: &state)
    #expect(!status(state).contains("three"))
  }

  @Test func `a message hides a notice without using it up`() {
    var state = settledState()
    _ = update(&state, .notice("one"))
    _ = update(&state, .message("news"))
    #expect(status(state).contains("news"))
    play("j", on: &state)
    #expect(status(state).contains("one"))
    play("j", on: &state)
    #expect(!status(state).contains("one"))
  }

  @Test func `what is longer than the line is read piece by piece`() {
    var state = settledState()
    let words = (0..<40).map { "word\($0)" }
    _ = update(&state, .notice(words.joined(separator: " ")))
    var read = ""
    for _ in 0..<10 {
      read += status(state) + " "
      play("j", on: &state)
    }
    for word in words { #expect(read.contains(word)) }
  }

  @Test func `they can be read again, and the explorer of lines takes all at once`() {
    var state = settledState()
    _ = update(&state, .notice("one"))
    _ = update(&state, .notice("two"))
    #expect(state.takeNotices() == ["one", "two"])
    #expect(state.takeNotices().isEmpty && state.notices.line == nil)
    play(": 'notices' enter", on: &state)
    #expect(state.takeNotices() == ["one", "two"])
    state = settledState(after: ": 'notices' enter")
    #expect(state.message == "there was nothing to tell")
  }

  @Test func `there is an end to what is kept`() {
    var notices = Notices()
    for number in 0..<1000 { notices.take("\(number)", width: 80) }
    #expect(notices.all.count == Notices.limit && notices.waiting.count == Notices.limit)
  }
}
