import FoundationEssentials
import Tensors

/// Reads two-dimensional arrays of 32-bit floats as `numpy.save` writes them.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
enum NumpyFile {
  /// The matrix in the file at `path`.
  static func matrix(at path: String) throws -> Matrix {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw LabError("Cannot read \(path).")
    }
    do {
      return try matrix(from: Array(data))
    } catch let error as LabError {
      throw LabError("\(path): \(error.description)")
    }
  }

  /// The matrix that `bytes` hold.
  static func matrix(from bytes: [UInt8]) throws -> Matrix {
    guard bytes.count >= 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw LabError("not a .npy file.")
    }
    let isLong = bytes[6] >= 2
    let lengthBytes = bytes[8..<(isLong ? 12 : 10)]
    let headerLength = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = lengthBytes.endIndex
    guard headerLength <= bytes.count - start else { throw LabError("the header is cut off.") }
    let header = String(decoding: bytes[start..<start + headerLength], as: UTF8.self)
    guard header.contains("'<f4'"), header.contains("'fortran_order': False") else {
      throw LabError("expected 32-bit little-endian floats in C order; save as numpy.float32.")
    }
    let (rows, columns) = try shape(in: header)
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    let body = bytes[(start + headerLength)...]
    guard !overflows, count <= body.count / 4, body.count == count * 4 else {
      throw LabError("the header says \(rows)×\(columns) but there are \(body.count) bytes.")
    }
    return Matrix(rowCount: rows, columnCount: columns, values: floats(body, count: count))
  }

  private static func shape(in header: String) throws -> (rows: Int, columns: Int) {
    let parts = header.split(separator: "'shape': (", maxSplits: 1)
    let numbers = parts.count == 2 ? parts[1].prefix { $0 != ")" }.split(separator: ",") : []
    let sizes = numbers.compactMap { number in Int(number.filter { $0 != " " }) }
    guard sizes.count == numbers.count, sizes.count == 2, sizes[0] >= 0, sizes[1] >= 0 else {
      throw LabError("expected two dimensions.")
    }
    return (sizes[0], sizes[1])
  }

  private static func floats(_ bytes: ArraySlice<UInt8>, count: Int) -> [Float] {
    let first = bytes.startIndex
    return (0..<count).map { index in
      let place = first + index * 4
      let low = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
      let high = UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3]) << 24
      return Float(bitPattern: low | high)
    }
  }
}

/// What went wrong, in one sentence.
struct LabError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
