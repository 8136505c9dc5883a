/// Why the weights of a checkpoint could not be read; each case is one sentence.
public enum CheckpointError: Error, Hashable, Sendable {
  /// The file could not be opened, or is of a kind that holds no weights.
  case file(ModelFileError)
  /// The bytes break the rules of the format; `part` says where.
  case damaged(part: String, detail: String)
  /// Perhaps sound, but not read here.
  case unsupported(detail: String, advice: String)
  /// A count beyond what any checkpoint needs.
  case limitExceeded(what: String, limit: Int)
  case noTensors
  /// A file that an index names is outside its folder, missing or unreadable.
  case shard(name: String, reason: String)
  /// The numbers of one tensor cannot be given.
  case tensorUnavailable(name: String, reason: String)
}

extension CheckpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .damaged(let part, let detail):
      "this checkpoint is damaged: its \(part) \(detail); copy or save it again"
    case .unsupported(let detail, let advice):
      "this checkpoint cannot be read: \(detail); \(advice)"
    case .limitExceeded(let what, let limit):
      "this is not a sound checkpoint: more than \(limit) \(what); save the state_dict alone"
    case .noTensors:
      "this file holds no tensors; save the network's state_dict with torch.save or safetensors"
    case .shard(let name, let reason):
      "the index names the file “\(name)”, which \(reason); put all shards beside the index"
    case .tensorUnavailable(let name, let reason):
      "the tensor “\(name)” cannot be read: \(reason)"
    }
  }
}
