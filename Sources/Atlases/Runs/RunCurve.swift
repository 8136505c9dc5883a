/// A number per checkpoint: loss, accuracy or whatever training logged.
public struct RunCurve: Hashable, Sendable, Codable {
  public var name: String
  /// One a checkpoint; nil where it is not known.
  public var values: [Double?]
  /// Images it rests on; nil for what the log says.
  public var imageCount: Int?

  /// Whether a column of a log seems to hold accuracies; test or validation ones come first.
  public static func isAccuracy(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.contains("acc") || name.contains("top1") || name.contains("top-1")
  }

  static func isLoss(_ name: String) -> Bool { name.lowercased().contains("loss") }
}

extension TrainingRun {
  /// Columns of the log, those about test or validation first, else in its order.
  public var loggedNames: [String] {
    guard let values = logged.lazy.compactMap({ $0?.values }).max(by: { $0.count < $1.count })
    else {
      return []
    }
    return Self.heldOutFirst(values.map(\.name))
  }

  /// Names of a log's columns, those about test or validation images first.
  public static func heldOutFirst(_ names: [String]) -> [String] {
    let isHeld = { (name: String) in
      let name = name.lowercased()
      return name.contains("test") || name.contains("val")
    }
    return names.filter(isHeld) + names.filter { !isHeld($0) }
  }

  /// The accuracy measured on the sample, then losses and accuracies that training logged.
  public var curves: [RunCurve] {
    var curves: [RunCurve] = []
    if accuracy.contains(where: { $0 != nil }) {
      curves.append(
        RunCurve(
          name: "accuracy", values: accuracy.map { $0?.top1 },
          imageCount: accuracy.lazy.compactMap { $0?.labeledCount }.max()))
    }
    let isShown = { (name: String) in
      RunCurve.isLoss(name) || RunCurve.isAccuracy(name) || RunCurve.isGradient(name)
    }
    for name in loggedNames where isShown(name) {
      curves.append(RunCurve(name: name, values: logged.map { $0?[name] }))
    }
    return curves
  }
}
