import Foundation
import Music
import OpenSubsonic
import Testing

private func read(_ body: String) throws -> Wire.Response { try #require(Wire.Response.read(Data(body.utf8))) }

@Suite("Bodies as real servers sent them")
struct RealBodiesTests {
  @Test("supysonic: an album with its songs, dates without a zone")
  func supysonicAlbum() throws {
    let body = #"""
      {"subsonic-response":{"album":{"artist":"The Testers","artistId":"16bc","coverArt":"3","created":"2026-11-20T19:44:57",
      "duration":21,"genre":"Rock","id":"17b6","name":"First Light","song":[{"album":"First Light","albumId":"17b6",
      "artist":"The Testers","artistId":"16bc","bitRate":191,"contentType":"audio/mpeg","coverArt":"3",
      "created":"2026-11-20T19:44:57","discNumber":1,"duration":12,"genre":"Rock","id":"088d","isDir":false,"isVideo":false,
      "parent":"3","path":"The Testers/First Light/01 - Dawn.mp3","size":290001,"suffix":"mp3","title":"Dawn","track":1,
      "type":"music","year":2001}],"songCount":2,"year":2001},"status":"ok","version":"1.12.0"}}
      """#
    let album = try #require(try read(body).album)
    #expect(album.album.name == "First Light")
    #expect(album.album.songCount == 2)
    #expect(album.album.created?.timestamp.seconds == 1_795_203_897)
    let song = try #require(album.song.first)
    #expect(song.title == "Dawn")
    #expect(song.size == 290001)
    #expect(song.suffix == "mp3")
  }

  @Test("supysonic: artists escaped to ASCII")
  func supysonicArtists() throws {
    let body = #"""
      {"subsonic-response":{"artists":{"ignoredArticles":"El La Le Las Les Los The","index":[{"artist":[{"albumCount":1,
      "id":"0e80","name":"Bj\u00f6rk \u00dcnit"}],"name":"B"},{"artist":[{"albumCount":1,"id":"6f41","name":"The Testers"}],
      "name":"T"}]},"status":"ok","version":"1.12.0"}}
      """#
    let artists = try #require(try read(body).artists)
    #expect(artists.index.flatMap(\.artist).map(\.name) == ["Björk Ünit", "The Testers"])
  }

  @Test("supysonic: playlists without a date of change, folders with ids as text, envelopes with nothing in them")
  func supysonicOddities() throws {
    let playlists = #"""
      {"subsonic-response":{"playlists":{"playlist":[{"created":"2026-11-20T19:46:52","duration":48,"id":"ea43","name":"Mix 1",
      "owner":"bob","public":false,"songCount":4}]},"status":"ok","version":"1.12.0"}}
      """#
    let playlist = try #require(try read(playlists).playlists?.playlist.first)
    #expect(playlist.changed == nil)
    #expect(playlist.songCount == 4)
    #expect(playlist.public == false)
    let folders =
      #"{"subsonic-response":{"musicFolders":{"musicFolder":[{"id":"1","name":"Music"}]},"status":"ok","version":"1.12.0"}}"#
    #expect(try read(folders).musicFolders?.musicFolder.first?.id == 1)
    let empty = #"{"subsonic-response":{"searchResult3":{},"status":"ok","version":"1.12.0"}}"#
    #expect(try read(empty).searchResult3?.song.isEmpty == true)
  }

  @Test("Navidrome's kind: OpenSubsonic fields, nanoseconds, an empty genre, nested artists")
  func navidrome() throws {
    let body = #"""
      {"subsonic-response":{"status":"ok","version":"1.16.1","type":"navidrome","serverVersion":"0.63.2 (295886c)",
      "openSubsonic":true,"searchResult3":{"song":[{"id":"2yGVqpJzXHbzs5ZKrFqYzR","parent":"1f","isDir":false,"title":"Über",
      "album":"Ночь","artist":"Björk • Guest","track":1,"year":2019,"size":601234,"contentType":"audio/mpeg","suffix":"mp3",
      "duration":15,"bitRate":320,"path":"Björk/Ночь/01-01 - Über.mp3","playCount":3,"played":"2026-08-21T10:11:12.123456789Z",
      "discNumber":1,"created":"2026-08-20T09:00:00.5+02:00","albumId":"1f","artistId":"9a","type":"music",
      "starred":"2026-08-21T10:00:00Z","userRating":4,"bpm":0,"comment":"","sortName":"uber","mediaType":"song",
      "musicBrainzId":"","genres":[{"name":"Electronic"}],"replayGain":{"trackGain":-6.5,"trackPeak":0.98},"channelCount":2,
      "samplingRate":44100,"bitDepth":16,"moods":[],"artists":[{"id":"9a","name":"Björk"},{"id":"9b","name":"Guest"}],
      "displayArtist":"Björk • Guest","albumArtists":[{"id":"9a","name":"Björk"}],"displayAlbumArtist":"Björk",
      "contributors":[],"displayComposer":"","explicitStatus":"","futureField":{"deep":[1,2]}}]}}}
      """#
    let response = try read(body)
    #expect(response.type == "navidrome")
    #expect(response.openSubsonic == true)
    let song = try #require(response.searchResult3?.song.first)
    #expect(song.artists?.map(\.name) == ["Björk", "Guest"])
    #expect(song.displayAlbumArtist == "Björk")
    #expect(song.replayGain?.trackGain == -6.5)
    #expect(song.starred != nil)
    #expect(song.created?.timestamp.seconds == 1_787_209_200)
  }

  @Test("gonic's kind: typed ids, `played` empty for never, a list without its picture")
  func gonic() throws {
    let body = #"""
      {"subsonic-response":{"status":"ok","version":"1.15.0","type":"gonic","serverVersion":"v0.22.0","openSubsonic":true,
      "playlists":{"playlist":[{"id":"pl-MS9taXg","name":"mix","comment":"","owner":"admin","songCount":2,
      "created":"2026-07-23T00:00:00Z","changed":"2026-07-23T00:00:00Z","duration":0,"public":false}]},
      "album":{"id":"al-12","name":"A","songCount":1,"duration":10,"created":"2026-07-23T00:00:00Z","played":"",
      "song":[{"id":"tr-3","title":"T","isDir":false,"replayGain":{"trackGain":0,"trackPeak":0,"albumGain":0,"albumPeak":0}}]}}}
      """#
    let response = try read(body)
    #expect(response.playlists?.playlist.first?.id == "pl-MS9taXg")
    #expect(response.album?.album.played == nil)
    #expect(response.album?.song.first?.id == "tr-3")
  }
}
