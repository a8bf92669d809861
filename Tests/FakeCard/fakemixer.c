/* The fake card's mixer: one volume that turns nothing. Some players do not open a card without one.
 *
 *   ctl_type.fakecard { lib "/.../libasound_module_pcm_fakecard.so" }
 *   ctl.!default { type fakecard }
 */
#include <alsa/asoundlib.h>
#include <alsa/control_external.h>
#include <errno.h>

static long level = 100;

static int count(snd_ctl_ext_t *mixer) {
  (void)mixer;
  return 1;
}

static int list(snd_ctl_ext_t *mixer, unsigned offset, snd_ctl_elem_id_t *id) {
  (void)mixer;
  if (offset > 0) return -EINVAL;
  snd_ctl_elem_id_set_interface(id, SND_CTL_ELEM_IFACE_MIXER);
  snd_ctl_elem_id_set_name(id, "Master Playback Volume");
  return 0;
}

static snd_ctl_ext_key_t find(snd_ctl_ext_t *mixer, const snd_ctl_elem_id_t *id) {
  (void)mixer, (void)id;
  return 0;
}

static int attribute(snd_ctl_ext_t *mixer, snd_ctl_ext_key_t key, int *type, unsigned *access, unsigned *channels) {
  (void)mixer, (void)key;
  *type = SND_CTL_ELEM_TYPE_INTEGER;
  *access = SND_CTL_EXT_ACCESS_READWRITE;
  *channels = 1;
  return 0;
}

static int range(snd_ctl_ext_t *mixer, snd_ctl_ext_key_t key, long *least, long *most, long *step) {
  (void)mixer, (void)key;
  *least = 0, *most = 100, *step = 1;
  return 0;
}

static int get(snd_ctl_ext_t *mixer, snd_ctl_ext_key_t key, long *value) {
  (void)mixer, (void)key;
  *value = level;
  return 0;
}

static int set(snd_ctl_ext_t *mixer, snd_ctl_ext_key_t key, long *value) {
  (void)mixer, (void)key;
  level = *value;
  return 1;
}

static int no_event(snd_ctl_ext_t *mixer, snd_ctl_elem_id_t *id, unsigned *mask) {
  (void)mixer, (void)id, (void)mask;
  return -EAGAIN;
}

static const snd_ctl_ext_callback_t callbacks = {
    .elem_count = count,
    .elem_list = list,
    .find_elem = find,
    .get_attribute = attribute,
    .get_integer_info = range,
    .read_integer = get,
    .write_integer = set,
    .read_event = no_event,
};

SND_CTL_PLUGIN_DEFINE_FUNC(fakecard) {
  static snd_ctl_ext_t mixer;
  (void)root, (void)conf;
  mixer = (snd_ctl_ext_t){
      .version = SND_CTL_EXT_VERSION, .id = "fake", .name = "fake card", .callback = &callbacks, .poll_fd = -1};
  int error = snd_ctl_ext_create(&mixer, name, mode);
  if (error >= 0) *handlep = mixer.handle;
  return error;
}
SND_CTL_PLUGIN_SYMBOL(fakecard);
