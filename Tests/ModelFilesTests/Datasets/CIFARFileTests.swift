import Foundation
import ModelFiles
import Networks
import TestSupport
import Testing

/// A record whose pixel at (y, x) is (y, x, label).
private func record(_ labels: [UInt8]) -> [UInt8] {
  let area = 0..<1024
  return labels + area.map { UInt8($0 / 32) } + area.map { UInt8($0 % 32) }
    + area.map { _ in labels.last ?? 0 }
}

@Suite struct CIFARFileTests {
  @Test func `CIFAR-10 records become images in label order`() throws {
    try withTemporaryFolder { folder in
      try plant(record([3]) + record([1]) + record([3]), at: "test_batch.bin", in: folder)
      try plant(record([0]), at: "data_batch_1.bin", in: folder)
      for path in [folder, folder + "/test_batch.bin"] {
        let dataset = try ImageDataset.open(path: path)
        #expect(dataset.index.form == "CIFAR-10 binary")
        #expect(dataset.index.classes.count == 10 && dataset.index.classes[3] == "cat")
        #expect(dataset.index.labels == [1, 3, 3])
        #expect(dataset.index.imageNames.last == "test_batch:2")
        let image = try dataset.image(0)
        #expect(image.rgb(5, 9) == (5, 9, 1))
      }
    }
  }

  @Test func `CIFAR-100 records carry the fine label`() throws {
    try withTemporaryFolder { folder in
      try plant(record([19, 99]) + record([2, 40]), at: "test.bin", in: folder)
      let names = (0..<100).map { "name\($0)" }.joined(separator: "\n")
      try plant(names + "\n\n", at: "fine_label_names.txt", in: folder)
      let dataset = try ImageDataset.open(path: folder)
      #expect(dataset.index.form == "CIFAR-100 binary")
      #expect(dataset.index.classes[99] == "name99" && dataset.index.labels == [40, 99])
      #expect(try dataset.image(1).rgb(0, 31) == (0, 31, 99))
    }
  }

  @Test func `several training batches follow each other`() throws {
    try withTemporaryFolder { folder in
      try plant(record([5]), at: "data_batch_2.bin", in: folder)
      try plant(record([5]), at: "data_batch_10.bin", in: folder)
      let names = try ImageDataset.open(path: folder).index.imageNames
      #expect(names == ["data_batch_2:0", "data_batch_10:0"])
    }
  }

  @Test func `cut files and impossible labels are one sentence`() throws {
    try withTemporaryFolder { folder in
      try plant(Array(record([1]).dropLast()), at: "cut.bin", in: folder)
      try plant(record([77]), at: "label.bin", in: folder)
      for name in ["cut.bin", "label.bin"] {
        let error = #expect(throws: DatasetError.self) {
          try ImageDataset.open(path: folder + "/" + name)
        }
        #expect(error?.description.contains(name) == true)
      }
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: SharedData.path("datasets"))))
  func `the official records equal the same images as PNG`() throws {
    let binary = try ImageDataset.open(path: SharedData.path("datasets/cifar10_bin"))
    let folders = try ImageDataset.open(path: SharedData.path("datasets/cifar10_png"))
    #expect(binary.index.count == 500 && folders.index.count == 500)
    #expect(binary.index.classes == folders.index.classes)
    var places: [String: Int] = [:]
    for (i, name) in binary.index.imageNames.enumerated() { places[name] = i }
    for i in stride(from: 0, to: 500, by: 7) {
      let digits = folders.index.imageNames[i].split(separator: "/")[1].dropLast(4)
      let number = try #require(Int(digits))
      let place = try #require(places["test_batch:\(number)"])
      #expect(binary.index.labels[place] == folders.index.labels[i])
      #expect(try binary.image(place) == folders.image(i))
    }
  }
}
