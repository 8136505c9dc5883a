/// The nine strongest patches of each neuron, at most one an image.
public struct StrongestPatches: Equatable, Sendable {
  /// Patches kept of one neuron.
  public static let capacity = 9

  /// Neuron-major, best first, ``TopPatch/none`` behind the last.
  private var slots: [TopPatch]

  /// Nothing yet, for `neuronCount` neurons.
  public init(neuronCount: Int) {
    slots = Array(repeating: .none, count: neuronCount * Self.capacity)
  }

  /// Whether a patch of that strength would be kept.
  @inline(__always)
  func accepts(_ value: Float, image: Int32, neuron: Int) -> Bool {
    let last = slots[neuron * Self.capacity + Self.capacity - 1]
    return value > last.value || (value == last.value && (image < last.image || !last.isPresent))
  }

  /// Keeps `patch` if it is among the strongest; an image that is already there stays once.
  public mutating func insert(_ patch: TopPatch, neuron: Int) {
    let first = neuron * Self.capacity
    guard accepts(patch.value, image: patch.image, neuron: neuron) else { return }
    for slot in first..<first + Self.capacity where slots[slot].image == patch.image { return }
    var slot = first + Self.capacity - 1
    while slot > first, !slots[slot - 1].isPresent || patch.precedes(slots[slot - 1]) {
      slots[slot] = slots[slot - 1]
      slot -= 1
    }
    slots[slot] = patch
  }

  /// Keeps the strongest of both.
  public mutating func merge(_ other: StrongestPatches) {
    precondition(slots.count == other.slots.count)
    for (slot, patch) in other.slots.enumerated() where patch.isPresent {
      insert(patch, neuron: slot / Self.capacity)
    }
  }

  /// Patches of one neuron, best first.
  public subscript(neuron: Int) -> [TopPatch] {
    slots[neuron * Self.capacity..<(neuron + 1) * Self.capacity].filter(\.isPresent)
  }
}
