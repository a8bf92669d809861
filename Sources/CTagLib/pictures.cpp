#include "pictures.h"

#include <taglib/aifffile.h>
#include <taglib/apetag.h>
#include <taglib/asffile.h>
#include <taglib/attachedpictureframe.h>
#include <taglib/flacfile.h>
#include <taglib/id3v2tag.h>
#include <taglib/mp4file.h>
#include <taglib/mpcfile.h>
#include <taglib/mpegfile.h>
#include <taglib/trueaudiofile.h>
#include <taglib/wavfile.h>
#include <taglib/wavpackfile.h>
#include <taglib/xiphcomment.h>

using namespace TagLib;

namespace {

ByteVector from_id3v2(ID3v2::Tag *tag) {
  if (!tag) return ByteVector();
  ByteVector first;
  const ID3v2::FrameList &frames = tag->frameListMap()["APIC"];
  for (auto *frame : frames) {
    auto *picture = dynamic_cast<ID3v2::AttachedPictureFrame *>(frame);
    if (!picture || picture->picture().isEmpty()) continue;
    if (picture->type() == ID3v2::AttachedPictureFrame::FrontCover) return picture->picture();
    if (first.isEmpty()) first = picture->picture();
  }
  return first;
}

ByteVector from_flac(const List<FLAC::Picture *> &pictures) {
  ByteVector first;
  for (auto *picture : pictures) {
    if (!picture || picture->data().isEmpty()) continue;
    if (picture->type() == FLAC::Picture::FrontCover) return picture->data();
    if (first.isEmpty()) first = picture->data();
  }
  return first;
}

ByteVector from_mp4(MP4::Tag *tag) {
  if (!tag || !tag->contains("covr")) return ByteVector();
  const MP4::CoverArtList covers = tag->item("covr").toCoverArtList();
  return covers.isEmpty() ? ByteVector() : covers.front().data();
}

ByteVector from_asf(ASF::Tag *tag) {
  if (!tag) return ByteVector();
  for (const auto &attribute : tag->attribute("WM/Picture")) {
    const ASF::Picture picture = attribute.toPicture();
    if (picture.isValid() && !picture.picture().isEmpty()) return picture.picture();
  }
  return ByteVector();
}

/// An APE item holds a file name, a zero byte, then the picture.
ByteVector from_ape(APE::Tag *tag) {
  if (!tag || !tag->itemListMap().contains("COVER ART (FRONT)")) return ByteVector();
  const ByteVector data = tag->itemListMap()["COVER ART (FRONT)"].binaryData();
  const int zero = data.find('\0');
  return zero < 0 ? ByteVector() : data.mid(zero + 1);
}

}  // namespace

TagLib::ByteVector dulcet_picture_of(TagLib::File *file) {
  if (auto *mpeg = dynamic_cast<MPEG::File *>(file)) {
    const ByteVector picture = from_id3v2(mpeg->ID3v2Tag());
    return picture.isEmpty() ? from_ape(mpeg->APETag()) : picture;
  }
  if (auto *flac = dynamic_cast<FLAC::File *>(file)) {
    const ByteVector picture = from_flac(flac->pictureList());
    return picture.isEmpty() ? from_id3v2(flac->ID3v2Tag()) : picture;
  }
  if (auto *mp4 = dynamic_cast<MP4::File *>(file)) return from_mp4(mp4->tag());
  if (auto *asf = dynamic_cast<ASF::File *>(file)) return from_asf(asf->tag());
  if (auto *wav = dynamic_cast<RIFF::WAV::File *>(file)) return from_id3v2(wav->ID3v2Tag());
  if (auto *aiff = dynamic_cast<RIFF::AIFF::File *>(file)) return from_id3v2(aiff->tag());
  if (auto *true_audio = dynamic_cast<TrueAudio::File *>(file)) return from_id3v2(true_audio->ID3v2Tag());
  if (auto *wavpack = dynamic_cast<WavPack::File *>(file)) return from_ape(wavpack->APETag());
  if (auto *musepack = dynamic_cast<MPC::File *>(file)) return from_ape(musepack->APETag());
  if (auto *xiph = dynamic_cast<Ogg::XiphComment *>(file->tag())) return from_flac(xiph->pictureList());
  return ByteVector();
}
