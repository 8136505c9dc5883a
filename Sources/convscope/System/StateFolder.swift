/// Where what is kept between visits lies: `$XDG_STATE_HOME/convscope`, or
/// `~/.local/state/convscope`.
struct StateFolder {
  var path: String

  /// Nil when neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
  init?(environment: [String: String]) {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = "\(state)/convscope"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = "\(home)/.local/state/convscope"
    } else {
      return nil
    }
  }
}
