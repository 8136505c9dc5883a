import Testing

@testable import ModelFiles

struct RunLogTests {
  private func log(_ name: String, _ text: String) throws -> RunLog? {
    try withTemporaryFolder { folder in
      try plant(text, at: name, in: folder)
      return RunLog.find(inFolder: folder)
    }
  }

  @Test func `a table has numbers by epoch, gaps and words left out`() throws {
    let log = try #require(
      try log("log.csv", "epoch,lr,train_loss,note\n0,,,start\n1,0.1,1.5,\n2,0.05,0.7,x\n"))
    #expect(log.columns == ["lr", "train_loss"])
    #expect(log[epoch: 2]?.values == ["lr": 0.05, "train_loss": 0.7])
    #expect(log[epoch: 0] == nil)
  }

  @Test func `rows of one epoch are joined`() throws {
    let log = try #require(
      try log("metrics.csv", "epoch,step,val_acc,train_loss\n0,10,,2.0\n0,11,0.4,\n1,20,,1.0\n"))
    #expect(log[epoch: 0]?.values == ["train_loss": 2, "val_acc": 0.4])
  }

  @Test func `JSON lines are read one by one`() throws {
    let log = try #require(
      try log(
        "log.jsonl",
        "{\"epoch\": 1, \"loss\": 0.5, \"tag\": \"a\"}\nnot json\n{\"epoch\": 2, \"loss\": 0.25}\n")
    )
    #expect(log.rows.map(\.epoch) == [1, 2])
    #expect(log[epoch: 2]?.values == ["loss": 0.25])
  }

  @Test func `what is no log is none`() throws {
    #expect(try log("log.csv", "") == nil)
    #expect(try log("log.csv", "a,b\n1,2\n") == nil)
    #expect(try log("other.txt", "epoch,loss\n1,2\n") == nil)
  }
}
