/* A sound card for tests: an ALSA plugin (pcm_ioplug) that plays by the monotonic clock, faster if asked, and writes to
 * a file what would have been heard. It runs dry, pauses, and fails on command, as cards do.
 *
 *   pcm_type.fakecard { lib "/.../libasound_module_pcm_fakecard.so" }
 *   pcm.card { type fakecard file "/tmp/heard.raw" speed 20.0 pause true rate 48000 gone_after 100000
 *              format "S32_LE" rewind true ticks false control "/tmp/control" }
 *
 * Frames are captured when they are played, not when they are handed over: what is dropped unheard is not in the file,
 * and what is rewound and written again is there as it was written last. The file is appended to, so that one that is
 * opened twice has everything. As a kernel's driver does, it calls at the end of the period in which `avail_min` frames
 * are free; with `ticks` it calls twice a period whatever was asked, as `dmix` does.
 *
 * The control file holds four numbers (see struct control): the test writes the fault, the card counts.
 *
 * With `log "/tmp/card.log"` it also appends a line for each thing that happens to it: its name, when it was by the
 * monotonic clock in nanoseconds, and how many frames had been heard since it was opened. What comes first:
 *   open NANOSECONDS RATE      frame NANOSECONDS BYTES
 *   write NANOSECONDS FRAMES (handed over since it was opened, less what was taken back)
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
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum fault {
  FAULT_NONE,
  FAULT_UNPLUGGED, /* every call fails, and it cannot be opened */
  FAULT_SUSPENDED, /* the computer slept; resuming succeeds once the fault is taken away */
  FAULT_STUCK,     /* it says that it plays, and nothing moves */
  FAULT_BUSY,      /* another program has it: cannot be opened */
};

/* Shared with the test through a file. */
struct control {
  int32_t fault;
  int32_t underruns; /* counted by the card */
  int32_t openings;
  int32_t rewritten; /* frames that were written once more, after a rewind */
};

struct card {
  snd_pcm_ioplug_t io;
  volatile struct control *control;
  struct control none;
  snd_pcm_uframes_t avail_min;
  int ticks;
  int timer;
  int capture;
  int log;
  double speed;
  long gone_after;           /* frames until it is unplugged; 0: never */
  snd_pcm_uframes_t total;   /* frames heard since it was opened */
  snd_pcm_uframes_t given;   /* frames handed over from opening to the last prepare */
  snd_pcm_uframes_t boundary;
  size_t frame_size;
  char *store;               /* the card's own memory: one buffer */
  snd_pcm_uframes_t heard;   /* frames played since prepare */
  snd_pcm_uframes_t furthest; /* the most that was ever written since prepare */
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

/* Frames handed over since prepare: the boundary is so far off that it never wraps in a test. */
static snd_pcm_uframes_t written(struct card *card) {
  snd_pcm_uframes_t count = card->io.appl_ptr;
  if (count < card->furthest) card->control->rewritten += (int32_t)(card->furthest - count);
  card->furthest = count;
  return count;
}

/* Plays up to now. Returns 1 when it wanted to play more than it had. */
static int play(struct card *card) {
  snd_pcm_uframes_t had = written(card);
  if (!card->running || card->control->fault == FAULT_STUCK) return 0;
  snd_pcm_uframes_t due = card->base + (snd_pcm_uframes_t)(seconds_since(&card->began) * card->io.rate * card->speed);
  snd_pcm_uframes_t end = due < had ? due : had;
  while (card->heard < end) {
    snd_pcm_uframes_t place = card->heard % card->io.buffer_size;
    snd_pcm_uframes_t count = end - card->heard;
    if (count > card->io.buffer_size - place) count = card->io.buffer_size - place;
    if (card->capture >= 0) write_all(card->capture, card->store + place * card->frame_size, count * card->frame_size);
    card->heard += count;
    card->total += count;
  }
  return due >= had;
}

static int is_gone(const struct card *card) {
  return card->control->fault == FAULT_UNPLUGGED ||
         (card->gone_after > 0 && card->total >= (snd_pcm_uframes_t)card->gone_after);
}

static void set_timer(struct card *card, double seconds, int again) {
  struct itimerspec spec = {0};
  if (seconds > 0) {
    long nanoseconds = (long)(1e9 * seconds);
    if (nanoseconds < 20000) nanoseconds = 20000;
    spec.it_value.tv_sec = nanoseconds / 1000000000;
    spec.it_value.tv_nsec = nanoseconds % 1000000000;
    if (again) spec.it_interval = spec.it_value;
  }
  timerfd_settime(card->timer, 0, &spec, NULL);
}

/* Calls at the end of the period in which as much is free as was asked for. */
static void arm(struct card *card) {
  if (card->ticks && card->running) return;
  if (card->control->fault == FAULT_STUCK) return set_timer(card, 0, 0);
  snd_pcm_uframes_t room = card->io.buffer_size - (written(card) - card->heard), period = card->io.period_size;
  if (room >= card->avail_min || !card->running) return set_timer(card, room >= card->avail_min ? 1e-9 : 0, 0);
  snd_pcm_uframes_t place = (card->heard + card->avail_min - room + period - 1) / period * period;
  double now = (double)card->base + seconds_since(&card->began) * card->io.rate * card->speed;
  set_timer(card, ((double)place - now + 1) / card->io.rate / card->speed, 0);
}

static int card_start(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  if (is_gone(card)) return -ENODEV;
  clock_gettime(CLOCK_MONOTONIC, &card->began);
  card->base = card->heard;
  card->running = 1;
  note(card, "start", card->total);
  arm(card);
  if (card->ticks) set_timer(card, (double)io->period_size / io->rate / card->speed / 2, 1);
  return 0;
}

static int card_stop(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  play(card);
  if (card->running) note(card, "stop", card->total);
  card->running = 0;
  set_timer(card, 0, 0);
  return 0;
}

static int card_pause(snd_pcm_ioplug_t *io, int enable) { return enable ? card_stop(io) : card_start(io); }

static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  int dry = play(card);
  if (is_gone(card)) return -ENODEV;
  if (card->control->fault == FAULT_SUSPENDED && io->state == SND_PCM_STATE_RUNNING) {
    card_stop(io);
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_SUSPENDED);
  } else if (dry && io->state == SND_PCM_STATE_RUNNING) {
    card->control->underruns++;
    return -EPIPE;
  }
  arm(card);
  return (snd_pcm_sframes_t)(card->heard % card->boundary);
}

