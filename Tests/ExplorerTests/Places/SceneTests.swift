import Canvas
@testable import Explorer
import Testing

/// Which keys move on a screen, and which change it.
struct SceneTests {
  @Test(arguments: [
    ("", "l j k h tab g G pgdn n"), ("2", "l j"), ("enter", "j tab l j ] ["),
    ("enter enter", "j tab j ] ["), ("enter enter enter", "l tab j ] ["),
    ("enter enter enter enter", "] [ tab j"), ("c", "j l"),
  ])
  func `moves leave the scene as it is`(way: String, moves: String) {
    var state = settledState(after: way)
    let scene = state.scene
    for move in moves.split(separator: " ") {
      play(String(move), on: &state)
      #expect(state.scene == scene, "\(move) on \(state.view)")
    }
  }

  @Test(arguments: [
    ("", "enter"), ("", "2"), ("", "z"), ("", "_"), ("", "i"), ("", "?"), ("", ":"), ("", "c"),
    ("enter", "1"), ("enter", "enter"), ("enter", "esc"), ("enter", "+"), ("?", "esc"),
  ])
  func `another screen, facet or cut is another scene`(way: String, key: String) {
    var state = settledState(after: way)
    let scene = state.scene
    play(key, on: &state)
    #expect(state.scene != scene)
  }

  @Test func `another size is another scene`() {
    var state = settledState()
    let scene = state.scene
    _ = update(&state, .resized(ScreenSize(height: 33, width: 99)))
    #expect(state.scene != scene)
  }
}
