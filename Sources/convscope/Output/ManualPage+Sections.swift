/// What no option definition says.
extension ManualPage {
  var introduction: [String] {
    [
      "Opens a trained network and, given labelled images, runs them in the background and shows",
      "which neurons fire for which classes, what they look for, and how the layers feed one",
      "another. Nothing in a model file is executed but its operators.",
    ]
  }

  var closing: [String] {
    [
      ".SH EXIT STATUS",
      ".TP", "0", "done", ".TP", "1", "failed; one sentence on standard error says why",
      ".TP", "2", "called in a way that cannot work",
      ".TP", "3", "a finding reached the severity that check --fail-on names",
      ".TP", "128+n", "ended by signal n; what was analysed is kept where it can be",
      ".SH ENVIRONMENT",
      ".TP", "\\fBCONVSCOPE_ONNXRUNTIME\\fR", "path of libonnxruntime.so to use",
      ".TP", "\\fBXDG_CACHE_HOME\\fR",
      "analyses are kept in its folder convscope; ~/.cache when unset",
      ".TP", "\\fBNO_COLOR\\fR", "when not empty: no colours, attributes only",
      ".TP", "\\fBCOLORTERM\\fR, \\fBTERM\\fR, \\fBLC_ALL\\fR, \\fBLC_CTYPE\\fR, \\fBLANG\\fR",
      "what the terminal can show; see convscope doctor",
      ".TP", "\\fBESCDELAY\\fR", "milliseconds that a lone Esc waits, as --escape-wait",
      ".TP", "\\fBCOLORFGBG\\fR", "colours of the terminal's text and background, for --theme",
      ".SH FILES",
      ".TP", "$XDG_CONFIG_HOME/convscope/config, ~/.config/convscope/config",
      "configuration of the explorer and of convscope run: lines of key = value, remarks after #.",
      "Options of the command line and NO_COLOR count over it. Lines that are not understood are",
      "told and passed over; convscope doctor lists them.",
    ]
      + ConfigOption.all.flatMap { option in
        [
          ".RS", ".TP", "\\fB\(escaped(option.name))\\fR",
          escaped("\(option.help): \(option.values)"), ".RE",
        ]
      } + [
        ".RS", ".TP", "\\fBkey.\\fICOMMAND\\fR",
        escaped(
          "key of a command of the explorer, of convscope run or of both: a letter, ^x, or a name "
            + "such as f2 or pgup"),
        ".RE",
        ".TP", "\\fIMODEL\\fR.preprocess.json",
        "how images are fed to the model, read when it lies beside it",
        ".TP", "labels.txt, classes.txt",
        "class names beside the model, one a line, in output order",
      ]
  }
}
