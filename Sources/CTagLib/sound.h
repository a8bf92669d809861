// What TagLib's common face does not tell of the sound.
#pragma once
#include <taglib/tfile.h>
#include <taglib/tpropertymap.h>

/// Bits of a sample; 0 where the codec has none of its own. Throws what TagLib throws.
int dulcet_bits_of(TagLib::File *file);

/// Adds the loudness tags that `properties()` leaves out: those of an APE tag behind an ID3v2 tag (where mp3gain writes
/// them), and the free-form atoms of MP4. Throws what TagLib throws.
void dulcet_add_loudness(TagLib::File *file, TagLib::PropertyMap &properties);
