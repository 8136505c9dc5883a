extension LayerAtlas {
  /// What the living cluster `label`, at `place` in display order, is called.
  public func letter(of label: Int, at place: Int) -> String {
    guard let letters, letters.indices.contains(label), letters[label] >= 0 else {
      return clusterLetter(place)
    }
    return clusterLetter(letters[label])
  }
}

/// What the living cluster at `place` in display order is called: `A`…`Z`, then `A2`…`Z2` and so on.
public func clusterLetter(_ place: Int) -> String {
  let letter = String(Character(Unicode.Scalar(UInt8(65 + place % 26))))
  return place < 26 ? letter : "\(letter)\(place / 26 + 1)"
}