static int card_resume(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  if (card->control->fault == FAULT_SUSPENDED) return -EAGAIN;
  if (card_start(io) < 0) return -ENODEV;
  return snd_pcm_ioplug_set_state(io, SND_PCM_STATE_RUNNING);
}

static snd_pcm_sframes_t card_transfer(
    snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
  struct card *card = io->private_data;
  if (is_gone(card)) return -ENODEV;
  const char *from = (const char *)areas->addr + (areas->first + areas->step * offset) / 8;
  snd_pcm_uframes_t start = written(card);
  for (snd_pcm_uframes_t done = 0; done < size;) {
    snd_pcm_uframes_t place = (start + done) % io->buffer_size;
    snd_pcm_uframes_t count = size - done;
    if (count > io->buffer_size - place) count = io->buffer_size - place;
    memcpy(card->store + place * card->frame_size, from + done * card->frame_size, count * card->frame_size);
    done += count;
  }
  note(card, "write", card->given + start + size);
  return (snd_pcm_sframes_t)size;
}

static int card_prepare(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  if (is_gone(card)) return -ENODEV;
  card->frame_size = (size_t)snd_pcm_format_physical_width(io->format) / 8 * io->channels;
  free(card->store);
  card->store = calloc(io->buffer_size, card->frame_size);
  if (!card->store) return -ENOMEM;
  card->given += card->furthest;
  card->heard = card->base = card->furthest = 0;
  card->running = 0;
  if (!card->is_prepared) {
    note(card, "open", card->io.rate);
    note(card, "frame", card->frame_size);
  }
  card->is_prepared = 1;
  set_timer(card, 1e-9, 0);
  return 0;
}

static int card_software(snd_pcm_ioplug_t *io, snd_pcm_sw_params_t *parameters) {
  struct card *card = io->private_data;
  snd_pcm_sw_params_get_avail_min(parameters, &card->avail_min);
  return snd_pcm_sw_params_get_boundary(parameters, &card->boundary);
}

static int card_delay(snd_pcm_ioplug_t *io, snd_pcm_sframes_t *delay) {
  struct card *card = io->private_data;
  play(card);
  if (is_gone(card)) return -ENODEV;
  *delay = (snd_pcm_sframes_t)(written(card) - card->heard);
  return 0;
}

static int card_events(snd_pcm_ioplug_t *io, struct pollfd *descriptors, unsigned count, unsigned short *events) {
  struct card *card = io->private_data;
  (void)descriptors, (void)count;
  snd_pcm_sframes_t room = snd_pcm_avail_update(io->pcm);
  snd_pcm_uframes_t wanted = card->ticks ? io->period_size : card->avail_min;
  *events = room < 0 ? POLLOUT | POLLERR : (snd_pcm_uframes_t)room >= wanted ? POLLOUT : 0;
  /* Taken back only when there is no room: until then poll(2) says so again and again, as the kernel does. */
  uint64_t ticks;
  if (!*events && read(card->timer, &ticks, sizeof ticks) < 0) ticks = 0;
  return 0;
}

static void let_go(struct card *card) {
  if (card->timer >= 0) close(card->timer);
  if (card->capture >= 0) close(card->capture);
  if (card->log >= 0) close(card->log);
  if (card->control != &card->none) munmap((void *)card->control, sizeof(struct control));
  free(card->store);
  free(card);
}

