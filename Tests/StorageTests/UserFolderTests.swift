import Storage
import Testing

@Suite struct UserFolderTests {
  @Test(arguments: [
    (UserFolder.cache, "XDG_CACHE_HOME", "/my/.cache/convscope"),
    (.state, "XDG_STATE_HOME", "/my/.local/state/convscope"),
    (.config, "XDG_CONFIG_HOME", "/my/.config/convscope"),
  ])
  func `the variable counts, then the home folder, if they are absolute paths`(
    folder: UserFolder, variable: String, usual: String
  ) {
    #expect(folder.path(environment: [:]) == nil)
    #expect(folder.path(environment: ["HOME": "me", variable: "there"]) == nil)
    #expect(folder.path(environment: ["HOME": "/my", variable: "there"]) == usual)
    #expect(
      folder.path(environment: ["HOME": "/my", variable: "/there"]) == "/there/convscope")
  }
}
