import Testing

@testable import Storage

@Suite struct SHA256Tests {
  /// Examples of FIPS 180-4 and of Python's hashlib.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `published digests`(text: String, digest: String) {
    var hash = SHA256()
    let bytes = Array(text.utf8)
    unsafe hash.update(bytes.span.bytes)
    #expect(hash.hexDigest() == digest)
  }

  /// Lengths around every boundary of a block, starting at any byte.
  @Test(arguments: [0, 1, 3]) func `the processor's instructions give the portable digest`(
    start: Int
  ) {
    let bytes = (0..<700).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ 31 * $0) }
    for length in [0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 640, 691] {
      let part = bytes.span.extracting(start..<start + length)
      let digests = SHA256.Variant.allCases.map { variant in
        var hash = SHA256(variant)
        unsafe hash.update(part.bytes)
        return hash.hexDigest()
      }
      #expect(digests[0] == digests[1])
    }
  }

  @Test func `pieces hash like the whole`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var whole = SHA256()
    unsafe whole.update(bytes.span.bytes)
    var pieces = SHA256()
    var start = 0
    for size in [1, 62, 1, 64, 65, 500, 307] {
      unsafe pieces.update(bytes.span.extracting(start..<start + size).bytes)
      start += size
    }
    #expect(start == 1000)
    #expect(pieces.hexDigest() == whole.hexDigest())
  }
}