static int card_close(snd_pcm_ioplug_t *io) {
  struct card *card = io->private_data;
  note(card, "close", card->total);
  let_go(card);
  return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = card_start,
    .stop = card_stop,
    .pointer = card_pointer,
    .close = card_close,
    .transfer = card_transfer,
    .prepare = card_prepare,
    .resume = card_resume,
    .sw_params = card_software,
    .poll_revents = card_events,
    .delay = card_delay,
};

static snd_pcm_ioplug_callback_t pausing_callbacks;

static int set_limits(snd_pcm_ioplug_t *io, long rate, const char *only) {
  static const unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_MMAP_INTERLEAVED};
  unsigned formats[] = {SND_PCM_FORMAT_S16_LE, SND_PCM_FORMAT_S32_LE, SND_PCM_FORMAT_FLOAT_LE};
  unsigned format_count = 3;
  unsigned lowest = rate ? (unsigned)rate : 8000, highest = rate ? (unsigned)rate : 192000;
  if (only && *only) {
    formats[0] = (unsigned)snd_pcm_format_value(only);
    format_count = 1;
  }
  int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 2, access);
  if (error >= 0) error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, format_count, formats);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 2);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, lowest, highest);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 1 << 18);
  if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIODS, 2, 64);
  return error;
}

/* The page that test and card share; the card's own where there is no such file. */
static volatile struct control *map_control(struct card *card, const char *path) {
  int descriptor = path && *path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (descriptor < 0) return &card->none;
  void *page = MAP_FAILED;
  struct control probe;
  if (pread(descriptor, &probe, sizeof probe, 0) == (ssize_t)sizeof probe)
    page = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  close(descriptor);
  return page == MAP_FAILED ? &card->none : page;
}

struct options {
  const char *file, *log, *control, *format;
  double speed;
  long rate, gone_after;
  int can_pause, can_rewind, ticks;
};

static struct options read_options(snd_config_t *conf) {
  struct options options = {.speed = 1, .can_rewind = 1};
  snd_config_iterator_t at, next;
  snd_config_for_each(at, next, conf) {
    snd_config_t *entry = snd_config_iterator_entry(at);
    const char *key;
    if (snd_config_get_id(entry, &key) < 0) continue;
    if (!strcmp(key, "file")) snd_config_get_string(entry, &options.file);
    if (!strcmp(key, "log")) snd_config_get_string(entry, &options.log);
    if (!strcmp(key, "control")) snd_config_get_string(entry, &options.control);
    if (!strcmp(key, "format")) snd_config_get_string(entry, &options.format);
    if (!strcmp(key, "speed")) snd_config_get_ireal(entry, &options.speed);
    if (!strcmp(key, "rate")) snd_config_get_integer(entry, &options.rate);
    if (!strcmp(key, "gone_after")) snd_config_get_integer(entry, &options.gone_after);
    if (!strcmp(key, "pause")) options.can_pause = snd_config_get_bool(entry) > 0;
    if (!strcmp(key, "rewind")) options.can_rewind = snd_config_get_bool(entry) > 0;
    if (!strcmp(key, "ticks")) options.ticks = snd_config_get_bool(entry) > 0;
  }
  return options;
}

static int refused(struct card *card, int error) {
  let_go(card);
  return error;
}

SND_PCM_PLUGIN_DEFINE_FUNC(fakecard) {
  (void)root;
  struct options options = read_options(conf);
  if (stream != SND_PCM_STREAM_PLAYBACK || options.speed <= 0) return -EINVAL;
  struct card *card = calloc(1, sizeof *card);
  if (!card) return -ENOMEM;
  card->timer = card->capture = card->log = -1;
  card->control = map_control(card, options.control);
  if (card->control->fault == FAULT_BUSY) return refused(card, -EBUSY);
  if (card->control->fault == FAULT_UNPLUGGED) return refused(card, -ENODEV);
  card->control->openings++;
  pausing_callbacks = callbacks;
  pausing_callbacks.pause = card_pause;
  card->speed = options.speed;
  card->gone_after = options.gone_after;
  card->ticks = options.ticks;
  card->boundary = 1 << 30;
  card->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  card->capture = open_to_append(options.file);
  card->log = open_to_append(options.log);
  card->io.version = SND_PCM_IOPLUG_VERSION;
  /* What it stands for: hardware reads from the very buffer that is written to. */
  card->io.name = options.can_rewind ? "Hardware PCM card (a fake one)" : "fake card";
  card->io.callback = options.can_pause ? &pausing_callbacks : &callbacks;
  card->io.private_data = card;
  card->io.poll_fd = card->timer;
  card->io.poll_events = POLLIN;
  card->io.flags = SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
  int error = snd_pcm_ioplug_create(&card->io, name, stream, mode);
  if (error < 0) return refused(card, error);
  error = set_limits(&card->io, options.rate, options.format);
  if (error < 0) {
    snd_pcm_ioplug_delete(&card->io);
    return error;
  }
  *pcmp = card->io.pcm;
  return 0;
}
SND_PCM_PLUGIN_SYMBOL(fakecard);
