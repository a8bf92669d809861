// The embedded picture of any kind of file that TagLib can hold one in.
#pragma once
#include <taglib/tbytevector.h>
#include <taglib/tfile.h>

/// The front cover, else the first picture; empty when there is none. Throws what TagLib throws.
TagLib::ByteVector dulcet_picture_of(TagLib::File *file);
