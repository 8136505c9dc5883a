/// A folder of convscope's below one of the user's, by the XDG Base Directory Specification,
/// https://specifications.freedesktop.org/basedir-spec/latest/
public enum UserFolder: String, Sendable {
  /// What can be worked out again: `$XDG_CACHE_HOME`, or `~/.cache`.
  case cache = "XDG_CACHE_HOME"
  /// What visits leave behind: `$XDG_STATE_HOME`, or `~/.local/state`.
  case state = "XDG_STATE_HOME"
  /// What the user writes: `$XDG_CONFIG_HOME`, or `~/.config`.
  case config = "XDG_CONFIG_HOME"

  private var below: String {
    switch self {
    case .cache: ".cache"
    case .state: ".local/state"
    case .config: ".config"
    }
  }

  /// The folder's path; nil when neither its variable nor `HOME` is an absolute path.
  public func path(environment: [String: String]) -> String? {
    if let folder = environment[rawValue], folder.hasPrefix("/") { return "\(folder)/convscope" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/\(below)/convscope"
  }
}
