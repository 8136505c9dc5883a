import Glibc
import ModelFiles
import Networks

/// What libFuzzer calls for each input: the bytes are read as a model, as a checkpoint, as the pickle
/// of a checkpoint, as TensorBoard's events and one event of them, and as the log of a run. Anything
/// but an answer or an error is a finding.
///
/// - Returns: 0, as libFuzzer wants.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzModelFiles(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  let path = "/dev/shm/convscope-fuzz-\(getpid())"
  if write(input, to: path) {
    readModel(path)
    readCheckpoint(path)
  }
  _ = EventFile(input.span)
  _ = EventFile(eventFile(holding: input).span)
  readLog(input)
  if write(zipArchive(holding: input), to: path) { readCheckpoint(path) }
  return 0
}

private func readModel(_ path: String) {
  guard let model = try? ModelFile(path: path) else { return }
  for layer in model.network.layers.prefix(4) {
    _ = try? model.weightStatistics(of: layer.id)
    _ = try? model.kernel(of: layer.id)
  }
  _ = try? model.influencePaths(of: Array(model.network.edges.prefix(8)))
}

private func readCheckpoint(_ path: String) {
  guard let checkpoint = try? Checkpoint(path: path) else { return }
  // A tensor may repeat a few bytes many million times, which is sound and slow.
  for tensor in checkpoint.tensors.prefix(16) where tensor.count < 1 << 16 {
    _ = try? checkpoint.statistics(of: tensor)
    _ = try? checkpoint.bytes(of: tensor)
  }
  _ = checkpoint.layers
}

/// Reads the input as a table and, where that fails, as JSON lines.
private func readLog(_ input: [UInt8]) {
  let folder = "/dev/shm/convscope-fuzz-log-\(getpid())"
  _ = unsafe mkdir(folder, 0o700)
  if write(input, to: "\(folder)/log.csv"), write(input, to: "\(folder)/log.jsonl") {
    _ = RunLog.find(inFolder: folder)
  }
}

private func write(_ bytes: [UInt8], to path: String) -> Bool {
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  guard file >= 0 else { return false }
  defer { close(file) }
  return unsafe Glibc.write(file, bytes, bytes.count) == bytes.count
}

/// One record with sound checksums, which chance does not find.
private func eventFile(holding event: [UInt8]) -> [UInt8] {
  let count = littleEndian(UInt64(event.count))
  let check = CRC32C()
  return count + littleEndian(check.masked(count.span, count.indices)) + event
    + littleEndian(check.masked(event.span, event.indices))
}

/// A stored zip archive whose one entry, `data.pkl`, holds `pickle`.
private func zipArchive(holding pickle: [UInt8]) -> [UInt8] {
  let name = Array("x/data.pkl".utf8)
  let count = littleEndian(UInt32(pickle.count)) + littleEndian(UInt32(pickle.count))
  let facts = [UInt8](repeating: 0, count: 10)
  let lengths = littleEndian(UInt16(name.count)) + littleEndian(UInt16(0))
  let local =
    Array("PK\u{3}\u{4}".utf8) + littleEndian(UInt16(20)) + facts[..<8] + littleEndian(UInt32(0))
    + count + lengths + name + pickle
  let directory =
    Array("PK\u{1}\u{2}".utf8) + littleEndian(UInt16(20)) + facts + littleEndian(UInt32(0)) + count
    + lengths + [UInt8](repeating: 0, count: 14) + name
  return local + directory + Array("PK\u{5}\u{6}".utf8) + littleEndian(UInt32(0))
    + littleEndian(UInt16(1)) + littleEndian(UInt16(1)) + littleEndian(UInt32(directory.count))
    + littleEndian(UInt32(local.count)) + littleEndian(UInt16(0))
}

private func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Number(8 * $0)) }
}
