import Atlases
import Canvas
import Networks
import Testing

@testable import Explorer

struct CopyingTests {
  /// What the last keys of `script` copied.
  private func copied(_ keys: String, after script: String) -> CopyRequest? {
    var state = settledState(after: script)
    var found: CopyRequest?
    for word in keys.split(separator: " ") {
      for key in pressed(String(word)) {
        for case .copy(let request) in update(&state, .key(key)) { found = request }
      }
    }
    return found
  }

  private func pressed(_ word: String) -> [Key] { keys(word) }

  @Test(arguments: [
    ("l l l", "reduce:A"), ("l l l enter", "reduce:A"), ("l l l enter enter", "reduce:0"),
    ("l l l enter enter enter", "reduce:0"), ("c j", PlantedNetwork.classes[1]),
  ])
  func `y copies the address of what the cursor is on`(script: String, address: String) throws {
    let request = try #require(copied("y", after: script))
    #expect(request.text == address && request.title == address && request.path == nil)
  }

  @Test func `an address that was copied leads back`() throws {
    let request = try #require(copied("y", after: "l l l enter enter j j"))
    var state = settledState()
    play(": 'go' space '\(request.text)' enter", on: &state)
    #expect("\(state.layerName(state.selection.layer)):\(state.selection.neuron)" == request.text)
  }

  @Test func `the table of the screen has a line a row and a tab a column`() throws {
    let request = try #require(copied("Y", after: "l l l enter"))
    let lines = request.text.split(separator: "\n", omittingEmptySubsequences: false)
    let state = settledState(after: "l l l enter")
    let clusters = try #require(state.digest?.clusters)
    #expect(lines.count == clusters.count + 2 && lines.last == "")
    #expect(lines.first == "cluster\tneurons\tstrongest classes")
    #expect(lines[1].hasPrefix("A\t\(clusters[0].members.count)\t"))
    #expect(request.title == "the table, \(clusters.count) rows")
  }

  @Test func `a row is the table's own`() throws {
    let table = try #require(copied("Y", after: "l l l enter l j"))
    let row = try #require(copied(": 'copy' space 'row' enter", after: "l l l enter l j"))
    let lines = table.text.split(separator: "\n")
    #expect(lines.contains(Substring(row.text)))
    let state = settledState(after: "l l l enter l j")
    #expect(row.text.hasPrefix("\(state.selection.neuron)\t"))
  }

  @Test func `a file is named behind the part`() throws {
    let request = try #require(
      copied(": 'copy' space 'table' space 'a' space 'b.tsv' enter", after: ""))
    #expect(request.path == "a b.tsv")
  }

  @Test(arguments: ["", "l", "l enter", "l enter l", "enter enter", "enter enter tab", "c", "f"])
  func `every screen's row, where it has one, is in its table`(script: String) {
    for (name, atlas) in [("planted", PlantedAtlas.make()), ("bare", PlantedAtlas.structureOnly())]
    {
      let state = settledState(atlas, after: script)
      guard let (table, row) = state.tableAtCursor() else { continue }
      #expect(row.map { table.rows.indices.contains($0) } ?? true, "\(name)")
    }
  }

  @Test func `control characters stay behind`() throws {
    var atlas = PlantedAtlas.make()
    atlas.network.layers[0].name = "a\u{1B}]0;x\u{7}\tb"
    var state = settledState(atlas)
    var texts: [String] = []
    for key in [Key.character("y"), .character("Y")] {
      for case .copy(let request) in update(&state, .key(key)) { texts.append(request.text) }
    }
    #expect(texts.count == 2)
    for scalar in texts.joined().unicodeScalars where scalar.value < 32 {
      #expect(scalar == "\t" || scalar == "\n")
    }
    #expect(!texts[0].contains("\t"))
  }

  @Test func `what cannot be copied is said`() {
    let state = settledState(after: ": 'copy' space 'everything' enter")
    #expect(state.message?.contains("address, row or table") == true)
    let empty = settledState(DamagedAtlas.withoutLayers(), after: "y")
    #expect(empty.message == "there is no address to copy here")
  }
}
