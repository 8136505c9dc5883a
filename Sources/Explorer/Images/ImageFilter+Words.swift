/// What was asked of a filter and cannot be: one sentence, without a full stop.
struct ImageFilterError: Error, Equatable, CustomStringConvertible {
  let description: String
}

extension ImageFilter {
  /// Narrows by words: `confidence<0.6`, `confidence>90%`, `right`, `wrong`; `all` lets every
  /// image through again.
  ///
  /// Limits of both kinds in one line make a range; a line without any leaves the range there is.
  mutating func narrow(by words: String) throws(ImageFilterError) {
    var range: ConfidenceRange?
    for word in words.split(separator: " ") {
      switch word {
      case "all": (truth, predicted, verdict, confidence, range) = (nil, nil, .all, nil, nil)
      case "right": verdict = .right
      case "wrong": verdict = .wrong
      default:
        let limit = try limit(word)
        var wanted = range ?? ConfidenceRange()
        if limit.isLowest { wanted.above = limit.share } else { wanted.below = limit.share }
        range = wanted
      }
    }
    if let above = range?.above, let below = range?.below, above >= below {
      throw ImageFilterError(description: "no confidence is above \(above) and below \(below)")
    }
    if let range { confidence = range }
  }

  private func limit(_ word: Substring) throws(ImageFilterError) -> (isLowest: Bool, share: Float) {
    let name = word.prefix { $0 != "<" && $0 != ">" }
    let rest = word.dropFirst(name.count)
    guard name == "confidence", let sign = rest.first else {
      throw ImageFilterError(
        description: "filter takes confidence<0.6, confidence>0.9, right, wrong or all, "
          + "not “\(word.prefix(30))”")
    }
    let text = rest.dropFirst()
    let isPercent = text.last == "%"
    guard let number = Float(isPercent ? text.dropLast() : text), number.isFinite,
      (0...(isPercent ? 100 : 1)).contains(number)
    else {
      throw ImageFilterError(
        description: "a confidence is a number from 0 to 1 or a percentage, "
          + "not “\(text.prefix(30))”")
    }
    return (sign == ">", isPercent ? number / 100 : number)
  }
}

extension ExplorerState {
  /// Narrows the images listed by words; none steps through ranges of confidence.
  mutating func filterImages(_ words: String) {
    guard view == .images || view == .image else {
      message = "filter is for lists of images; I opens one"
      return
    }
    guard !words.isEmpty else {
      refilter { $0.confidence = ConfidenceRange.step(after: $0.confidence) }
      return
    }
    var filter = imageFilter
    do throws(ImageFilterError) {
      try filter.narrow(by: words)
      refilter { $0 = filter }
    } catch {
      message = error.description
    }
  }
}
