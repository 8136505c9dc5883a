public import Networks

/// The EXIF orientation of a JPEG image, 1…8; 1 (upright) when it names none.
///
/// Reads marker segments up to the first scan, then the first directory of the TIFF
/// structure in the EXIF segment. Exif 2.32, sections 4.5.4 and 4.6.2.
///
/// - Complexity: O(segments + directory entries), at most 65,535 entries.
public func exifOrientation(ofJPEG bytes: Span<UInt8>) -> Int {
  var offset = 2
  while offset + 4 <= bytes.count, bytes[offset] == 0xFF {
    let marker = bytes[offset + 1]
    if marker == 0xFF {
      offset += 1
      continue
    }
    if marker == 0xDA || marker == 0xD9 { return 1 }
    let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
    guard length >= 2, offset + 2 + length <= bytes.count else { return 1 }
    if marker == 0xE1 {
      let segment = bytes.extracting(offset + 4..<offset + 2 + length)
      if let orientation = orientation(inEXIF: segment) { return orientation }
    }
    offset += 2 + length
  }
  return 1
}

/// The orientation in an APP1 segment's content, nil when it is not EXIF or has none.
private func orientation(inEXIF segment: Span<UInt8>) -> Int? {
  let name = Array("Exif\0\0".utf8)
  guard segment.count >= 14, name.indices.allSatisfy({ segment[$0] == name[$0] }) else {
    return nil
  }
  let tiff = segment.extracting(6..<segment.count)
  guard let isLittleEndian = byteOrder(tiff) else { return nil }
  func number(at offset: Int, byteCount: Int) -> Int? {
    guard offset >= 0, offset + byteCount <= tiff.count else { return nil }
    var value = 0
    for i in 0..<byteCount {
      let place = isLittleEndian ? byteCount - 1 - i : i
      value = value << 8 | Int(tiff[offset + place])
    }
    return value
  }
  guard number(at: 2, byteCount: 2) == 42, let directory = number(at: 4, byteCount: 4),
    let entryCount = number(at: directory, byteCount: 2)
  else { return nil }
  for entry in 0..<entryCount {
    let offset = directory + 2 + entry * 12
    guard let tag = number(at: offset, byteCount: 2) else { return nil }
    guard tag == 0x0112 else { continue }
    guard let value = number(at: offset + 8, byteCount: 2), (1...8).contains(value) else {
      return nil
    }
    return value
  }
  return nil
}

/// True for Intel order (`II`), false for Motorola (`MM`), nil for neither.
private func byteOrder(_ tiff: Span<UInt8>) -> Bool? {
  switch (tiff[0], tiff[1]) {
  case (0x49, 0x49): true
  case (0x4D, 0x4D): false
  default: nil
  }
}

extension PixelImage {
  /// The image as it should be seen, given the EXIF orientation (1…8) it was stored in.
  ///
  /// 2 is mirrored left to right, 3 turned by half, 4 mirrored top to bottom, 5 transposed,
  /// 6 needs a quarter turn clockwise, 7 is transposed along the other diagonal, 8 needs a
  /// quarter turn anticlockwise. Anything else leaves the image as it is.
  public func turnedUpright(from orientation: Int) -> PixelImage {
    guard (2...8).contains(orientation) else { return self }
    let swapsAxes = orientation >= 5
    let newWidth = swapsAxes ? height : width
    let newHeight = swapsAxes ? width : height
    let mirrorsRows = [3, 4, 6, 7].contains(orientation)
    let mirrorsColumns = [2, 3, 7, 8].contains(orientation)
    var turned: [UInt8] = []
    turned.reserveCapacity(bytes.count)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        let row = swapsAxes ? x : y
        let column = swapsAxes ? y : x
        let sourceRow = mirrorsRows ? height - 1 - row : row
        let sourceColumn = mirrorsColumns ? width - 1 - column : column
        let first = (sourceRow * width + sourceColumn) * channelCount
        turned.append(contentsOf: bytes[first..<first + channelCount])
      }
    }
    return PixelImage(
      width: newWidth, height: newHeight, channelCount: channelCount, bytes: turned)
  }
}
