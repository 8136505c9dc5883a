import Tensors
import Testing

@testable import Analysis

@Suite struct ActivationSampleTests {
  /// Means and centres are functions of the image, so that every kept row can be checked.
  private func sample(of images: [Int32], neurons: Int = 600) -> ActivationSample {
    var sample = ActivationSample(neuronCount: neurons)
    for image in images {
      sample.add(image: image) {
        Float(Int(image) + $0)
      } centers: {
        Float(Int(image) - 2 * $0)
      }
    }
    return sample
  }

  @Test func `few images are all kept, with what the neurons gave`() throws {
    let sample = self.sample(of: Array(0..<40))
    #expect(sample.images.sorted() == Array(0..<40))
    for place in sample.images.indices {
      let image = Int(sample.images[place])
      #expect(Array(sample.means(at: place)) == (0..<600).map { Float(image + $0) })
      #expect(Array(sample.centers(at: place)) == (0..<600).map { Float(image - 2 * $0) })
    }
  }

  @Test(arguments: UInt64(0)..<3)
  func `the sample does not depend on order or grouping`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let images = Array(Int32(0)..<700)
    let whole = sample(of: images)
    #expect(whole.images.count == whole.capacity && whole.capacity == 256)
    let shuffled = images.shuffled(using: &random)
    var merged = sample(of: Array(shuffled[..<300]))
    merged.merge(sample(of: Array(shuffled[250...])))
    #expect(merged == whole)
    #expect(sample(of: shuffled) == whole)
  }

  @Test func `a wider layer keeps the first images of a narrower one`() throws {
    let images = Array(Int32(0)..<400)
    let narrow = sample(of: images, neurons: 300)
    let wide = sample(of: images)
    #expect(narrow.images.count > wide.images.count)
    #expect(Array(narrow.images.prefix(wide.images.count)) == wide.images)
  }

  @Test func `the images kept are spread evenly`() throws {
    let kept = sample(of: Array(0..<1024)).images
    for quarter in 0..<4 {
      let count = kept.filter { Int($0) / 256 == quarter }.count
      #expect(abs(count - 64) < 28)
    }
  }

  @Test func `a stored sample comes back, a damaged one does not`() throws {
    let sample = self.sample(of: Array(0..<9), neurons: 4)
    let means = sample.images.indices.flatMap { sample.means(at: $0) }
    let centers = sample.images.indices.flatMap { sample.centers(at: $0) }
    #expect(
      ActivationSample(neuronCount: 4, images: sample.images, means: means, centers: centers)
        == sample)
    #expect(
      ActivationSample(neuronCount: 4, images: [1, 1], means: means, centers: centers) == nil)
    #expect(
      ActivationSample(
        neuronCount: 4, images: Array(repeating: 1, count: 9), means: means, centers: centers)
        == nil)
    #expect(ActivationSample(neuronCount: 5, images: [], means: means, centers: centers) == nil)
  }
}
