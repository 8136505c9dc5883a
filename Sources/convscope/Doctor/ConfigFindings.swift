import Canvas
import Tensors

/// Which configuration file was read, and what of it was not understood.
func configFindings(environment: [String: String]) -> [DoctorFinding] {
  guard let path = ConfigFile.path(environment: environment) else {
    return [
      .warn(
        "config", "no place for one: neither XDG_CONFIG_HOME nor HOME is set", "set HOME")
    ]
  }
  guard let file = ConfigFile.read(environment: environment) else {
    return [.ok("config", "none at \(path)")]
  }
  guard file.warnings.isEmpty else {
    let count = file.warnings.count
    return [
      .warn(
        "config", "\(path): \(NumberText.counted(count, "line")) not understood",
        "mend the lines, or take them out; the others count",
        details: file.warnings.map(\.description))
    ]
  }
  return [.ok("config", path)]
}
