import Testing

struct DoctorTests {
  @Test func `each line says whether it is well`() throws {
    let result = try convscope("doctor")
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "engine", "providers", "terminal", "colours", "glyphs", "cache", "terminfo", "config",
    ] {
      #expect(result.output.contains(part), "\(part): \(result.output)")
    }
    let lines = result.output.split(separator: "\n")
    #expect(
      lines.allSatisfy { $0.hasPrefix("ok  ") || $0.hasPrefix("warn") || $0.hasPrefix("    ") })
  }

  @Test func `a wrong engine path is named`() throws {
    let result = try convscope(
      "doctor", environment: ["CONVSCOPE_ONNXRUNTIME": "/nowhere/libonnxruntime.so"])
    #expect(result.status == 0)
    #expect(result.output.contains("/nowhere/libonnxruntime.so"), "\(result.output)")
    #expect(result.output.contains("warn"))
  }

  @Test func `colours follow the environment, and it says why`() throws {
    let plain = ["COLORTERM": "", "NO_COLOR": "", "TERM": "xterm-256color"]
    let mono = try convscope("doctor", environment: plain.merging(["NO_COLOR": "1"]) { $1 })
    #expect(mono.output.contains("NO_COLOR"), "\(mono.output)")
    let direct = try convscope(
      "doctor", environment: plain.merging(["COLORTERM": "truecolor"]) { $1 })
    #expect(direct.output.contains("truecolor"), "\(direct.output)")
  }

  @Test func `the configuration file is named, with the lines that were not understood`() throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_CONFIG_HOME": folder.path]
    let none = try convscope("doctor", environment: environment)
    #expect(none.output.contains("none at \(folder.path)/convscope/config"), "\(none.output)")
    let file = try folder.write("convscope/config", "theme = light\ncolour = red\n")
    let result = try convscope("doctor", environment: environment)
    #expect(result.output.contains("\(file):2: there is no option “colour”"), "\(result.output)")
  }

  @Test func `scripts get one object`() throws {
    let report = try JSONLine.object(convscope("doctor", "--json").output)
    #expect(report["version"] as? Int == 1)
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.allSatisfy { ["ok", "warn"].contains($0["state"] as? String) })
  }
}
