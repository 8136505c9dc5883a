import Networks

/// Pictures of data set images, bounded in memory; the longest unused go first.
struct PictureCache: Sendable {
  /// Most bytes kept, halvings included.
  var byteLimit = 48 << 20
  /// Most images asked for at a time.
  var requestLimit = 48

  private var pictures: [Int: Picture] = [:]
  private var lastUse: [Int: Int] = [:]
  private var requested: Set<Int> = []
  private var failures: [Int: String] = [:]
  private(set) var byteCount = 0
  private var clock = 0
  private var insertions = 0

  subscript(image: Int) -> Picture? { pictures[image] }

  var count: Int { pictures.count }

  /// Why an image cannot be shown.
  func failure(_ image: Int) -> String? { failures[image] }

  /// What to ask for so that `needed`, most wanted first, can be shown. Nothing once the
  /// view itself fills the cache: more would only throw out what it shows.
  mutating func request(_ needed: [Int]) -> [Int] {
    clock += 1
    for image in needed where pictures[image] != nil { lastUse[image] = clock }
    guard byteCount < byteLimit || lastUse.values.contains(where: { $0 < clock }) else {
      return []
    }
    var missing: [Int] = []
    for image in needed where pictures[image] == nil && failures[image] == nil {
      guard requested.count < requestLimit else { break }
      if requested.insert(image).inserted { missing.append(image) }
    }
    return missing
  }

  mutating func insert(_ loaded: LoadedImage) {
    let image = loaded.index
    requested.remove(image)
    guard let pixels = loaded.levels.first, pixels.width > 0, pixels.height > 0 else {
      failures[image] = "the image is empty"
      return
    }
    remove(image)
    insertions += 1
    let picture = Picture(levels: loaded.levels, number: insertions)
    pictures[image] = picture
    byteCount += picture.byteCount
    lastUse[image] = clock
    shrink(keeping: image)
  }

  mutating func fail(_ images: [Int], reason: String) {
    for image in images {
      requested.remove(image)
      failures[image] = reason
    }
  }

  /// What failed may be asked for again.
  mutating func forgetFailures() { failures = [:] }

  private mutating func remove(_ image: Int) {
    guard let old = pictures.removeValue(forKey: image) else { return }
    byteCount -= old.byteCount
    lastUse[image] = nil
  }

  private mutating func shrink(keeping newest: Int) {
    while byteCount > byteLimit, pictures.count > 1 {
      let oldest =
        lastUse.filter { $0.key != newest }.min { ($0.value, $0.key) < ($1.value, $1.key) }
      guard let oldest else { return }
      remove(oldest.key)
    }
  }
}
