import Atlases
import Storage

/// The exact sums of an analysis and the images they rest on.
public struct ResumeState: Equatable, Sendable {
}

enum ResumeTensors {
  static func write(_ state: ResumeState, _ writer: inout SafetensorsWriter) {}
  static func read(
    _ tensors: CheckedTensors, _ atlas: Atlas
  ) throws(AtlasError) -> ResumeState? { nil }
}
