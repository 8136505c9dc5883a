import Networks
import Tensors

/// Records of CIFAR's binary files: label bytes, then red, green and blue planes of 32 × 32.
///
/// A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009; format at
/// cs.toronto.edu/~kriz/cifar.html.
struct CIFARFiles: ImageStore {
  static let side = 32
  static let pixelByteCount = 3 * side * side

  var files: [OpenFile]
  /// 1 for CIFAR-10; 2 (coarse, fine) for CIFAR-100.
  var labelByteCount: Int
  /// File and record of each image, in the index's order.
  var places: [RecordPlace] = []

  var recordSize: Int { labelByteCount + Self.pixelByteCount }

  func image(_ i: Int, name: String) throws(DatasetError) -> PixelImage {
    let place = places[i]
    let planes = try files[place.file].read(
      at: place.record * recordSize + labelByteCount, count: Self.pixelByteCount)
    let area = Self.side * Self.side
    var bytes = [UInt8](repeating: 0, count: Self.pixelByteCount)
    for pixel in 0..<area {
      bytes[pixel * 3] = planes[pixel]
      bytes[pixel * 3 + 1] = planes[area + pixel]
      bytes[pixel * 3 + 2] = planes[2 * area + pixel]
    }
    return PixelImage(width: Self.side, height: Self.side, channelCount: 3, bytes: bytes)
  }

  func byteCount(_ i: Int, name: String) -> Int { recordSize }

  /// Labels of all records: files in order, records in order.
  func readLabels() throws(DatasetError) -> [(place: RecordPlace, label: Int)] {
    var found: [(place: RecordPlace, label: Int)] = []
    let limit = labelByteCount == 1 ? 10 : 100
    for (number, file) in files.enumerated() {
      let count = file.byteCount / recordSize
      guard count > 0, count * recordSize == file.byteCount else {
        throw .malformed(
          path: file.path,
          reason: "its \(file.byteCount) bytes are not whole records of \(recordSize)")
      }
      for record in 0..<count {
        let start = record * recordSize
        let label = Int(try file.read(at: start + labelByteCount - 1, count: 1)[0])
        guard label < limit else {
          throw .malformed(
            path: file.path,
            reason:
              "record \(record) has label \(label) of \(NumberText.counted(limit, "class", "classes"))"
          )
        }
        found.append((RecordPlace(file: number, record: record), label))
      }
    }
    return found
  }
}

/// A record of one of several files.
struct RecordPlace: Hashable, Sendable {
  var file: Int
  var record: Int
}

/// The class names of CIFAR-10, in the order of its labels.
let namesOfCIFAR10 = [
  "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
]
