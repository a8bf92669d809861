/// What `dulcet help` prints.
let helpText = """
  dulcet – a terminal music player that goes on when the network does not

  usage: dulcet [--plain | --headless] [--offline] [--output alsa[:DEVICE]|silent|wav:FILE]
         dulcet login ADDRESS [--user NAME] [--password-stdin | --password-command COMMAND]
         dulcet COMMAND…
         dulcet playlist import FILE [NAME] | playlist export NAME FILE
         dulcet pack PLAYLIST… --size SIZE [--bitrate KBITS] [--dry-run] | export [PLAYLIST…] FOLDER
         dulcet cache [verify | clear [--yes] [--pinned]]
         dulcet doctor | help | --version

  the player
    --plain           commands in lines, sentences out: for screen readers, simple terminals and pipes
    --headless        no screen: only the shell steers it
    --offline         no request leaves this computer; also “offline on|off” while it runs
    --output          where sound goes: a device of ALSA, nowhere, or into a WAV file

  commands for the player that runs
    play [WORDS]      go on, or search the library and play what is found
    pause  stop  next  previous
    seek +10 | -10 | 90 | 50%
    volume 80 | +5 | -5
    shuffle off|tracks|albums    repeat off|all|one
    stop-after track|queue|off   consume on|off   sleep 30m|1:30|track|album|off
    sound             the way of the sound, from the file to the card
    device [NAME]     which there are; goes on at another
    mute  replay-gain off|track|album  preamp DB  crossfade SECONDS  speed X
    equalizer PRESET|G1…G10  loop START END|off  pause-fade MS
    prefetch 0-10     metered on|off   offline on|off
    queue             what plays next
    status [--json]   what plays now
    keys [VIEW]       the keys as they are bound

  accounts
    login             signs in to a server that speaks OpenSubsonic (Navidrome, gonic, supysonic, LMS…);
                      without an option the password is asked from the terminal, unseen

  the cache
    cache             how much music is held here
    cache verify      reads every byte and drops what is damaged
    cache clear       throws it away (asks first); --pinned: what is to be kept too

  files
    playlist import FILE [NAME]     M3U8, XSPF or JSON; by path, MusicBrainz id, then names; lists what is not here
    playlist export NAME FILE       the file's ending says which
    pack PLAYLIST… --size 4G [--bitrate 128] [--dry-run]
                      keeps here what fits, whole tracks in the lists' order, and says what does not fit
    export [PLAYLIST…] FOLDER       what is cached as files for a device, with an M3U8 for each list

    doctor            checks terminal, sound, server and databases, and says how to mend what is wrong

  Inside the player, ? lists the keys. `man dulcet` has the rest.
  Exit codes: 0 done, 1 failed, 2 the words were not understood.
  """
