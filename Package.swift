// swift-tools-version: 6.2
// The architecture, from the ground up: a target may import only what stands in its list.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "dulcet",
  products: [
    .executable(name: "dulcet", targets: ["dulcet"]),
    .executable(name: "dulcet-server", targets: ["dulcet-server"]),
  ],
  targets: [
    // C libraries: a module map and a shim each, imported by exactly one target below.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CMpg123", pkgConfig: "libmpg123", providers: [.apt(["libmpg123-dev"])]),
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev", "libxxhash-dev"])]),
    .target(name: "CCurl"),  // opened after the first frame, by the network thread: nothing links libcurl
    .target(name: "CSndFile"),  // opened for the first file that is no MP3: nothing links libsndfile
    .target(name: "CRubberBand"),  // opened when a speed other than 1 is asked for: nothing links librubberband
    .target(name: "CPicture"),  // libjpeg, libpng, libwebp: opened when a picture of their kind comes
    .target(name: "CChafa"),  // opened for the first cover
    .target(name: "CFFTW"),  // opened for the first look at the spectrum
    .target(name: "CXML"),  // libxml2: opened for the first XSPF file
    .target(name: "CTagLib", linkerSettings: [.linkedLibrary("tag")]),
    .target(name: "CLinux"),

    // Words: values and protocols only.
    module("Music"),
    module("Threading", ["CLinux"]),
    module("Digest", ["CDigest"]),
    module("Audio", ["Music", "Threading"]),
    module("TUI", ["CLinux"]),

    // Devices: one owner for each C library.
    module("SQLite", ["CSQLite"]),
    module("Mpg123", ["Audio", "CMpg123"]),
    module("SndFile", ["Audio", "CSndFile"]),
    module("Decoders", ["Audio", "Mpg123", "SndFile"]),
    module("RubberBand", ["Audio", "CRubberBand"]),
    module("ALSA", ["Music", "Audio", "CALSA", "Threading"]),
    module("Ncurses", ["TUI", "CNcurses", "CLinux"]),
    module("HTTP", ["CCurl", "Threading"]),
    module("Tags", ["Music", "CTagLib"]),
    module("Artwork", ["TUI", "CPicture", "CChafa"]),
    module("Spectrum", ["CFFTW"]),

    // Playlists of other players.
    module("PlaylistFiles", ["Music", "CXML"]),

    // Wire: what the client and the server both say.
    module("OpenSubsonic", ["Music", "Digest"]),

    // Stores.
    module("Library", ["Music", "SQLite"]),
    module("Cache", ["Music", "Audio", "SQLite", "Digest", "Threading"]),

    // Services.
    module("Playback", ["Music", "Audio", "Threading"]),
    module("Radio", ["Audio", "HTTP", "Threading"]),
    module("Scan", ["Music", "Tags", "Library", "Digest"]),
    module("Remote", ["Music", "OpenSubsonic", "HTTP", "Library", "Cache", "Digest", "Threading"]),
    module(
      "Server",
      [
        "Music", "OpenSubsonic", "SQLite", "Library", "Tags", "Scan", "CMicroHTTPD", "CSodium", "Digest", "Threading",
      ]),

    // Heart: pure. These two cannot even name SQLite, ncurses, sockets, files or threads.
    module("Core", ["Music", "TUI"]),
    module("Screens", ["Music", "TUI", "Core"]),

    // Shell: the only place that knows everyone.
    module(
      "App",
      [
        "Music", "Threading", "Audio", "TUI", "SQLite", "Decoders", "RubberBand", "ALSA", "Ncurses", "HTTP",
        "OpenSubsonic", "Library", "Cache", "Playback", "Remote", "Artwork", "Spectrum", "Digest", "Radio", "Core",
        "Screens", "PlaylistFiles", "CLinux",
      ]),
    program("dulcet", ["App"]),
    program("dulcet-server", ["Music", "Library", "Tags", "Scan", "Server", "Threading"]),
    program(
      "Benchmarks",
      ["Music", "Library", "Threading", "CLinux", "Fixtures", "HTTP", "OpenSubsonic", "SQLite", "Cache", "Remote"]),

    // Tests: sentences about behaviour.
    .target(name: "Fixtures", dependencies: ["Threading"], path: "Tests/Fixtures", swiftSettings: strict),
    .executableTarget(
      name: "DecoderFuzz", dependencies: ["Audio", "Decoders", "Threading", "Fixtures"],
      path: "Tests/DecoderFuzz", swiftSettings: strict),
    tests("MusicTests", ["Music"]),
    tests("ThreadingTests", ["Threading"]),
    tests("TUITests", ["TUI", "Fixtures"]),
    tests("NcursesTests", ["TUI", "Ncurses", "Fixtures"]),
    .testTarget(
      name: "ArtworkTests", dependencies: ["TUI", "Artwork", "Fixtures"], exclude: ["Samples", "make-samples.py"],
      swiftSettings: strict),
    tests("SpectrumTests", ["Spectrum"]),
    tests("SQLiteTests", ["SQLite", "Fixtures"]),
    tests(
      "PlaybackTests",
      ["Music", "Audio", "Mpg123", "SndFile", "RubberBand", "ALSA", "Playback", "Threading", "Fixtures"]),
    tests("LibraryTests", ["Music", "Library", "SQLite", "Fixtures"]),
    .executableTarget(
      name: "CacheCrashProbe", dependencies: ["Music", "Cache", "Threading", "Fixtures"],
      path: "Tests/CacheCrashProbe", swiftSettings: strict),
    tests(
      "CacheTests", ["Music", "Audio", "Cache", "SQLite", "Digest", "Threading", "Fixtures", "CacheCrashProbe"]),
    tests("PlaylistFilesTests", ["Music", "PlaylistFiles"]),
    tests("OpenSubsonicTests", ["Music", "OpenSubsonic"]),
    .executableTarget(
      name: "OutboxCrashProbe", dependencies: ["Music", "HTTP", "OpenSubsonic", "Library", "Remote"],
      path: "Tests/OutboxCrashProbe", swiftSettings: strict),
    tests(
      "RemoteTests",
      [
        "Music", "Audio", "HTTP", "OpenSubsonic", "Remote", "Library", "Cache", "Server", "SQLite", "Threading",
        "Fixtures",
        "OutboxCrashProbe",
      ]),
    tests("RadioTests", ["Music", "Audio", "Mpg123", "HTTP", "Radio", "Playback", "Threading", "Fixtures"]),
    tests("ServerTests", ["Music", "OpenSubsonic", "Tags", "Scan", "Library", "Server", "Fixtures"]),
    tests("CoreTests", ["Music", "TUI", "Core"]),
    .testTarget(
      name: "ScreensTests", dependencies: ["Music", "TUI", "Core", "Screens", "Fixtures"], exclude: ["Goldens"],
      swiftSettings: strict),
    tests(
      "AppTests",
      [
        "Music", "HTTP", "OpenSubsonic", "Remote", "Artwork", "Server", "App", "Audio", "Cache", "Library", "Core",
        "TUI",
        "Threading", "Fixtures",
      ]),
    .executableTarget(
      name: "Monkey", dependencies: ["Music", "TUI", "Library", "Core", "Screens", "App", "Fixtures"],
      path: "Tests/Monkey", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Threading", "Fixtures", "Monkey"], exclude: ["Goldens"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
