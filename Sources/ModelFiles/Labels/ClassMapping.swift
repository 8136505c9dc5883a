public import Networks

/// Which output of the network stands for each class of a data set.
public struct ClassMapping: Hashable, Sendable, Codable {
  /// How it was found: `by WordNet id`, `by name`, `by order`…
  public var name: String
  /// Output of each class, in the data set's order; nil where the network has none.
  public var outputs: [Int?]
  /// Outputs before the first class: 1 when output 0 is "background".
  public var backgroundOffset: Int
  public var evidence: Evidence

  /// One output, or none, for each class.
  public init(name: String, outputs: [Int?], backgroundOffset: Int, evidence: Evidence) {
    self.name = name
    self.outputs = outputs
    self.backgroundOffset = backgroundOffset
    self.evidence = evidence
  }

  /// Classes that have an output.
  public var matchedCount: Int { outputs.count { $0 != nil } }
}

/// Finds the outputs that may stand for a data set's classes.
public enum ClassMatching {
  /// Candidate mappings, the most likely first, no two alike; empty when nothing fits.
  ///
  /// By WordNet id through the built-in table or the output names, by name (synonyms between
  /// commas, case and punctuation ignored), by number, and by order where the counts agree;
  /// each with the background before the classes or not, where both are possible.
  ///
  /// - Parameter outputNames: Names of the outputs, if known; their count may differ by the
  ///   background.
  public static func match(
    datasetClasses: [String], outputNames: [String]?, outputCount: Int
  ) -> [ClassMapping] {
    guard !datasetClasses.isEmpty, outputCount > 0 else { return [] }
    let classes = datasetClasses.map(ClassName.init)
    let names = outputNames.flatMap { OutputNames($0, outputCount: outputCount) }
    let offsets = possibleOffsets(
      classCount: datasetClasses.count, outputCount: outputCount, names: names)
    let named = names.map { byName(classes, $0) } ?? []
    let numbered = byWordNetTable(classes, outputCount: outputCount, names: names)
    var found = names?.hasWordNetNumbers == true ? named + numbered : numbered + named
    found += byNumber(datasetClasses, outputCount: outputCount, offsets: offsets)
    found += byOrder(datasetClasses, outputCount: outputCount, offsets: offsets)
    var kept: [ClassMapping] = []
    for mapping in found where !kept.contains(where: { $0.outputs == mapping.outputs }) {
      kept.append(mapping)
    }
    return kept
  }

  /// Offsets worth trying: what the names say, else one where there is an output to spare.
  private static func possibleOffsets(
    classCount: Int, outputCount: Int, names: OutputNames?
  ) -> [Int] {
    if let names, names.backgroundOffset == 1 { return [1] }
    if outputCount == classCount + 1 || outputCount == 1001 { return [1, 0] }
    return [0]
  }

  private static func byWordNetTable(
    _ classes: [ClassName], outputCount: Int, names: OutputNames?
  ) -> [ClassMapping] {
    guard outputCount == 1000 || outputCount == 1001 else { return [] }
    let places = classes.map { $0.wordNetNumber.flatMap(ImageNetClasses.index(of:)) }
    guard places.count(where: { $0 != nil }) * 2 >= classes.count else { return [] }
    let offsets = outputCount == 1000 ? [0] : names?.backgroundOffset == 1 ? [1] : [1, 0]
    return offsets.map { offset in
      ClassMapping(
        name: "by WordNet id\(suffix(offset))", outputs: places.map { $0.map { $0 + offset } },
        backgroundOffset: offset, evidence: .inferred)
    }
  }

  private static func byName(_ classes: [ClassName], _ names: OutputNames) -> [ClassMapping] {
    var outputs = classes.map { names.output(of: $0) }
    let matched = outputs.count { $0 != nil }
    guard matched > 0, matched * 2 >= classes.count else { return [] }
    let offset = names.backgroundOffset
    let isInOrder = outputs.enumerated().allSatisfy { $1 == nil || $1 == $0 + offset }
    if isInOrder, names.classCount == classes.count {
      outputs = classes.indices.map { $0 + offset }
    }
    let distinct = Set(outputs.compactMap(\.self)).count
    guard distinct * 2 >= classes.count else { return [] }
    return [
      ClassMapping(
        name: "by name", outputs: outputs, backgroundOffset: offset, evidence: .read)
    ]
  }

  private static func byNumber(
    _ classes: [String], outputCount: Int, offsets: [Int]
  ) -> [ClassMapping] {
    let numbers = classes.compactMap { Int($0) }
    guard numbers.count == classes.count, Set(numbers).count == numbers.count else { return [] }
    return offsets.compactMap { offset in
      guard numbers.allSatisfy({ $0 >= 0 && $0 < outputCount - offset }) else { return nil }
      return ClassMapping(
        name: "by number\(suffix(offset))", outputs: numbers.map { $0 + offset },
        backgroundOffset: offset, evidence: .inferred)
    }
  }

  private static func byOrder(
    _ classes: [String], outputCount: Int, offsets: [Int]
  ) -> [ClassMapping] {
    let natural = sortedNaturally(classes)
    let places = Dictionary(zip(natural, natural.indices)) { first, _ in first }
    return offsets.flatMap { offset -> [ClassMapping] in
      guard classes.count + (offset == 0 ? 0 : 1) <= outputCount,
        outputCount - classes.count <= 1
      else { return [] }
      return [
        ClassMapping(
          name: "by order\(suffix(offset))", outputs: classes.indices.map { $0 + offset },
          backgroundOffset: offset, evidence: .assumed),
        ClassMapping(
          name: "by natural order\(suffix(offset))",
          outputs: classes.map { places[$0].map { $0 + offset } }, backgroundOffset: offset,
          evidence: .assumed),
      ]
    }
  }

  private static func suffix(_ offset: Int) -> String {
    offset == 0 ? "" : ", after background"
  }
}
