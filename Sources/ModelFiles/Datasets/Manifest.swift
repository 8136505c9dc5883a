/// The paths and labels of a table.
struct Manifest: Sendable {
  /// Path and label text of each row; the label is empty where it is unknown.
  var rows: [(path: String, label: String)]
  var hasLabels: Bool

  /// Reads a table whose header names a path column, or a bare one of paths and labels; nil
  /// when the columns cannot be told.
  init?(_ bytes: [UInt8]) {
    let table = readCSV(bytes, separator: separator(ofCSV: bytes))
    guard let header = table.first else { return nil }
    let names = header.map { $0.trimmingSpaces().lowercased() }
    let pathColumn = Self.column(
      [
        "path", "file", "filename", "file_name", "filepath",
        "file_path", "image", "image_path", "image_name", "img", "img_path", "name", "id",
        "image_id",
      ], in: names)
    let labelColumn = Self.column(
      [
        "label", "class", "class_name", "classname", "label_name",
        "category", "target", "breed", "species", "y", "labels", "class_id", "label_id",
      ],
      in: names)
    if let pathColumn {
      self.init(table.dropFirst(), pathColumn, labelColumn)
    } else if header.count <= 2, Self.looksLikeImage(header[0]) {
      self.init(table[...], 0, header.count == 2 ? 1 : nil)
    } else {
      return nil
    }
  }

  private init(_ table: ArraySlice<[String]>, _ pathColumn: Int, _ labelColumn: Int?) {
    hasLabels = labelColumn != nil
    rows = table.compactMap { row in
      guard row.indices.contains(pathColumn) else { return nil }
      let path = row[pathColumn].trimmingSpaces()
      guard !path.isEmpty, !path.utf8.contains(0) else { return nil }
      guard let labelColumn, row.indices.contains(labelColumn) else { return (path, "") }
      return (path, row[labelColumn].trimmingSpaces())
    }
  }

  private static func column(_ known: [String], in names: [String]) -> Int? {
    known.lazy.compactMap { names.firstIndex(of: $0) }.first
  }

  private static func looksLikeImage(_ path: String) -> Bool {
    ["png", "jpg", "jpeg"].contains(fileExtension(path))
  }

  /// Class names and each row's class: numbers in numeric order where all labels are numbers,
  /// else names in Python's order of strings.
  func classes() -> (names: [String], labels: [Int?]) {
    let distinct = Set(rows.map(\.label)).subtracting([""])
    let numbers = distinct.compactMap { text in Int(text).map { (number: $0, text: text) } }
    let names =
      numbers.count == distinct.count
      ? numbers.sorted { ($0.number, $0.text) < ($1.number, $1.text) }.map(\.text)
      : distinct.sorted(by: precedesInUnicodeOrder)
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return (names, rows.map { places[$0.label] })
  }
}

extension String {
  /// The string without spaces and tabs at its ends.
  func trimmingSpaces() -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    let start = drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...last])
  }
}
