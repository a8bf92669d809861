/* A sound card for tests: an ALSA plugin (pcm_ioplug) that plays by the monotonic clock, faster if asked, and writes to
 * a file what would have been heard. It runs dry, pauses, and goes away, as cards do.
 *
 *   pcm_type.fakecard { lib "/.../libasound_module_pcm_fakecard.so" }
 *   pcm.card { type fakecard file "/tmp/heard.raw" speed 20.0 pause true rate 48000 gone_after 100000 }
 *
 * Frames are captured when they are played, not when they are handed over: what is dropped unheard is not in the file.
 * The file is appended to, so that one that is opened twice has everything. As a card does, it calls once a period.
 *
 * With `log "/tmp/card.log"` it also appends a line for each thing that happens to it: its name, when it was by the
 * monotonic clock in nanoseconds, and how many frames had been heard since it was opened. What comes first:
 *   open NANOSECONDS RATE      frame NANOSECONDS BYTES      write NANOSECONDS FRAMES (handed over since it was opened)
 *   start, stop, close NANOSECONDS FRAMES (heard since it was opened)
 */
#define _GNU_SOURCE
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct card {
  snd_pcm_ioplug_t io;
  int timer;
  int capture;
  int log;
  double speed;
  long gone_after;           /* frames until it is unplugged; 0: never */
  snd_pcm_uframes_t total;   /* frames heard since it was opened */
  snd_pcm_uframes_t given;   /* frames handed over since it was opened */
  snd_pcm_uframes_t boundary;
  snd_pcm_uframes_t least_room; /* what a player wants to be called for */
  size_t frame_size;
  char *store;               /* the card's own memory: one buffer */
  snd_pcm_uframes_t written; /* frames handed over since prepare */
  snd_pcm_uframes_t heard;   /* of those, frames played */
  int running;
  int is_prepared;           /* once, or oftener */
  struct timespec began;     /* when `base` frames had been played */
  snd_pcm_uframes_t base;
};

static double seconds_since(const struct timespec *then) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t wrote = write(descriptor, bytes, count);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return;
    bytes += wrote;
    count -= (size_t)wrote;
  }
}

static int open_to_append(const char *file) {
  return file && *file ? open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

static void note(const struct card *card, const char *what, unsigned long number) {
  char line[80];
  struct timespec now;
  if (card->log < 0) return;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int count = snprintf(line, sizeof line, "%s %lld %lu\n", what, now.tv_sec * 1000000000LL + now.tv_nsec, number);
  write_all(card->log, line, (size_t)count);
}

/* Plays up to now. Returns 1 when it wanted to play more than it had. */
static int play(struct card *card) {
  if (!card->running) return 0;
  snd_pcm_uframes_t due = card->base + (snd_pcm_uframes_t)(seconds_since(&card->began) * card->io.rate * card->speed);
  snd_pcm_uframes_t end = due < card->written ? due : card->written;
  while (card->heard < end) {
    snd_pcm_uframes_t place = card->heard % card->io.buffer_size;
    snd_pcm_uframes_t count = end - card->heard;
    if (count > card->io.buffer_size - place) count = card->io.buffer_size - place;
    if (card->capture >= 0) write_all(card->capture, card->store + place * card->frame_size, count * card->frame_size);
    card->heard += count;
    card->total += count;
  }
  return due >= card->written;
}

static int is_gone(const struct card *card) { return card->gone_after > 0 && card->total >= (snd_pcm_uframes_t)card->gone_after; }

/* From now on once a period while it runs, else once: in both cases it is readable as long as there may be room. */
static void set_timer(struct card *card, int running) {
  struct itimerspec spec = {.it_value.tv_nsec = 1};
  if (running) {
    /* Never early: at each call a period more has been played. */
    long nanoseconds = (long)(1e9 * card->io.period_size / card->io.rate / card->speed) + 1;
    if (nanoseconds < 500000) nanoseconds = 500000;
    spec.it_interval.tv_sec = nanoseconds / 1000000000;
    spec.it_interval.tv_nsec = nanoseconds % 1000000000;
  }
  timerfd_settime(card->timer, 0, &spec, NULL);
}

static int card_start(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  if (is_gone(card)) return -ENODEV;
  clock_gettime(CLOCK_MONOTONIC, &card->began);
  card->base = card->heard;
  card->running = 1;
  set_timer(card, 1);
  note(card, "start", card->total);
  return 0;
}

static int card_stop(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  play(card);
  if (card->running) note(card, "stop", card->total);
  card->running = 0;
  timerfd_settime(card->timer, 0, &(struct itimerspec){0}, NULL);
  return 0;
}

static int card_pause(snd_pcm_ioplug_t *io, int enable) { return enable ? card_stop(io) : card_start(io); }

static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  int dry = play(card);
  if (is_gone(card)) return -ENODEV;
  if (dry && io->state == SND_PCM_STATE_RUNNING) return -EPIPE;
  return (snd_pcm_sframes_t)(card->heard % card->boundary);
}

static snd_pcm_sframes_t card_transfer(
    snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
  struct card *card = io->private_data;
  if (is_gone(card)) return -ENODEV;
  const char *from = (const char *)areas->addr + (areas->first + areas->step * offset) / 8;
  for (snd_pcm_uframes_t done = 0; done < size;) {
    snd_pcm_uframes_t place = card->written % io->buffer_size;
    snd_pcm_uframes_t count = size - done;
    if (count > io->buffer_size - place) count = io->buffer_size - place;
    memcpy(card->store + place * card->frame_size, from + done * card->frame_size, count * card->frame_size);
    card->written += count;
    done += count;
  }
  card->given += size;
  note(card, "write", card->given);
  return (snd_pcm_sframes_t)size;
}

