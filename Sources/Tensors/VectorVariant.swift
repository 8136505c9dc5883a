import CVectorKernels

/// How an inner loop in C is compiled; the results are the same to the bit.
package enum VectorVariant: Sendable, CaseIterable {
  /// With what every processor of the family has.
  case portable
  /// With the widest vectors of this one.
  case widest

  /// What the inner loops call it.
  package var number: Int32 { self == .widest ? vk_best() : Int32(VK_PORTABLE) }
}
