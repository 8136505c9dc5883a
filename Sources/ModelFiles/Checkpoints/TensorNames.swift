/// Takes away what wrappers put before every name of a network's tensors.
enum TensorNames {
  /// DataParallel, `torch.compile`, Lightning and other holders.
  private static let wrappers = [
    "module.", "_orig_mod.", "model.", "net.", "network.", "_forward_module.", "ema.",
  ]

  /// The names without shared wrappers, and the wrappers taken away, outermost first.
  ///
  /// A wrapper goes only where every name has it, and while names stay.
  static func unwrapped(_ names: [String]) -> (names: [String], wrappers: [String]) {
    var names = names
    var removed: [String] = []
    while let wrapper = wrappers.first(where: { wrapper in
      !names.isEmpty && names.allSatisfy { $0.hasPrefix(wrapper) && $0.count > wrapper.count }
    }) {
      names = names.map { String($0.dropFirst(wrapper.count)) }
      removed.append(wrapper)
    }
    return (names, removed)
  }
}
