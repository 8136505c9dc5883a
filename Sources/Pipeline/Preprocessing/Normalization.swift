import Networks

/// How levels become numbers, by a name that people know; means and deviations in RGB.
struct Normalization: Hashable, Sendable {
  /// As written in `--preprocess`.
  var key: String
  /// As shown.
  var title: String
  /// What level 255 becomes before the mean is taken away: 1 or 255.
  var range: Float
  var mean: [Float]
  var standardDeviation: [Float]

  /// ImageNet's channel means and deviations, as torchvision's networks expect them.
  static let imageNet = Normalization(
    key: "imagenet", title: "ImageNet mean/std", range: 1, mean: [0.485, 0.456, 0.406],
    standardDeviation: [0.229, 0.224, 0.225])
  static let unit = Normalization(
    key: "unit", title: "0…1", range: 1, mean: [0, 0, 0], standardDeviation: [1, 1, 1])
  /// TensorFlow's, and everyone's 0.5 / 0.5.
  static let signedUnit = Normalization(
    key: "tf", title: "−1…1", range: 1, mean: [0.5, 0.5, 0.5],
    standardDeviation: [0.5, 0.5, 0.5])
  static let raw = Normalization(
    key: "raw", title: "0…255", range: 255, mean: [0, 0, 0], standardDeviation: [1, 1, 1])
  static let centered = Normalization(
    key: "centered", title: "−0.5…0.5", range: 1, mean: [0.5, 0.5, 0.5],
    standardDeviation: [1, 1, 1])
  /// CIFAR-10's channel means and deviations over all pixels.
  static let cifar10 = Normalization(
    key: "cifar10", title: "CIFAR-10 mean/std", range: 1, mean: [0.4914, 0.4822, 0.4465],
    standardDeviation: [0.247, 0.2435, 0.2616])
  /// The deviations of the kuangliu lineage, averaged per image.
  static let cifar10PerImage = Normalization(
    key: "cifar10-per-image", title: "CIFAR-10 mean/per-image std", range: 1,
    mean: [0.4914, 0.4822, 0.4465], standardDeviation: [0.2023, 0.1994, 0.201])
  static let cifar100 = Normalization(
    key: "cifar100", title: "CIFAR-100 mean/std", range: 1, mean: [0.5071, 0.4867, 0.4408],
    standardDeviation: [0.2675, 0.2565, 0.2761])
  static let cifarMean = Normalization(
    key: "cifar-mean", title: "0…255 less CIFAR-10 mean", range: 255,
    mean: [125.3, 123, 113.9], standardDeviation: [1, 1, 1])
  /// Caffe's whole-number means of ImageNet.
  static let caffe = Normalization(
    key: "caffe", title: "Caffe mean", range: 255, mean: [123, 117, 104],
    standardDeviation: [1, 1, 1])
  /// The means of the VGG networks and of Keras.
  static let vgg = Normalization(
    key: "vgg", title: "VGG mean", range: 255, mean: [123.68, 116.779, 103.939],
    standardDeviation: [1, 1, 1])
  static let rawCentered = Normalization(
    key: "raw-centered", title: "−128…127", range: 255, mean: [128, 128, 128],
    standardDeviation: [1, 1, 1])
  static let imageNetMean = Normalization(
    key: "imagenet-mean", title: "ImageNet mean only", range: 1, mean: [0.485, 0.456, 0.406],
    standardDeviation: [1, 1, 1])
  /// MNIST's mean and deviation over all pixels.
  static let mnist = Normalization(
    key: "mnist", title: "MNIST mean/std", range: 1, mean: [0.1307], standardDeviation: [0.3081])
  static let fashion = Normalization(
    key: "fashion-mnist", title: "Fashion-MNIST mean/std", range: 1, mean: [0.286],
    standardDeviation: [0.353])

  /// Every preset of `--preprocess`.
  static let all = [
    imageNet, unit, signedUnit, raw, centered, cifar10, cifar10PerImage, cifar100, cifarMean,
    caffe, vgg, rawCentered, imageNetMean, mnist, fashion,
  ]

  /// The mean in the order the network sees its channels.
  func mean(in order: ColorOrder) -> [Float] { arranged(mean, in: order) }

  /// The standard deviation in the order the network sees its channels.
  func standardDeviation(in order: ColorOrder) -> [Float] {
    arranged(standardDeviation, in: order)
  }

  private func arranged(_ values: [Float], in order: ColorOrder) -> [Float] {
    if order == .gray { return [values.reduce(0, +) / Float(values.count)] }
    let three = values.count == 3 ? values : Array(repeating: values[0], count: 3)
    return order == .bgr ? three.reversed() : three
  }
}
