import FoundationEssentials
public import Networks

/// Names of a network's outputs, in output order, as found beside the model.
public struct OutputLabels: Hashable, Sendable {
  public var names: [String]
  /// The file they come from.
  public var path: String
  public var evidence: Evidence

  /// Names from elsewhere, such as the model file's own metadata.
  public init(names: [String], path: String, evidence: Evidence) {
    self.names = names
    self.path = path
    self.evidence = evidence
  }

  private static let byteLimit = 1 << 24

  /// The labels file beside a model that fits its outputs best, or nil when there is none.
  ///
  /// Looks for `<model>.labels.txt`, then `labels.txt`, `classes.txt`, `synset_words.txt` and
  /// `imagenet_classes.txt`, each also as `.json`. A file with one name per output is taken
  /// first, then one that lacks or adds the background, then none: a list of another length
  /// belongs to another network.
  ///
  /// - Parameter outputCount: Outputs of the network; nil takes the first file.
  public static func find(besideModel path: String, outputCount: Int?) -> OutputLabels? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let name = parts.last.map(String.init) ?? path
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    let stems = [
      "\(stem).labels", "\(name).labels", "\(stem).classes", "labels", "classes", "class_names",
      "synset_words", "synset", "imagenet_classes", "imagenet_class_index", "label",
    ]
    let found = stems.flatMap { ["\($0).txt", "\($0).json"] }
      .compactMap { try? read(folder + $0) }
    guard let outputCount else { return found.first }
    return found.first { $0.names.count == outputCount }
      ?? found.first { abs($0.names.count - outputCount) == 1 }
  }

  /// Reads a list of names: text with one a line, or JSON.
  ///
  /// Lines may begin with a number and `:`, `,` or a tab. JSON may be a list, an object from
  /// output number to name, or ImageNet's usual object of number to [WordNet id, name].
  public static func read(_ path: String) throws(DatasetError) -> OutputLabels {
    let bytes = try readFile(path, limit: byteLimit)
    let isJSON = fileExtension(path) == "json"
    guard let names = isJSON ? namesFromJSON(bytes) : namesFromText(bytes), !names.isEmpty else {
      throw .malformed(
        path: path,
        reason: isJSON ? "it is not a list of names in JSON" : "it holds no names")
    }
    return OutputLabels(names: names, path: path, evidence: .read)
  }

  private static func namesFromText(_ bytes: [UInt8]) -> [String]? {
    guard !bytes.contains(0) else { return nil }
    var lines = textLines(bytes)
    while lines.last == "" { lines.removeLast() }
    let numbered = lines.enumerated().compactMap { withoutNumber($1, expected: $0) }
    return numbered.count == lines.count ? numbered : lines
  }

  /// The name of a line that begins with its own number, from 0 or 1; nil without.
  private static func withoutNumber(_ line: String, expected: Int) -> String? {
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number == expected || number == expected + 1 else {
      return nil
    }
    let rest = line.dropFirst(digits.count)
    guard let mark = rest.first, ":, \t".contains(mark) else { return nil }
    let name = String(rest.dropFirst()).trimmingSpaces()
    let unquoted = name.trimmingPrefix { "'\"".contains($0) }
    let ends = unquoted.count < name.count
    return String(ends ? unquoted.prefix { !"'\"".contains($0) } : unquoted)
  }

  private static func namesFromJSON(_ bytes: [UInt8]) -> [String]? {
    let decoder = JSONDecoder()
    let data = Data(bytes)
    if let list = try? decoder.decode([String].self, from: data) { return list }
    if let table = try? decoder.decode([String: String].self, from: data) {
      return inOrder(table)
    }
    if let table = try? decoder.decode([String: [String]].self, from: data) {
      return inOrder(table.mapValues { $0.joined(separator: " ") })
    }
    return nil
  }

  /// Values by their keys 0, 1, 2…; keys and values change places where only values are numbers.
  private static func inOrder(_ table: [String: String]) -> [String]? {
    let forward = (0..<table.count).compactMap { table["\($0)"] }
    if forward.count == table.count { return forward }
    var names = [String?](repeating: nil, count: table.count)
    for (key, value) in table {
      guard let place = Int(value), names.indices.contains(place) else { return nil }
      names[place] = key
    }
    let known = names.compactMap(\.self)
    return known.count == names.count ? known : nil
  }
}
