import ModelFiles
import Networks
import Testing

@testable import ModelFiles

@Suite struct ManifestTests {
  private let png: [UInt8]

  init() throws {
    png = try encodePNG(PixelImage(width: 1, height: 1, channelCount: 1, bytes: [7]))
  }

  @Test func `labels by name sort, empty ones are unknown`() throws {
    try withTemporaryFolder { folder in
      for name in ["x/1.png", "x/2.png", "3.png"] { try plant(png, at: name, in: folder) }
      try plant("path,label\nx/2.png,dog\nx/1.png,cat\n3.png,\n", at: "labels.csv", in: folder)
      for path in [folder, folder + "/labels.csv"] {
        let dataset = try ImageDataset.open(path: path)
        #expect(dataset.index.form == "manifest")
        #expect(dataset.index.classes == ["cat", "dog"])
        #expect(dataset.index.imageNames == ["x/1.png", "x/2.png", "3.png"])
        #expect(dataset.index.labels == [0, 1, nil])
        #expect(try dataset.image(2).bytes == [7])
      }
    }
  }

  @Test func `labels that are numbers sort by value`() throws {
    try withTemporaryFolder { folder in
      for name in ["1.png", "2.png", "3.png"] { try plant(png, at: name, in: folder) }
      try plant("id;class\r\n1;10\r\n2;2\r\n3;10\r\n", at: "any.csv", in: folder)
      let index = try ImageDataset.open(path: folder).index
      #expect(index.classes == ["2", "10"])
      #expect(index.imageNames == ["2", "1", "3"] && index.labels == [0, 1, 1])
    }
  }

  @Test func `names may lack the extension and lie in a folder`() throws {
    try withTemporaryFolder { folder in
      for name in ["train/7.png", "train/8.png"] { try plant(png, at: name, in: folder) }
      try plant("id,label\n7,frog\n8,truck\n", at: "trainLabels.csv", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(dataset.index.classes == ["frog", "truck"])
      #expect(try dataset.image(0).bytes == [7])
    }
  }

  @Test func `a table without header is taken when it names images`() throws {
    try withTemporaryFolder { folder in
      try plant(png, at: "a b,c.png", in: folder)
      try plant("\"a b,c.png\",\"say \"\"hi\"\"\"", at: "labels.csv", in: folder)
      let index = try ImageDataset.open(path: folder).index
      #expect(index.imageNames == ["a b,c.png"] && index.classes == ["say \"hi\""])
    }
  }

  @Test func `other tables beside class folders are left alone`() throws {
    try withTemporaryFolder { folder in
      try plant(png, at: "a/1.png", in: folder)
      try plant("epoch,loss\n1,0.5\n", at: "log.csv", in: folder)
      #expect(try ImageDataset.open(path: folder).index.form == "class folders")
    }
  }

  @Test func `tables that lead nowhere are one sentence`() throws {
    try withTemporaryFolder { folder in
      let cases = ["path,label\ngone.png,a\n", "epoch,loss\n1,2\n", "path,label\n", ""]
      for text in cases {
        try plant(text, at: "t.csv", in: folder)
        let error = #expect(throws: DatasetError.self) {
          try ImageDataset.open(path: folder + "/t.csv")
        }
        #expect(error?.description.contains("t.csv") == true)
      }
    }
  }

  @Test func `quoted fields hold separators, line breaks and quotes`() {
    let text = "a,\"b,\n\"\"c\"\"\",\n\n,d\r\n"
    let rows = readCSV(Array(text.utf8), separator: UInt8(ascii: ","))
    #expect(rows == [["a", "b,\n\"c\"", ""], ["", "d"]])
  }
}
