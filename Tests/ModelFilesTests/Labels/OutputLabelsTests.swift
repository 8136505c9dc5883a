import ModelFiles
import Networks
import Testing

@Suite struct OutputLabelsTests {
  @Test func `the list of the right length wins`() throws {
    try withTemporaryFolder { folder in
      let model = folder + "/net.onnx"
      #expect(OutputLabels.find(besideModel: model, outputCount: 2) == nil)
      try plant("background\na\nb\n", at: "classes.txt", in: folder)
      #expect(OutputLabels.find(besideModel: model, outputCount: 2)?.names.count == 3)
      try plant("a\r\nb\r\n\n", at: "synset_words.txt", in: folder)
      let found = try #require(OutputLabels.find(besideModel: model, outputCount: 2))
      #expect(found.names == ["a", "b"] && found.evidence == .read)
      try plant("x\ny\n", at: "net.labels.txt", in: folder)
      #expect(OutputLabels.find(besideModel: model, outputCount: 2)?.names == ["x", "y"])
      #expect(OutputLabels.find(besideModel: model, outputCount: 9) == nil)
    }
  }

  @Test func `numbered lines and the usual kinds of JSON are understood`() throws {
    try withTemporaryFolder { folder in
      let cases: [(file: String, text: String)] = [
        ("a.txt", "0: tench\n1: gold fish"), ("b.txt", "0 'tench',\n1 'gold fish',"),
        ("c.txt", "1\ttench\n2\tgold fish\n"), ("d.json", #"["tench", "gold fish"]"#),
        ("e.json", #"{"0": "tench", "1": "gold fish"}"#),
        ("f.json", #"{"gold fish": "1", "tench": "0"}"#),
      ]
      for (file, text) in cases {
        try plant(text, at: file, in: folder)
        let names = try OutputLabels.read(folder + "/" + file).names
        #expect(names == ["tench", "gold fish"], "\(file)")
      }
      try plant(#"{"0": ["n01440764", "tench"]}"#, at: "g.json", in: folder)
      #expect(try OutputLabels.read(folder + "/g.json").names == ["n01440764 tench"])
      try plant("0\n1\n2\n", at: "h.txt", in: folder)
      #expect(try OutputLabels.read(folder + "/h.txt").names == ["0", "1", "2"])
    }
  }

  @Test func `anything else is one sentence`() throws {
    try withTemporaryFolder { folder in
      let cases: [(file: String, text: String)] = [
        ("a.json", "{"), ("b.json", #"{"0": 1}"#), ("c.json", #"{"a": "7"}"#), ("d.txt", ""),
        ("e.txt", "a\0b"), ("f.json", "[[[[["),
      ]
      for (file, text) in cases {
        try plant(text, at: file, in: folder)
        #expect(throws: DatasetError.self, "\(file)") {
          try OutputLabels.read(folder + "/" + file)
        }
      }
    }
  }

  @Test func `outputs are shown by label, else class, else WordNet id, else number`() {
    let mapping = ClassMapping(
      name: "by order", outputs: [1, nil], backgroundOffset: 0, evidence: .assumed)
    let shown = outputDisplayNames(
      outputCount: 3, labels: nil, datasetClasses: ["n01440764_old_tench", "b"],
      mapping: mapping)
    #expect(shown == ["output 0", "old tench", "output 2"])
    let labels = OutputLabels(names: ["a, first", "b"], path: "", evidence: .read)
    let shifted = outputDisplayNames(
      outputCount: 3, labels: labels, datasetClasses: [], mapping: nil)
    #expect(shifted == ["output 0", "a", "b"])
    let imageNet = outputDisplayNames(
      outputCount: 1001, labels: nil, datasetClasses: [], mapping: nil)
    #expect(imageNet[0] == "background" && imageNet[1] == "n01440764")
  }
}
