import Foundation
import Testing

@testable import Storage

struct FolderWatchTests {
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path), options: [])
  }

  @Test func `a file that was closed or renamed into place is told by name`() throws {
    try withFolder { folder in
      let watch = FolderWatch([folder])
      let isPolling = watch.isPolling
      #expect(!isPolling)
      try write("x", to: folder + "/a")
      #expect(watch.wait(or: -1, milliseconds: 5000).settled == [folder + "/a"])
      let other = folder + "-other"
      try write("y", to: other)
      try FileManager.default.moveItem(atPath: other, toPath: folder + "/b")
      #expect(watch.wait(or: -1, milliseconds: 5000).settled == [folder + "/b"])
    }
  }

  @Test func `a file that is still open is news, but not settled`() throws {
    try withFolder { folder in
      let watch = FolderWatch([folder])
      try write("", to: folder + "/before")
      _ = watch.wait(or: -1, milliseconds: 5000)
      let file = try #require(FileHandle(forWritingAtPath: folder + "/before"))
      try file.write(contentsOf: Data("half".utf8))
      #expect(watch.wait(or: -1, milliseconds: 0).settled.isEmpty)
      try file.close()
      #expect(watch.wait(or: -1, milliseconds: 5000).settled == [folder + "/before"])
      try FileManager.default.removeItem(atPath: folder + "/before")
      let news = watch.wait(or: -1, milliseconds: 5000)
      #expect(news.hasChanged && news.settled.isEmpty)
    }
  }

  @Test func `nothing happens until the time is over or somebody wakes it`() throws {
    try withFolder { folder in
      let watch = FolderWatch([folder])
      #expect(watch.wait(or: -1, milliseconds: 1).isDue)
      let pipe = try WakePipe()
      pipe.wake()
      let news = watch.wait(or: pipe.descriptor, milliseconds: nil)
      #expect(!news.isDue && !news.hasChanged)
      pipe.clear()
      #expect(watch.wait(or: pipe.descriptor, milliseconds: 1).isDue)
    }
  }

  @Test func `what cannot be watched is polled`() throws {
    try withFolder { folder in
      let watches = [
        FolderWatch([folder, folder + "/missing"]).isPolling,
        FolderWatch([folder], mustPoll: true).isPolling,
      ]
      #expect(watches == [true, true])
    }
  }

  @Test(arguments: [
    ("/data/run", true), ("/data", true), ("/database", false), ("/exports/x", false),
    ("/exports/x/remote/run", true), ("/local/run", false),
  ])
  func `folders on network file systems are recognised`(path: String, isRemote: Bool) {
    let mounts = """
      overlay / overlay rw 0 0
      server:/export /data nfs4 rw 0 0
      host: /exports/x/remote fuse.sshfs rw 0 0
      server:/old /local nfs rw 0 0
      /dev/sda1 /local ext4 rw 0 0
      """
    #expect(isOnNetworkFileSystem(path, mounts: mounts) == isRemote)
  }
}
