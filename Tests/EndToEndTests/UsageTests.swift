import Testing

struct UsageTests {
  @Test(arguments: ["--help", "-h", "help"])
  func `help names every command and the explorer's options`(word: String) throws {
    let result = try convscope(word)
    #expect(result.status == 0)
    #expect(result.errors == "")
    for part in [
      "explore", "analyze", "merge", "show", "check", "info", "run", "compare", "doctor", "--data",
      "--color",
    ] {
      #expect(result.output.contains(part), "\(part)")
    }
    for part in ["help-man", "--trace-frames"] {
      #expect(!result.output.contains("  \(part) "), "\(part)")
    }
  }

  @Test(arguments: ["analyze", "merge", "show", "check", "info", "doctor", "explore"])
  func `each command explains itself`(name: String) throws {
    let result = try convscope(name, "--help")
    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: convscope \(name == "explore" ? "<model" : name)"))
    #expect(try convscope("help", name).output == result.output)
  }

  @Test func `the version is one line`() throws {
    let result = try convscope("--version")
    #expect(result.status == 0)
    #expect(result.output.split(separator: " ").first == "convscope")
    #expect(result.output.split(separator: "\n").count == 1)
  }

  @Test func `nothing at all is a usage error`() throws {
    expectComplaint(try convscope(), status: 2, naming: "convscope --help")
  }

  @Test func `an unknown option is a usage error`() throws {
    expectComplaint(
      try convscope("info", "m.onnx", "--frobnicate"), status: 2,
      naming: "--frobnicate", "help info")
  }

  @Test func `a word that is neither command nor file says so`() throws {
    expectComplaint(try convscope("frobnicate"), status: 2, naming: "“frobnicate”", "--help")
  }

  @Test func `a path that leads nowhere says so`() throws {
    expectComplaint(try convscope("nowhere/model.onnx"), naming: "“nowhere/model.onnx”")
    expectComplaint(try convscope("info", "nowhere.onnx"), naming: "“nowhere.onnx”")
  }

  @Test(arguments: ["0/4", "5/4", "a/b", "3", "1/2/3"])
  func `a shard is one of so many`(shard: String) throws {
    let result = try convscope("analyze", "m.onnx", "--data", "d", "-o", "a", "--shard", shard)
    expectComplaint(result, status: 2, naming: shard)
  }

  @Test(arguments: ["160", "0x10", "x", "10x99999"])
  func `a size is columns and rows`(size: String) throws {
    expectComplaint(try convscope("show", "a.atlas", "--size", size), status: 2, naming: size)
  }

  @Test func `analysing without images or without a place for the result is a usage error`() throws
  {
    expectComplaint(try convscope("analyze", "m.onnx"), status: 2, naming: "--data")
    expectComplaint(
      try convscope("analyze", "m.onnx", "--data", "d", "--no-cache"), status: 2, naming: "-o")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `shells get completions`(shell: String) throws {
    let result = try convscope("--generate-completion-script", shell)
    #expect(result.status == 0)
    #expect(result.output.contains("analyze"))
  }
}
