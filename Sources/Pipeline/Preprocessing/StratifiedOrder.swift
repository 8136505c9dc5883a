import Tensors

/// Places of labelled images in a seeded order that takes one of each class in turn, so that
/// every beginning is as balanced as can be.
///
/// - Parameter labels: Class of each image; those without are left out.
func stratifiedOrder(labels: [Int?], seed: UInt64) -> [Int] {
  var random = SeededGenerator(seed: seed)
  let classCount = (labels.compactMap(\.self).max() ?? -1) + 1
  var byClass = [[Int]](repeating: [], count: classCount)
  for (image, label) in labels.enumerated() {
    if let label { byClass[label].append(image) }
  }
  for label in byClass.indices { byClass[label].shuffle(using: &random) }
  var waiting = byClass.filter { !$0.isEmpty }
  var order: [Int] = []
  var turn = 0
  while !waiting.isEmpty {
    waiting.shuffle(using: &random)
    order += waiting.map { $0[turn] }
    turn += 1
    waiting.removeAll { $0.count <= turn }
  }
  return order
}
