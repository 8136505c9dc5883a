/// Rows of comma-separated values by RFC 4180: quoted fields may hold separators, line breaks
/// and doubled quotes. The separator is a parameter, as `;` and tabs are as common.
///
/// - Complexity: O(bytes).
func readCSV(_ bytes: [UInt8], separator: UInt8) -> [[String]] {
  let quote = UInt8(ascii: "\"")
  let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var isQuoted = false
  var i = body.startIndex
  func endField() {
    row.append(String(decoding: field, as: UTF8.self))
    field.removeAll(keepingCapacity: true)
  }
  func endRow() {
    endField()
    if row != [""] { rows.append(row) }
    row.removeAll(keepingCapacity: true)
  }
  while i < body.endIndex {
    let byte = body[i]
    i += 1
    if isQuoted {
      if byte != quote {
        field.append(byte)
      } else if i < body.endIndex && body[i] == quote {
        field.append(quote)
        i += 1
      } else {
        isQuoted = false
      }
    } else if byte == quote && field.isEmpty {
      isQuoted = true
    } else if byte == separator {
      endField()
    } else if byte == UInt8(ascii: "\n") {
      endRow()
    } else if byte != UInt8(ascii: "\r") {
      field.append(byte)
    }
  }
  if !field.isEmpty || !row.isEmpty { endRow() }
  return rows
}

/// The separator a table seems to use: the most frequent of tab, `;` and `,` in its first line.
func separator(ofCSV bytes: [UInt8]) -> UInt8 {
  let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
  let counts = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].map { candidate in
    (candidate, line.count { $0 == candidate })
  }
  return counts.reduce(counts[0]) { $1.1 > $0.1 ? $1 : $0 }.0
}