static int card_prepare(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  if (is_gone(card)) return -ENODEV;
  card->frame_size = (size_t)snd_pcm_format_physical_width(io->format) / 8 * io->channels;
  free(card->store);
  card->store = calloc(io->buffer_size, card->frame_size);
  if (!card->store) return -ENOMEM;
  card->written = card->heard = card->base = 0;
  card->running = 0;
  if (!card->is_prepared) {
    note(card, "open", card->io.rate);
    note(card, "frame", card->frame_size);
  }
  card->is_prepared = 1;
  set_timer(card, 0);
  return 0;
}

static int card_software(snd_pcm_ioplug_t *io, snd_pcm_sw_params_t *parameters) {
  struct card *card = io->private_data;
  snd_pcm_sw_params_get_avail_min(parameters, &card->least_room);
  return snd_pcm_sw_params_get_boundary(parameters, &card->boundary);
}

static int card_delay(snd_pcm_ioplug_t *io, snd_pcm_sframes_t *delay) {
  struct card *card = io->private_data;
  play(card);
  if (is_gone(card)) return -ENODEV;
  *delay = (snd_pcm_sframes_t)(card->written - card->heard);
  return 0;
}

static int card_events(snd_pcm_ioplug_t *io, struct pollfd *descriptors, unsigned count, unsigned short *events) {
  struct card *card = io->private_data;
  (void)descriptors, (void)count;
  snd_pcm_sframes_t room = snd_pcm_avail_update(io->pcm);
  *events = room < 0 ? POLLOUT | POLLERR : (snd_pcm_uframes_t)room >= card->least_room ? POLLOUT : 0;
  /* Taken back only when there is no room: until then poll(2) says so again and again, as the kernel does. */
  uint64_t ticks;
  if (!*events && read(card->timer, &ticks, sizeof ticks) < 0) ticks = 0;
  return 0;
}

static void let_go(const struct card *card) {
  close(card->timer);
  if (card->capture >= 0) close(card->capture);
  if (card->log >= 0) close(card->log);
}

static int card_close(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  note(card, "close", card->total);
  let_go(card);
  free(card->store);
  free(card);
  return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = card_start,
    .stop = card_stop,
    .pointer = card_pointer,
    .transfer = card_transfer,
    .close = card_close,
    .prepare = card_prepare,
    .sw_params = card_software,
    .poll_revents = card_events,
    .delay = card_delay,
};

static snd_pcm_ioplug_callback_t pausing_callbacks;

static int set_limits(snd_pcm_ioplug_t *io, long rate) {
  static const unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_MMAP_INTERLEAVED};
  static const unsigned formats[] = {SND_PCM_FORMAT_S16_LE, SND_PCM_FORMAT_S32_LE, SND_PCM_FORMAT_FLOAT_LE};
  unsigned lowest = rate ? (unsigned)rate : 8000, highest = rate ? (unsigned)rate : 192000;
  int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 2, access);
  if (error >= 0) error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 3, formats);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 2);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, lowest, highest);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 1 << 18);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIODS, 2, 64);
  return error;
}

SND_PCM_PLUGIN_DEFINE_FUNC(fakecard) {
  const char *file = NULL, *log = NULL;
  double speed = 1;
  long rate = 0, gone_after = 0;
  int can_pause = 0;
  snd_config_iterator_t at, next;
  (void)root;
  snd_config_for_each(at, next, conf) {
    snd_config_t *entry = snd_config_iterator_entry(at);
    const char *key;
    if (snd_config_get_id(entry, &key) < 0) continue;
    if (!strcmp(key, "file")) snd_config_get_string(entry, &file);
    if (!strcmp(key, "log")) snd_config_get_string(entry, &log);
    if (!strcmp(key, "speed")) snd_config_get_ireal(entry, &speed);
    if (!strcmp(key, "rate")) snd_config_get_integer(entry, &rate);
    if (!strcmp(key, "gone_after")) snd_config_get_integer(entry, &gone_after);
    if (!strcmp(key, "pause")) can_pause = snd_config_get_bool(entry) > 0;
  }
  if (stream != SND_PCM_STREAM_PLAYBACK || speed <= 0) return -EINVAL;
  struct card *card = calloc(1, sizeof *card);
  if (!card) return -ENOMEM;
  pausing_callbacks = callbacks;
  pausing_callbacks.pause = card_pause;
  card->speed = speed;
  card->gone_after = gone_after;
  card->boundary = 1 << 30;
  card->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  card->capture = open_to_append(file);
  card->log = open_to_append(log);
  card->io.version = SND_PCM_IOPLUG_VERSION;
  card->io.name = "fake card";
  card->io.callback = can_pause ? &pausing_callbacks : &callbacks;
  card->io.private_data = card;
  card->io.poll_fd = card->timer;
  card->io.poll_events = POLLIN;
  card->io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
  int error = snd_pcm_ioplug_create(&card->io, name, stream, mode);
  if (error < 0) {
    let_go(card);
    free(card);
    return error;
  }
  error = set_limits(&card->io, rate);
  if (error < 0) {
    snd_pcm_ioplug_delete(&card->io);
    return error;
  }
  *pcmp = card->io.pcm;
  return 0;
}
SND_PCM_PLUGIN_SYMBOL(fakecard);
