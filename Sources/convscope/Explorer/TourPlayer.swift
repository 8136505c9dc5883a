import Dispatch
import Explorer
import Glibc

/// Plays a script in the explorer at reading speed: the keys of a line one by one, then what the
/// remark above them says, for as long as that takes to read.
struct TourPlayer {
  var script: KeyScript

  /// Posts keys and captions until the script ends; who presses keys meanwhile takes part.
  func start(_ mailbox: Mailbox<LoopMessage>) {
    DispatchQueue(label: "tour").async {
      for step in script.steps {
        for key in step.keys {
          wait(.milliseconds(250))
          mailbox.post(.action(.key(key)))
        }
        mailbox.post(.action(.message(step.caption)))
        wait(TourPlayer.readingTime(step.caption))
      }
      mailbox.post(.action(.message("the tour ends here: go on yourself, ? lists the keys")))
    }
  }

  /// Some 15 characters a second, and a moment for the screen.
  static func readingTime(_ caption: String) -> Duration {
    .milliseconds(2000 + 65 * min(300, caption.count))
  }
}

private func wait(_ time: Duration) {
  usleep(UInt32(clamping: Int(time / .microseconds(1))))
}
