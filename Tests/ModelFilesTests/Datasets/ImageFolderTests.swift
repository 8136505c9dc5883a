import Foundation
import ModelFiles
import Networks
import Testing

private let pixel = PixelImage(width: 1, height: 1, channelCount: 1, bytes: [7])

@Suite struct ImageFolderTests {
  private func png() throws -> [UInt8] { try encodePNG(pixel) }

  @Test func `class folders give classes in sorted order and images in natural order`() throws {
    try withTemporaryFolder { folder in
      for name in ["cat/10.png", "cat/9.png", "Zebra/x/y/1.PNG", "ant/a.JPEG"] {
        try plant(png(), at: name, in: folder)
      }
      try plant("hello", at: "cat/notes.txt", in: folder)
      try plant("hello", at: "cat/.hidden.png", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(dataset.index.form == "class folders")
      #expect(dataset.index.classes == ["Zebra", "ant", "cat"])
      #expect(
        dataset.index.imageNames == ["Zebra/x/y/1.PNG", "ant/a.JPEG", "cat/9.png", "cat/10.png"])
      #expect(dataset.index.labels == [0, 1, 2, 2])
      #expect(try dataset.image(3) == pixel)
      #expect(dataset.index.notes.contains { $0.contains("cat/notes.txt") })
      #expect(dataset.index.notes.contains { $0.contains("hidden") })
    }
  }

  @Test func `a corrupt image throws its name and reason and leaves the others`() throws {
    try withTemporaryFolder { folder in
      try plant(png(), at: "a/1.png", in: folder)
      try plant("not an image", at: "a/2.png", in: folder)
      try plant(Array(png().prefix(40)), at: "b/3.png", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(try dataset.image(0) == pixel)
      #expect(throws: DatasetError.image(name: "a/2.png", .notAnImage)) {
        try dataset.image(1)
      }
      let error = #expect(throws: DatasetError.self) { try dataset.image(2) }
      #expect(error?.description.contains("b/3.png") == true)
    }
  }

  @Test func `content decides, not the extension`() throws {
    try withTemporaryFolder { folder in
      try plant(encodeJPEG(pixel, quality: 90), at: "a/1.png", in: folder)
      try plant(png(), at: "a/without", in: folder)
      try plant("text", at: "a/README", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(dataset.index.imageNames == ["a/1.png", "a/without"])
      #expect(try dataset.image(0).width == 1)
    }
  }

  @Test func `a flat folder has no classes`() throws {
    try withTemporaryFolder { folder in
      try plant(png(), at: "2.png", in: folder)
      try plant(png(), at: "1.png", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(dataset.index.form == "flat folder" && dataset.index.classes.isEmpty)
      #expect(dataset.index.imageNames == ["1.png", "2.png"])
      #expect(dataset.index.labels == [nil, nil])
    }
  }

  @Test func `of several splits one is taken and said`() throws {
    try withTemporaryFolder { folder in
      for name in ["train/a/1.png", "train/b/2.png", "val/a/3.png", "val/b/4.png"] {
        try plant(png(), at: name, in: folder)
      }
      try plant(png(), at: "test/5.png", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(dataset.index.imageNames == ["a/3.png", "b/4.png"])
      #expect(dataset.index.name.hasSuffix("/val"))
      #expect(dataset.index.notes.contains { $0.hasPrefix("took val of val, test, train") })
      #expect(try dataset.image(1) == pixel)
    }
  }

  @Test func `a lone images folder is looked into`() throws {
    try withTemporaryFolder { folder in
      try plant(png(), at: "images/disc/1.png", in: folder)
      try plant(png(), at: "images/ring/1.png", in: folder)
      #expect(try ImageDataset.open(path: folder).index.classes == ["disc", "ring"])
    }
  }

  @Test func `loops of links end`() throws {
    try withTemporaryFolder { folder in
      try plant(png(), at: "a/1.png", in: folder)
      let files = FileManager.default
      try files.createSymbolicLink(
        atPath: folder + "/a/loop", withDestinationPath: folder + "/a")
      try files.createSymbolicLink(atPath: folder + "/b", withDestinationPath: folder)
      try files.createSymbolicLink(atPath: folder + "/a/gone", withDestinationPath: "/gone")
      let index = try ImageDataset.open(path: folder).index
      #expect(index.imageNames == ["a/1.png"])
      #expect(index.notes.contains { $0.contains("loop") })
    }
  }

  @Test func `nothing to show is one sentence`() throws {
    try withTemporaryFolder { folder in
      let empty = #expect(throws: DatasetError.self) { try ImageDataset.open(path: folder) }
      #expect(empty?.description.contains("it is empty") == true)
      try plant("x", at: "a/b.txt", in: folder)
      let text = #expect(throws: DatasetError.self) { try ImageDataset.open(path: folder) }
      #expect(text?.description.contains("a/b.txt") == true || text != nil)
      #expect(throws: DatasetError.notFound(path: folder + "gone")) {
        try ImageDataset.open(path: folder + "gone")
      }
    }
  }

  @Test func `pickles and archives are turned away with advice`() throws {
    try withTemporaryFolder { folder in
      try plant([0x80, 2, 0x7D], at: "py/test_batch", in: folder)
      try plant([0x80, 2, 0x7D], at: "py/batches.meta", in: folder)
      for path in [folder + "/py", folder + "/py/test_batch"] {
        let error = #expect(throws: DatasetError.self) { try ImageDataset.open(path: path) }
        #expect(error?.description.contains("never opened") == true)
      }
      try plant("PK\u{3}\u{4}....", at: "a.npz", in: folder)
      let error = #expect(throws: DatasetError.self) {
        try ImageDataset.open(path: folder + "/a.npz")
      }
      #expect(error?.description.contains("NumPy") == true)
    }
  }

  @Test func `a single image is a data set of one`() throws {
    try withTemporaryFolder { folder in
      try plant(png(), at: "one.png", in: folder)
      let dataset = try ImageDataset.open(path: folder + "/one.png")
      #expect(dataset.index.imageNames == ["one.png"] && dataset.index.labels == [nil])
      #expect(try dataset.image(0) == pixel)
    }
  }

  @Test func `the fingerprint follows names, sizes and labels, not the place`() throws {
    try withTemporaryFolder { folder in
      for place in ["one", "two"] {
        try plant(png(), at: place + "/a/1.png", in: folder)
        try plant(png(), at: place + "/b/2.png", in: folder)
      }
      let first = try ImageDataset.open(path: folder + "/one").fingerprint()
      #expect(try ImageDataset.open(path: folder + "/two").fingerprint() == first)
      try plant(png() + [0], at: "two/b/2.png", in: folder)
      #expect(try ImageDataset.open(path: folder + "/two").fingerprint() != first)
    }
  }

  @Test func `several threads read at once`() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/threads-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for i in 0..<40 {
      let image = PixelImage(width: 1, height: 1, channelCount: 1, bytes: [UInt8(i)])
      try plant(encodePNG(image), at: "a/\(i).png", in: folder)
    }
    let dataset = try ImageDataset.open(path: folder)
    let levels = await withTaskGroup(of: (Int, UInt8?).self) { group in
      for i in 0..<40 { group.addTask { (i, try? dataset.image(i).bytes.first) } }
      return await group.reduce(into: [Int: UInt8]()) { $0[$1.0] = $1.1 }
    }
    #expect((0..<40).allSatisfy { levels[$0] == UInt8($0) })
  }
}
