import Testing

@testable import Pipeline

@Suite struct ComparedImagesTests {
  @Test func `of the sure images some are compared and stand for all of them`() {
    var images = ComparedImages()
    images.compare(Array(0..<10))
    let asked = images.compare(Array(10..<40)) { $0.isMultiple(of: 3) }
    let sure = (10..<40).filter { $0.isMultiple(of: 3) }
    let unsure = (10..<40).filter { !$0.isMultiple(of: 3) }
    #expect(asked.filter { !$0.isMultiple(of: 3) } == unsure)
    #expect(asked.filter { $0.isMultiple(of: 3) } == [12, 24, 36])
    #expect(images.spared == sure.filter { ![12, 24, 36].contains($0) })
    #expect(images.count == 40 && Set(images.all) == Set(0..<40))
    #expect(abs(images.weights.reduce(0, +) - 40) < 1e-12)
    #expect(
      zip(images.compared, images.weights).allSatisfy {
        $1 == ($0 % 12 == 0 && $0 > 10 ? 10.0 / 3 : 1)
      })
  }

  @Test func `an image is new once, and not when it could not be read`() {
    var images = ComparedImages()
    let found = images.readable([4, 5, 6], [[1], nil, [2]])
    #expect(found.map(\.image) == [4, 6] && images.unreadable == [5])
    #expect(images.compare([4, 6], isSure: { _ in true }) == [4])
    #expect(images.new(in: [4, 5, 6, 7, 8]) == [7, 8])
  }

  @Test func `where no image is sure all are compared`() {
    var images = ComparedImages()
    #expect(images.compare([1, 2, 3], isSure: { _ in false }) == [1, 2, 3])
    #expect(images.weights == [1, 1, 1] && images.spared.isEmpty)
  }
}
