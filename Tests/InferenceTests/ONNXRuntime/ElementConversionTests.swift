import Networks
import Testing

@testable import Inference

@Suite struct ElementConversionTests {
  private func decoded<Element>(
    _ elements: [Element], _ type: ElementType, scale: Float = 1, zeroPoint: Float = 0
  ) -> [Float]? {
    let buffer = RawBuffer()
    let request = TensorRequest("t", scale: scale, zeroPoint: zeroPoint)
    return unsafe elements.withUnsafeBytes { bytes in
      let isDecoded = unsafe ElementConversion.decode(
        bytes, type, request, count: elements.count, into: buffer)
      return unsafe isDecoded ? Array(buffer.floats) : nil
    }
  }

  @Test func `every half-precision number is read as the standard says`() throws {
    let all = (UInt16.min...UInt16.max).map { $0 }
    let values = try #require(decoded(all, .float16))
    for (bits, value) in zip(all, values) {
      let expected = Float(Float16(bitPattern: bits))
      #expect(value.isNaN ? expected.isNaN : value.bitPattern == expected.bitPattern)
    }
  }

  @Test func `quantised integers become numbers`() {
    #expect(
      decoded([0, 128, 255] as [UInt8], .uint8, scale: 0.5, zeroPoint: 128) == [-64, 0, 63.5])
    #expect(decoded([-128, 0, 127] as [Int8], .int8, scale: 2) == [-256, 0, 254])
    #expect(decoded([1.5, -2] as [Double], .float64) == [1.5, -2])
    #expect(decoded([0x3FC0] as [UInt16], .bfloat16) == [1.5])
    #expect(decoded([1] as [UInt8], .bool) == nil)
  }

  @Test func `pixels become bytes, rounded and clamped`() {
    let source = RawBuffer()
    source.resize(byteCount: 5 * 4)
    for (index, value) in [Float.nan, -3, 1.5, 254.6, 300].enumerated() {
      unsafe source.floats[index] = value
    }
    let target = RawBuffer()
    unsafe ElementConversion.encode(source.floats, as: .uint8, into: target)
    #expect(unsafe Array(target.bytes) == [0, 0, 2, 255, 255])
    unsafe ElementConversion.encode(source.floats, as: .int8, into: target)
    #expect(unsafe target.bytes.map { Int8(bitPattern: $0) } == [0, -3, 2, 127, 127])
  }
}
