import Foundation
import Tensors
import Testing

@testable import ModelFiles

struct EventFileTests {
  /// Written by tensorboardX 2.6.5: loss and accuracy of three steps, then a histogram, then
  /// `gradient_norm/conv` as tensors of a float and a double.
  private func whole() throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: corpus("Events/events.out.tfevents.1700000000.box"))))
  }

  private func read(_ bytes: [UInt8]) -> EventFile { EventFile(bytes.span) }

  @Test func `the checksum is that of the standard`() {
    // RFC 3720, appendix B.4.
    let check = CRC32C()
    let zeros = [UInt8](repeating: 0, count: 32)
    let digits = Array("123456789".utf8)
    let found = [check.checksum(zeros.span, 0..<32), check.checksum(digits.span, 0..<9)]
    #expect(found == [0x8A91_36AA, 0xE306_9283])
  }

  @Test func `numbers are read with their steps`() throws {
    let file = read(try whole())
    #expect(!file.isCut)
    func values(_ tag: String) -> [Int: Double] {
      Dictionary(
        file.scalars.filter { $0.tag == tag }.map { ($0.step, $0.value) },
        uniquingKeysWith: { $1 })
    }
    #expect(values("train/loss") == [0: 2, 1: 1, 2: 0.5])
    #expect(values("val/accuracy") == [0: 0.25, 1: 0.5, 2: 0.75])
    #expect(values("gradient_norm/conv") == [1: 1.5, 2: 2.5])
    #expect(Set(file.scalars.map(\.tag)).count == 3)
  }

  @Test func `a file that is being written gives what is whole`() throws {
    let bytes = try whole()
    var before = 0
    for count in 0...bytes.count {
      let file = read(Array(bytes.prefix(count)))
      #expect(file.scalars.count >= before)
      before = file.scalars.count
    }
    #expect(read(Array(bytes.dropLast())).isCut)
  }

  @Test func `damage is found by its checksum and ends the reading`() throws {
    let bytes = try whole()
    var random = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      var damaged = bytes
      let place = Int.random(in: damaged.indices, using: &random)
      damaged[place] ^= UInt8.random(in: 1...255, using: &random)
      let file = read(damaged)
      #expect(file.isCut)
      #expect(read(bytes).scalars.starts(with: file.scalars))
    }
  }

  @Test func `lengths that lie are refused before anything is made`() {
    var record = Array(repeating: UInt8(0xFF), count: 8)
    let mask = CRC32C().masked(record.span, 0..<8)
    record += (0..<4).map { UInt8(truncatingIfNeeded: mask >> UInt32(8 * $0)) }
    record += [1, 2, 3, 4]
    #expect(read(record).isCut)
    #expect(read(record).scalars.isEmpty)
  }

  @Test func `a run finds them beside its checkpoints or in a folder of logs`() throws {
    for name in ["", "logs/"] {
      try withTemporaryFolder { folder in
        try plant(try whole(), at: name + "events.out.tfevents.1.box", in: folder)
        let log = try #require(RunLog.find(inFolder: folder))
        #expect(log[epoch: 2]?.values["train/loss"] == 0.5)
        #expect(log[epoch: 1]?.values["gradient_norm/conv"] == 1.5)
      }
    }
  }
}
