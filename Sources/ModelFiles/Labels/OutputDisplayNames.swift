/// A name to show for each output: from the labels, else from the class that maps to it, else
/// its WordNet id where the network has ImageNet's outputs, else its number.
///
/// - Parameter mapping: Outputs of `datasetClasses`, if known.
public func outputDisplayNames(
  outputCount: Int, labels: OutputLabels?, datasetClasses: [String], mapping: ClassMapping?
) -> [String] {
  var names = [String?](repeating: nil, count: outputCount)
  if let mapping {
    for (name, output) in zip(datasetClasses, mapping.outputs) {
      guard let output, names.indices.contains(output) else { continue }
      let display = ClassName(name).display
      names[output] = display.isEmpty ? name : display
    }
  }
  if let labels, let parsed = OutputNames(labels.names, outputCount: outputCount) {
    let shift = parsed.backgroundOffset == 1 && labels.names.count < outputCount ? 1 : 0
    let surplus = max(labels.names.count - outputCount, 0)
    for (place, name) in labels.names.dropFirst(surplus).enumerated() {
      let display = ClassName(name).display
      if !display.isEmpty { names[place + shift] = display }
    }
  }
  let offset = outputCount - ImageNetClasses.numbers.count
  return names.indices.map { output in
    if let name = names[output] { return name }
    guard offset == 0 || offset == 1 else { return "output \(output)" }
    guard output >= offset else { return "background" }
    let digits = "\(ImageNetClasses.numbers[output - offset])"
    return "n" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
