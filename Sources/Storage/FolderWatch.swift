import Glibc

/// Waits for changes in folders: told by the kernel (inotify) where it can, else by the clock.
///
/// The kernel does not hear of what other machines write to a network file system, so folders on one
/// are looked at from time to time.
public struct FolderWatch: ~Copyable {
  /// Whether the clock decides when to look.
  public let isPolling: Bool
  private let descriptor: Int32
  /// Of the watched folders, by what inotify calls them.
  private let folders: [Int32: String]

  /// Milliseconds between two looks where the kernel tells nothing.
  public static let pollingInterval = 2000

  /// - Parameters:
  ///   - paths: Folders; one that cannot be watched is polled.
  ///   - mustPoll: Not to ask the kernel.
  public init(_ paths: [String], mustPoll: Bool = false) {
    let isDeaf = mustPoll || paths.contains { isOnNetworkFileSystem($0) }
    let descriptor = isDeaf ? -1 : inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    var folders: [Int32: String] = [:]
    let wanted =
      IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR
    for path in paths where descriptor >= 0 {
      let watch = unsafe inotify_add_watch(descriptor, path, UInt32(wanted))
      if watch >= 0 { folders[watch] = path }
    }
    self.descriptor = descriptor
    self.folders = folders
    isPolling = descriptor < 0 || folders.count < Set(paths).count
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Returns when something changed, `wake` is readable, or the time is over.
  ///
  /// - Parameter milliseconds: For ever when nil.
  public func wait(or wake: Int32, milliseconds: Int?) -> FolderNews {
    var sources = [
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let limit =
      isPolling ? min(milliseconds ?? .max, Self.pollingInterval) : milliseconds ?? -1
    let ready = unsafe poll(&sources, nfds_t(sources.count), Int32(clamping: limit))
    var news = FolderNews()
    news.isDue = ready == 0
    readEvents(into: &news)
    return news
  }

  private func readEvents(into news: inout FolderNews) {
    guard descriptor >= 0 else { return }
    var buffer: [UInt8] = Array(repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return }
      take(buffer[..<count], into: &news)
    }
  }

  /// Events of 16 bytes: watch, mask, cookie, length of the name; then the name, padded with zeros.
  private func take(_ bytes: ArraySlice<UInt8>, into news: inout FolderNews) {
    func number(_ place: Int) -> UInt32 {
      (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(bytes[place + $1]) }
    }
    var place = bytes.startIndex
    while place + 16 <= bytes.endIndex {
      let (watch, mask) = (Int32(bitPattern: number(place)), number(place + 4))
      let end = place + 16 + Int(number(place + 12))
      guard end <= bytes.endIndex else { return }
      let name = bytes[(place + 16)..<end].prefix { $0 != 0 }
      place = end
      news.hasChanged = true
      guard let folder = folders[watch], !name.isEmpty,
        mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_TO) != 0
      else { continue }
      news.settled.insert("\(folder)/\(String(decoding: name, as: UTF8.self))")
    }
  }
}

/// What happened in watched folders.
public struct FolderNews: Hashable, Sendable {
  /// Something came, went, or was written.
  public var hasChanged = false
  /// Nothing did, and the time is over.
  public var isDue = false
  /// Files that were renamed into place, or closed by who wrote them.
  public var settled: Set<String> = []

  /// Nothing yet.
  public init() {}
}
