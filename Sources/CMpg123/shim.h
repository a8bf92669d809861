// libmpg123. Function-renaming macros are not imported: call mpg123_param2, _info2, _getstate2, _frameinfo2 by name.
#pragma once
#include <mpg123.h>

enum : long {
  DULCET_MPG123_GAPLESS = MPG123_GAPLESS,
  DULCET_MPG123_QUIET = MPG123_QUIET,
  DULCET_MPG123_FUZZY = MPG123_FUZZY,
};
