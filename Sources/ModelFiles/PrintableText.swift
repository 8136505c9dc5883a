/// `text` from a file, fit to be shown: without control characters and characters that turn the
/// direction of writing, at most `limit` characters, an ellipsis for what is cut.
package func printable(_ text: String, limit: Int = 160) -> String {
  var kept = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      continue
    default: kept.append(scalar)
    }
    if kept.count > 4 * limit { break }
  }
  let clean = String(kept)
  return clean.count > limit ? String(clean.prefix(limit - 1)) + "…" : clean
}
