import Foundation
import ModelFiles
import Networks
import TestSupport
import Testing

private func idx(_ lengths: [Int], _ data: [UInt8]) -> [UInt8] {
  let axes = lengths.flatMap { length in
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
  }
  return [0, 0, 8, UInt8(lengths.count)] + axes + data
}

/// Gzip data of stored blocks; `data` fits into one.
private func gzip(_ data: [UInt8]) -> [UInt8] {
  var table: [UInt32] = []
  for i in UInt32(0)..<256 {
    table.append(
      (0..<8).reduce(i) { value, _ in
        value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
      })
  }
  let checksum = ~data.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }
  let size = UInt32(data.count)
  return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(size, 2) + little(~size, 2) + data
    + little(checksum, 4) + little(size, 4)
}

@Suite struct IDXFileTests {
  private let images = idx([3, 2, 4], (0..<24).map { UInt8($0) })
  private let labels = idx([3], [7, 0, 7])

  @Test(arguments: [false, true])
  func `images and labels come together, packed or not`(isPacked: Bool) throws {
    try withTemporaryFolder { folder in
      let ending = isPacked ? ".gz" : ""
      try plant(
        isPacked ? gzip(images) : images, at: "t10k-images-idx3-ubyte" + ending, in: folder)
      try plant(
        isPacked ? gzip(labels) : labels, at: "t10k-labels-idx1-ubyte" + ending, in: folder)
      try plant(images, at: "train-images-idx3-ubyte", in: folder)
      for path in [folder, folder + "/t10k-images-idx3-ubyte" + ending] {
        let dataset = try ImageDataset.open(path: path)
        #expect(dataset.index.form == "MNIST IDX" && dataset.index.classes.count == 10)
        #expect(dataset.index.labels == [0, 7, 7])
        #expect(dataset.index.imageNames[0] == "t10k-images-idx3-ubyte:1")
        let image = try dataset.image(0)
        #expect(image.width == 4 && image.height == 2 && image.channelCount == 1)
        #expect(image.bytes == Array(8..<16))
      }
    }
  }

  @Test func `images without labels have no classes`() throws {
    try withTemporaryFolder { folder in
      try plant(images, at: "train-images.idx3-ubyte", in: folder)
      let index = try ImageDataset.open(path: folder).index
      #expect(index.classes.isEmpty && index.labels == [nil, nil, nil])
    }
  }

  @Test func `every cut and false header is one sentence`() throws {
    try withTemporaryFolder { folder in
      let packed = gzip(images)
      var bad: [[UInt8]] = (0..<images.count).map { Array(images.prefix($0)) }
      bad += (2..<packed.count).map { Array(packed.prefix($0)) }
      bad.append(idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], []))
      bad.append(gzip(idx([60_000, 28, 28], [])))
      bad.append(idx([1, 0, 0], []))
      bad.append(gzip(Array("text".utf8)))
      bad.append(idx([3], [1, 2, 3]))
      for bytes in bad {
        try plant(bytes, at: "x-images-idx3-ubyte", in: folder)
        #expect(throws: DatasetError.self) { try ImageDataset.open(path: folder) }
      }
      try plant(images, at: "x-images-idx3-ubyte", in: folder)
      try plant(idx([2], [1, 2]), at: "x-labels-idx1-ubyte", in: folder)
      #expect(throws: DatasetError.self) { try ImageDataset.open(path: folder) }
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: SharedData.path("datasets"))))
  func `the official test set opens`() throws {
    let dataset = try ImageDataset.open(path: SharedData.path("datasets/mnist"))
    #expect(dataset.index.count == 10_000)
    #expect(dataset.index.labels.count { $0 == 1 } == 1135)
    #expect(try dataset.image(9_999).bytes.count == 28 * 28)
  }
}
