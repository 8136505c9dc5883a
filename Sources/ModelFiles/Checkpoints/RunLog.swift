import FoundationEssentials

/// Numbers that training wrote beside its checkpoints: loss and accuracy per epoch.
public struct RunLog: Hashable, Sendable {
  /// File name.
  public var name: String
  /// Columns with numbers, in the order of the file, that of the epoch not among them.
  public var columns: [String]
  /// In order of epoch.
  public var rows: [RunLogRow]

  private static let largestFile = 1 << 24
  private static let largestRowCount = 1_000_000
  /// Enough for a gradient norm of every layer.
  private static let largestColumnCount = 1000
  private static let longestName = 120
  private static let usualNames = [
    "log.csv", "metrics.csv", "history.csv", "results.csv", "training.csv", "train_log.csv",
    "log.jsonl", "metrics.jsonl", "history.jsonl", "log.json", "metrics.json", "log.txt",
  ]

  /// The log in a folder; nil when there is none that can be read.
  public static func find(inFolder folder: String) -> RunLog? {
    for name in usualNames {
      guard let bytes = try? readFile("\(folder)/\(name)", limit: largestFile) else { continue }
      let records =
        name.hasSuffix(".csv")
        ? csvRecords(bytes) : jsonRecords(String(decoding: bytes, as: UTF8.self))
      if let log = RunLog(name: name, records) { return log }
    }
    return events(inFolder: folder)
  }

  /// - Parameter records: One a line, names and numbers in order.
  init?(name: String, _ records: [[(name: String, value: Double)]]) {
    var columns: [String] = []
    var known: Set<String> = []
    var places: [Int: Int] = [:]
    var rows: [RunLogRow] = []
    for record in records.prefix(Self.largestRowCount) {
      guard let epoch = Self.epoch(record), record.contains(where: { !Self.isEpoch($0.name) })
      else { continue }
      let place = places[epoch] ?? rows.count
      if place == rows.count {
        places[epoch] = place
        rows.append(RunLogRow(epoch: epoch, values: [:]))
      }
      for (key, value) in record where !Self.isEpoch(key) {
        let key = printable(key, limit: Self.longestName)
        if !known.contains(key) {
          guard columns.count < Self.largestColumnCount else { continue }
          known.insert(key)
          columns.append(key)
        }
        rows[place].values[key] = value
      }
    }
    guard !rows.isEmpty, !columns.isEmpty else { return nil }
    self.name = name
    self.columns = columns
    self.rows = rows.sorted { $0.epoch < $1.epoch }
  }

  /// The row of an epoch.
  public subscript(epoch epoch: Int) -> RunLogRow? { rows.first { $0.epoch == epoch } }

  private static func epoch(_ record: [(name: String, value: Double)]) -> Int? {
    record.first { isEpoch($0.name) }.flatMap { Int(exactly: $0.value.rounded()) }
  }

  private static func isEpoch(_ name: String) -> Bool {
    ["epoch", "epochs", "step", "iteration", "iter"].contains(name.lowercased())
  }

  /// Lines under a line of names; cells that are no numbers are left out.
  private static func csvRecords(_ bytes: [UInt8]) -> [[(name: String, value: Double)]] {
    let table = readCSV(bytes, separator: separator(ofCSV: bytes))
    guard let header = table.first else { return [] }
    return table.dropFirst().map { line in
      zip(header, line).compactMap { name, cell in
        Double(trimmed(cell)).map { (name: trimmed(name), value: $0) }
      }
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// One JSON object a line; values that are no numbers are left out.
  private static func jsonRecords(_ text: String) -> [[(name: String, value: Double)]] {
    let decoder = JSONDecoder()
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      guard let record = try? decoder.decode([String: LooseNumber].self, from: Data(line.utf8))
      else { return nil }
      return record.sorted { $0.key < $1.key }.compactMap { key, number in
        number.value.map { (name: key, value: $0) }
      }
    }
  }
}

/// What training wrote about one epoch.
public struct RunLogRow: Hashable, Sendable {
  public var epoch: Int
  /// By column.
  public var values: [String: Double]
}

/// A number, or anything else.
private struct LooseNumber: Decodable {
  var value: Double?

  init(from decoder: any Decoder) throws {
    value = try? decoder.singleValueContainer().decode(Double.self)
  }
}
