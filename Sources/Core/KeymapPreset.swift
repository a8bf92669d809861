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

  private static let vimKeymap = Keymap(preset: .vim, text: KeymapPreset.vim.text)
  private static let emacsKeymap = Keymap(preset: .emacs, text: KeymapPreset.emacs.text)
  private static let cmusKeymap = Keymap(preset: .cmus, text: KeymapPreset.cmus.text)
  private static let ncmpcppKeymap = Keymap(preset: .ncmpcpp, text: KeymapPreset.ncmpcpp.text)

  private var text: String {
    let common = KeymapPreset.vimText.split(separator: "\n").map { "bind " + $0 }.joined(separator: "\n")
    switch self {
    case .vim: return common
    case .emacs: return common + "\n" + KeymapPreset.emacsText
    case .cmus: return common + "\n" + KeymapPreset.cmusText
    case .ncmpcpp: return common + "\n" + KeymapPreset.ncmpcppText
    }
  }

  /// Each line as it stands behind `bind`.
  private static let vimText = """
    j move down
    down move down
    k move up
    up move up
    gg move top
    home move top
    G move bottom
    end move bottom
    ^d move half-down
    ^u move half-up
    ^f move page-down
    page-down move page-down
    ^b move page-up
    page-up move page-up
    h pane left
    l pane right
    tab pane next
    backtab pane previous
    enter activate
    a add
    A add next
    d remove
    delete remove
    J reorder down
    K reorder up
    v mark
    V range
    ^a mark all
    ~ mark others
    y yank
    x cut
    p put
    P put before
    " register
    . again
    u undo
    ^r redo
    f star
    w pin
    M menu
    n hit next
    N hit previous
    g/ prompt "find "
    o jump
    i details
    space pause
    < previous
    > next
    left seek -5
    right seek +5
    shift-left seek -30
    shift-right seek +30
    + volume +5
    = volume +5
    - volume -5
    m mute
    [ speed -0.05
    ] speed +0.05
    s shuffle
    r repeat
    S stop
    X stop-after
    L loop
    z sleep
    e equalizer
    O device
    I sound
    F star playing
    1 view library
    gl view library
    2 view queue
    gq view queue
    3 view playlists
    gp view playlists
    4 view search
    gs view search
    t panel next
    T panel
    ^e panel down
    ^y panel up
    { lyrics-offset -0.1
    } lyrics-offset +0.1
    ? view help
    f1 view help
    5 view downloads
    gd view downloads
    6 view history
    gh view history
    7 view radio
    8 view settings
    gv library
    & filter
    go sort
    ^s save-search
    gr view radio
    ga albums name
    gn albums newest
    gf starred
    / search
    : prompt
    ^p palette
    b playlist add
    B playlist new
    R playlist rename
    D playlist delete
    escape back
    ^t downloads toggle
    ^x cancel
    ^l redraw
    ^z suspend
    q quit
    ^c quit
    """

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
