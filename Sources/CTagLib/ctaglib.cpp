#include "ctaglib.h"

#include <mutex>
#include <new>
#include <string>

#include <taglib/fileref.h>
#include <taglib/tdebuglistener.h>
#include <taglib/tpropertymap.h>

#include "pictures.h"
#include "sound.h"

struct dulcet_tags {
  TagLib::FileRef file;
  TagLib::PropertyMap properties;
  TagLib::ByteVector picture;
  /// The value handed out last.
  std::string text;

  explicit dulcet_tags(const char *path) : file(path, true, TagLib::AudioProperties::Average) {}
};

namespace {

/// TagLib would write about damaged files on stderr, over whatever stands on the terminal.
class Silence : public TagLib::DebugListener {
  void printMessage(const TagLib::String &) override {}
};

void silence_once() {
  static std::once_flag once;
  static Silence silence;
  std::call_once(once, [] { TagLib::setDebugListener(&silence); });
}

const TagLib::AudioProperties *audio(const dulcet_tags *tags) {
  return tags->file.isNull() ? nullptr : tags->file.audioProperties();
}

}  // namespace

dulcet_tags *dulcet_tags_open(const char *path) {
  dulcet_tags *tags = nullptr;
  try {
    silence_once();
    tags = new dulcet_tags(path);
    if (!tags->file.isNull()) {
      tags->properties = tags->file.file()->properties();
      dulcet_add_loudness(tags->file.file(), tags->properties);
      return tags;
    }
  } catch (...) {
  }
  dulcet_tags_close(tags);
  return nullptr;
}

void dulcet_tags_close(dulcet_tags *tags) {
  try {
    delete tags;
  } catch (...) {
  }
}

const char *dulcet_tags_value(dulcet_tags *tags, const char *property, unsigned n) {
  try {
    const auto found = tags->properties.find(property);
    if (found == tags->properties.end() || n >= found->second.size()) return nullptr;
    tags->text = found->second[n].to8Bit(true);
    return tags->text.c_str();
  } catch (...) {
    return nullptr;
  }
}

int dulcet_tags_fill(const char *path, const char *const *properties, const char *const *values, int count) {
  try {
    silence_once();
    TagLib::FileRef file(path, false);
    if (file.isNull()) return -1;
    TagLib::PropertyMap present = file.file()->properties();
    int missing = 0;
    for (int i = 0; i < count; i++) {
      if (present.contains(properties[i])) continue;
      present.insert(properties[i], TagLib::String(values[i], TagLib::String::UTF8));
      missing++;
    }
    if (missing == 0) return 0;
    file.file()->setProperties(present);
    return file.save() ? missing : -1;
  } catch (...) {
    return -1;
  }
}

int dulcet_tags_milliseconds(const dulcet_tags *tags) {
  const auto *properties = audio(tags);
  return properties ? properties->lengthInMilliseconds() : 0;
}

int dulcet_tags_bitrate(const dulcet_tags *tags) {
  const auto *properties = audio(tags);
  return properties ? properties->bitrate() : 0;
}

int dulcet_tags_sample_rate(const dulcet_tags *tags) {
  const auto *properties = audio(tags);
  return properties ? properties->sampleRate() : 0;
}

int dulcet_tags_channels(const dulcet_tags *tags) {
  const auto *properties = audio(tags);
  return properties ? properties->channels() : 0;
}

int dulcet_tags_bits(const dulcet_tags *tags) {
  try {
    return tags->file.isNull() ? 0 : dulcet_bits_of(tags->file.file());
  } catch (...) {
    return 0;
  }
}

const unsigned char *dulcet_tags_picture(dulcet_tags *tags, size_t *size) {
  *size = 0;
  try {
    if (tags->picture.isEmpty()) tags->picture = dulcet_picture_of(tags->file.file());
    if (tags->picture.isEmpty()) return nullptr;
    *size = tags->picture.size();
    return reinterpret_cast<const unsigned char *>(tags->picture.data());
  } catch (...) {
    return nullptr;
  }
}
