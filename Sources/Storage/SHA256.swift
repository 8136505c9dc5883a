/// The SHA-256 digest, to key caches by content.
///
/// FIPS PUB 180-4, "Secure Hash Standard", doi:10.6028/NIST.FIPS.180-4, section 6.2.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var block: [UInt8] = []
  private var byteCount: UInt64 = 0
  private var schedule: [UInt32] = Array(repeating: 0, count: 64)

  /// The digest of no bytes so far.
  public init() {
    block.reserveCapacity(64)
  }

  /// Adds `bytes` to what is hashed.
  ///
  /// - Complexity: O(*n*).
  public mutating func update(_ bytes: RawSpan) {
    byteCount &+= UInt64(bytes.byteCount)
    var offset = 0
    if !block.isEmpty {
      while block.count < 64, offset < bytes.byteCount {
        block.append(byte(bytes, offset))
        offset += 1
      }
      guard block.count == 64 else { return }
      let full = block
      unsafe compress(full.span.bytes, at: 0, &state, &schedule)
      block.removeAll(keepingCapacity: true)
    }
    while offset + 64 <= bytes.byteCount {
      compress(bytes, at: offset, &state, &schedule)
      offset += 64
    }
    while offset < bytes.byteCount {
      block.append(byte(bytes, offset))
      offset += 1
    }
  }

  /// Adds the UTF-8 bytes of `text` and a zero byte, so that fields cannot run together.
  public mutating func update(_ text: String) {
    let bytes = Array(text.utf8) + [0]
    unsafe update(bytes.span.bytes)
  }

  /// The digest as 64 hexadecimal digits.
  public consuming func hexDigest() -> String {
    let bitCount = byteCount &* 8
    var tail: [UInt8] = [0x80]
    while (block.count + tail.count) % 64 != 56 { tail.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    unsafe update(tail.span.bytes)
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

private func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
  unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
}

private func compress(
  _ bytes: RawSpan, at start: Int, _ state: inout [UInt32], _ schedule: inout [UInt32]
) {
  precondition(start >= 0 && start + 64 <= bytes.byteCount)
  for i in 0..<16 {
    let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start + 4 * i, as: UInt32.self)
    schedule[i] = word.bigEndian
  }
  for i in 16..<64 {
    let (a, b) = (schedule[i - 15], schedule[i - 2])
    let s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >> 3)
    let s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >> 10)
    schedule[i] = schedule[i - 16] &+ s0 &+ schedule[i - 7] &+ s1
  }
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  for i in 0..<64 {
    let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let first = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ roundConstants[i] &+ schedule[i]
    let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    let second = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
    (h, g, f, e) = (g, f, e, d &+ first)
    (d, c, b, a) = (c, b, a, first &+ second)
  }
  for (place, value) in [a, b, c, d, e, f, g, h].enumerated() { state[place] &+= value }
}

private func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
  (value >> count) | (value << (32 - count))
}

private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
