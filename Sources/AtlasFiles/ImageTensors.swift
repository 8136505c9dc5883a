import Storage

/// Pictures of data set images as `images/index`, `images/offset` and `images/encoded`.
enum ImageTensors {
  /// Bytes of each kept picture in the file, by data set index.
  static func ranges(
    _ tensors: CheckedTensors, images: Int
  ) throws(AtlasError) -> [Int: Range<Int>] {
    guard let blob = tensors.file.tensors["images/encoded"] else { return [:] }
    let count = tensors.file.tensors["images/index"]?.elementCount ?? 0
    let indices: [Int32] = try tensors.values("images/index", [count])
    let offsets: [Int64] = try tensors.values("images/offset", [count + 1])
    var ranges: [Int: Range<Int>] = [:]
    for (place, image) in indices.enumerated() {
      let (first, last) = (offsets[place], offsets[place + 1])
      guard first >= 0, first <= last, last <= blob.bytes.count, image >= 0, image < images
      else { throw tensors.inconsistent("its pictures do not fit their bytes") }
      let start = blob.bytes.lowerBound
      ranges[Int(image)] = start + Int(first)..<start + Int(last)
    }
    return ranges
  }
}
