import Analysis
import Atlases
@testable import Explorer
import Foundation
import Tensors
import Testing

struct DescribeTests {
  @Test(arguments: [
    "", "l l l enter", "l l l enter enter", "l l l enter enter enter", "c", "c enter",
    "enter enter enter enter",
  ])
  func `every screen reads back from its JSON`(script: String) throws {
    let description = describe(settledState(after: script))
    #expect(!description.title.isEmpty)
    #expect(!description.tables.isEmpty)
    for table in description.tables {
      #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    }
    let read = try JSONSerialization.jsonObject(with: Data(description.json.utf8))
    let object = try #require(read as? [String: Any])
    #expect(object["title"] as? String == description.title)
    #expect(object["view"] as? String == description.view)
    let tables = try #require(object["tables"] as? [[String: Any]])
    #expect(tables.map { $0["columns"] as? [String] } == description.tables.map(\.columns))
    #expect(
      tables.map { ($0["rows"] as? [[Any]])?.count } == description.tables.map(\.rows.count))
    #expect(description.text.hasPrefix(description.title))
  }

  @Test func `a neuron's classes carry its planted figures`() throws {
    let state = settledState(after: "l l l enter enter enter")
    let table = try #require(describe(state).tables.first { $0.name == "classes" })
    let means = try #require(state.atlas.layers[3].statistics?.meanOfMean)
    for row in table.rows {
      guard case .text(let name) = row[0], case .number(let mean) = row[2] else {
        Issue.record("a row without name or mean")
        continue
      }
      let index = try #require(PlantedNetwork.classes.firstIndex(of: name))
      #expect(abs(mean - Double(means[state.selection.neuron, index])) < 1e-6)
    }
  }

  @Test func `numbers that are not finite become null, text is escaped`() {
    #expect(DescribedValue.number(.nan).json == "null")
    #expect(DescribedValue.number(2).json == "2")
    #expect(DescribedValue(Float(0.1)).json == "0.1")
    #expect(quoted("a\"b\\c\n\u{1B}ü") == #""a\"b\\c\n\u001bü""#)
  }

  @Test func `structure alone is described with its reason`() {
    let text = describe(settledState(PlantedAtlas.structureOnly(), after: "enter")).text
    #expect(text.contains("no data set was given"))
  }
}
