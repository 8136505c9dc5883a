/// What may follow a command's name in the palette.
struct CommandArgument: Hashable, Sendable {
  /// How it is called in help and in the palette, as `NAME`.
  var hint: String
  /// Whether the command means nothing without it.
  var isRequired: Bool
}

extension Command {
  /// Nil for commands that take no argument.
  var argument: CommandArgument? {
    switch self {
    case .goTo: CommandArgument(hint: "ADDRESS", isRequired: true)
    case .writeAtlas: CommandArgument(hint: "FILE", isRequired: true)
    case .moveNeurons: CommandArgument(hint: "CLUSTER|new", isRequired: false)
    case .mergeClusters: CommandArgument(hint: "CLUSTERS", isRequired: false)
    case .splitCluster: CommandArgument(hint: "PARTS", isRequired: false)
    case .recluster: CommandArgument(hint: "CLUSTERS", isRequired: true)
    case .cutTree: CommandArgument(hint: "DISTANCE", isRequired: true)
    case .renameCluster: CommandArgument(hint: "NAME", isRequired: true)
    case .ablate: CommandArgument(hint: "ADDRESS… [mean]", isRequired: false)
    case .exportMask: CommandArgument(hint: "FILE", isRequired: true)
    case .setMark, .marks: CommandArgument(hint: "LETTER", isRequired: false)
    case .copy: CommandArgument(hint: "address|row|table [FILE]", isRequired: false)
    case .filterImages:
      CommandArgument(hint: "confidence<0.6|confidence>0.9|right|wrong|all", isRequired: false)
    case .note: CommandArgument(hint: "TEXT", isRequired: true)
    default: nil
    }
  }
}
