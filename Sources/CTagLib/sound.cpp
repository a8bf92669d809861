#include "sound.h"

#include <taglib/aifffile.h>
#include <taglib/apefile.h>
#include <taglib/apetag.h>
#include <taglib/flacfile.h>
#include <taglib/mp4file.h>
#include <taglib/mpegfile.h>
#include <taglib/trueaudiofile.h>
#include <taglib/wavfile.h>
#include <taglib/wavpackfile.h>

using namespace TagLib;

namespace {

bool is_loudness(const String &name) { return name.startsWith("REPLAYGAIN_") || name.startsWith("R128_"); }

void add(const String &name, const StringList &values, PropertyMap &properties) {
  if (is_loudness(name) && !properties.contains(name)) properties.insert(name, values);
}

template <class Kind>
int bits(File *file) {
  auto *opened = dynamic_cast<Kind *>(file);
  return opened && opened->audioProperties() ? opened->audioProperties()->bitsPerSample() : 0;
}

/// Of AAC TagLib says 16, which means nothing.
int bits_of_mp4(File *file) {
  auto *mp4 = dynamic_cast<MP4::File *>(file);
  if (!mp4 || !mp4->audioProperties() || mp4->audioProperties()->codec() != MP4::Properties::ALAC) return 0;
  return mp4->audioProperties()->bitsPerSample();
}

}  // namespace

int dulcet_bits_of(File *file) {
  for (auto *ask : {bits<FLAC::File>, bits<RIFF::WAV::File>, bits<RIFF::AIFF::File>, bits<WavPack::File>,
                    bits<APE::File>, bits<TrueAudio::File>, bits_of_mp4}) {
    if (const int found = ask(file)) return found;
  }
  return 0;
}

void dulcet_add_loudness(File *file, PropertyMap &properties) {
  if (auto *mpeg = dynamic_cast<MPEG::File *>(file)) {
    if (!mpeg->hasAPETag()) return;
    const PropertyMap ape = mpeg->APETag()->properties();
    for (const auto &property : ape) add(property.first, property.second, properties);
  } else if (auto *mp4 = dynamic_cast<MP4::File *>(file)) {
    if (!mp4->tag()) return;
    for (const auto &item : mp4->tag()->itemMap()) {
      const int colon = item.first.rfind(":");
      if (colon >= 0) add(item.first.substr(colon + 1).upper(), item.second.toStringList(), properties);
    }
  }
}
