import Tensors
import Testing

@testable import lab

@Suite struct NumpyFileTests {
  @Test func `a matrix is read as numpy wrote it`() throws {
    let matrix = try NumpyFile.matrix(from: file("(2, 3)", [1, -2, 0.5, 4, 5, 6]))
    #expect(matrix == Matrix(rowCount: 2, columnCount: 3, values: [1, -2, 0.5, 4, 5, 6]))
  }

  @Test(arguments: ["(6,)", "(2, 3, 1)", "(2, 4)", "(-2, -3)", "()", "(9223372036854775807, 9)"])
  func `a shape that does not fit is refused`(shape: String) {
    #expect(throws: LabError.self) { try NumpyFile.matrix(from: file(shape, [1, 2, 3, 4, 5, 6])) }
  }

  @Test func `other types and orders are refused`() {
    #expect(throws: LabError.self) {
      try NumpyFile.matrix(from: file("(1, 1)", [1], type: "<f8"))
    }
    #expect(throws: LabError.self) {
      try NumpyFile.matrix(from: file("(1, 1)", [1], fortran: "True"))
    }
  }

  @Test func `every beginning of a file is refused, none traps`() {
    let bytes = file("(2, 2)", [1, 2, 3, 4])
    for count in 0..<bytes.count {
      #expect(throws: LabError.self) { try NumpyFile.matrix(from: Array(bytes.prefix(count))) }
    }
  }

  @Test func `random bytes are refused, none traps`() {
    var random = SeededGenerator(seed: 1)
    let bytes = file("(2, 2)", [1, 2, 3, 4])
    for _ in 0..<2000 {
      var broken = bytes
      for _ in 0..<3 {
        broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      _ = try? NumpyFile.matrix(from: broken)
    }
  }
}

private func file(
  _ shape: String, _ values: [Float], type: String = "<f4", fortran: String = "False"
) -> [UInt8] {
  let header = Array(
    "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }\n".utf8)
  let length = [UInt8(header.count & 255), UInt8(header.count >> 8)]
  let body = values.flatMap { value in
    (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
  }
  return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + header + body
}
