/// The keys to begin with: those of a player or an editor that the hands know already.
package enum KeymapPreset: String, Hashable, Sendable, CaseIterable {
  case vim, emacs, cmus, ncmpcpp

  /// Every preset is vim's with other keys for what its namesake has. Each is read when it is first wanted: the first
  /// frame waits for one.
  package var keymap: Keymap {
    switch self {
    case .vim: KeymapPreset.vimKeymap
    case .emacs: KeymapPreset.emacsKeymap
    case .cmus: KeymapPreset.cmusKeymap
    case .ncmpcpp: KeymapPreset.ncmpcppKeymap
    }
  }

  private static let vimKeymap = Keymap(preset: .vim, vimKeys)
  private static let emacsKeymap = Keymap(preset: .emacs, text: KeymapPreset.emacsText)
  private static let cmusKeymap = Keymap(preset: .cmus, text: KeymapPreset.cmusText)
  private static let ncmpcppKeymap = Keymap(preset: .ncmpcpp, text: KeymapPreset.ncmpcppText)

  private static let emacsText = """
    unbind j
    unbind k
    unbind h
    unbind l
    bind ^n move down
    bind ^p move up
    bind ^f pane right
    bind ^b pane left
    bind ^v move page-down
    bind alt-v move page-up
    bind alt-< move top
    bind alt-> move bottom
    bind ^s search
    bind alt-x palette
    bind ^g back
    bind ^q cancel
    bind ^x o pane next
    bind ^x l view library
    bind ^x b view queue
    bind ^x p view playlists
    bind ^x d view downloads
    bind ^x r view radio
    bind ^x h view help
    bind ^x ^c quit
    bind ^x k remove
    bind ^x c clear
    bind alt-n reorder down
    bind alt-p reorder up
    unbind q
    """

  private static let cmusText = """
    bind x play
    bind c pause
    bind v stop
    bind z previous
    bind b next
    bind h seek -5
    bind l seek +5
    bind , seek -60
    bind . seek +60
    bind g move top
    bind C consume
    bind i jump
    bind e add
    bind E add next
    bind space mark
    bind D remove
    bind p reorder down
    bind P reorder up
    bind y playlist add
    bind u sync
    bind U undo
    bind Z sleep
    bind L search
    bind Q equalizer
    """

  private static let ncmpcppText = """
    bind p pause
    bind s stop
    bind f seek +5
    bind b seek -5
    bind right volume +2
    bind left volume -2
    bind z shuffle
    bind space add
    bind insert mark
    bind v mark
    bind a playlist add
    bind n reorder down
    bind m reorder up
    bind . hit next
    bind , hit previous
    bind ^f search
    bind F star
    bind S playlist new
    bind c clear
    bind u sync
    bind U undo
    bind Z sleep
    """
}
