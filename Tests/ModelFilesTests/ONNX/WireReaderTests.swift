import Testing

@testable import ModelFiles

@Suite struct WireReaderTests {
  private func fields(_ bytes: [UInt8]) throws -> [Int] {
    var reader = WireReader(0..<bytes.count)
    var numbers: [Int] = []
    while let field = try reader.next(bytes.span) { numbers.append(field.number) }
    return numbers
  }

  @Test func `numbers of all lengths come back`() throws {
    for value in [0, 1, 127, 128, 300, 1 << 35, UInt64(Int.max), UInt64.max] {
      var writer = WireWriter()
      writer.varint(value)
      var reader = WireReader(0..<writer.bytes.count)
      #expect(try reader.varint(writer.bytes.span) == value)
      #expect(reader.position == writer.bytes.count)
    }
  }

  @Test func `fields are walked in order`() throws {
    var writer = WireWriter()
    writer.int(1, -5)
    writer.text(2, "weights")
    writer.float(3, 1.5)
    #expect(try fields(writer.bytes) == [1, 2, 3])
  }

  @Test func `every cut of a message is refused or read`() {
    var writer = WireWriter()
    writer.int(1, 300)
    writer.text(2, "weights")
    for count in writer.bytes.indices {
      let cut = Array(writer.bytes.prefix(count))
      let found = try? fields(cut)
      #expect(found == nil || [[], [1]].contains(found))
    }
  }

  @Test(
    arguments: [
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],  // never ends
      [0x0B],  // a group, long gone
      [0x00, 0x01],  // field 0
      [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],  // longer than memory
    ] as [[UInt8]])
  func `broken fields are refused`(bytes: [UInt8]) {
    #expect(throws: ModelFileError.self) { try fields(bytes) }
  }
}
