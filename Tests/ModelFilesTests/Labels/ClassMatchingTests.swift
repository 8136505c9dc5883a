import Foundation
import ModelFiles
import Networks
import TestSupport
import Testing

private func match(
  _ classes: [String], _ names: [String]?, _ count: Int
) -> [ClassMapping] {
  ClassMatching.match(datasetClasses: classes, outputNames: names, outputCount: count)
}

@Suite struct ClassMatchingTests {
  @Test func `WordNet ids find their outputs through the built-in table`() throws {
    let classes = ["n01440764", "n15075141_toilet_tissue", "n03888257 parachute, chute"]
    let plain = try #require(match(classes, nil, 1000).first)
    #expect(plain.outputs == [0, 999, 701] && plain.backgroundOffset == 0)
    let shifted = match(classes, nil, 1001)
    #expect(shifted.map(\.outputs) == [[1, 1000, 702], [0, 999, 701]])
    #expect(shifted[0].backgroundOffset == 1)
  }

  @Test func `names match whatever their case, order and punctuation`() throws {
    let names = ["Great White-Shark, man-eater", "tench, Tinca tinca", "gold fish"]
    let found = try #require(
      match(["gold_fish", "tinca tinca", "great_white_shark"], names, 3).first)
    #expect(found.outputs == [2, 1, 0])
    #expect(found.name == "by name" && found.evidence == .read)
  }

  @Test func `a name that several outputs share goes by its whole or other synonyms`() throws {
    let names = ["crane, bird", "crane, hoist", "maillot", "maillot, tank suit"]
    let classes = ["crane_hoist", "bird", "tank suit", "maillot"]
    let found = try #require(match(classes, names, 4).first)
    #expect(found.outputs[0] == 1 && found.outputs[1] == 0 && found.outputs[2] == 3)
  }

  @Test func `the background shifts names, numbers and order`() throws {
    let named = try #require(match(["a", "b"], ["background", "a", "b"], 3).first)
    #expect(named.outputs == [1, 2] && named.backgroundOffset == 1)
    let unnamed = try #require(match(["b", "a"], ["a", "b"], 3).first)
    #expect(unnamed.outputs == [2, 1] && unnamed.backgroundOffset == 1)
    let ordered = match(["x", "y"], nil, 3)
    #expect(ordered.map(\.outputs) == [[1, 2], [0, 1]])
    #expect(ordered.allSatisfy { $0.evidence == .assumed })
  }

  @Test func `numbers are outputs, and both orders of ten and two are tried`() {
    let classes = (0..<12).map { "\($0)" }.sorted()
    let found = match(classes, nil, 12)
    #expect(found.first?.outputs == classes.map { Int($0) })
    #expect(found.contains { $0.outputs == Array(0..<12) })
    let named = (0..<12).map { "class\($0)" }.sorted()
    #expect(
      match(named, nil, 12).map(\.name) == ["by order", "by natural order"])
  }

  @Test func `few names missing are filled by order, foreign classes match nothing`() {
    let names = ["plane", "car", "bird", "cat"]
    let filled = match(["airplane", "automobile", "bird", "cat"], names, 4)
    #expect(filled.first?.outputs == [0, 1, 2, 3])
    #expect(match(["spoon", "fork"], (0..<1000).map { "name\($0)" }, 1000).isEmpty)
    #expect(match([], nil, 10).isEmpty)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: SharedData.path("models"))))
  func `real folders and labels agree with the table of facts`() throws {
    let facts = try JSONDecoder().decode(
      [String: Int].self,
      from: Data(
        contentsOf: URL(filePath: SharedData.path("datasets/imagenet_wnid_index.json"))))
    let classes = facts.keys.sorted()
    #expect(match(classes, nil, 1000).first?.outputs == classes.map { facts[$0] })
    let folders = try ImageDataset.open(path: SharedData.path("datasets/imagenet_500x1_160"))
    #expect(folders.index.classes.count == 500)
    for model in ["squeezenet11_imagenet", "mobilenetv1_025_128_imagenet"] {
      let path = SharedData.path("models/\(model)/model.onnx")
      let count = model.hasPrefix("mobile") ? 1001 : 1000
      let labels = try #require(OutputLabels.find(besideModel: path, outputCount: count))
      #expect(labels.names.count == count)
      let found = match(folders.index.classes, labels.names, count)
      let byTable = try #require(found.first { $0.name.hasPrefix("by WordNet id") })
      let byName = try #require(found.first { $0.name == "by name" })
      #expect(found[0] == byTable && byTable.matchedCount == 500)
      // Names alone confuse the few that ImageNet uses twice, such as the two cranes.
      let differing = zip(byTable.outputs, byName.outputs).count { $0 != $1 }
      #expect(differing <= 6)
    }
  }
}
