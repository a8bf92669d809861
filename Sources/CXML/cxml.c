#include "cxml.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// As in libxml2's xmlreader.h and parser.h, whose types are pointers and ints to whoever calls.
static struct {
  void (*InitParser)(void);
  void *(*ReaderForMemory)(const char *, int, const char *, const char *, int);
  void (*FreeTextReader)(void *);
  int (*TextReaderRead)(void *);
  int (*TextReaderNodeType)(void *);
  int (*TextReaderDepth)(void *);
  int (*TextReaderIsEmptyElement)(void *);
  const unsigned char *(*TextReaderConstLocalName)(void *);
  const unsigned char *(*TextReaderConstValue)(void *);
  void (*TextReaderSetErrorHandler)(void *, void (*)(void *, const char *, int, void *), void *);
} f;

// XML_PARSE_NOERROR, NOWARNING, NONET
enum { options = 1 << 5 | 1 << 6 | 1 << 11 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded = -1;

#define FIND(name) (*(void **)&f.name = dlsym(library, "xml" #name)) != NULL

static void load(void) {
  void *library = dlopen("libxml2.so.2", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  if (FIND(InitParser) && FIND(ReaderForMemory) && FIND(FreeTextReader) && FIND(TextReaderRead) &&
      FIND(TextReaderNodeType) && FIND(TextReaderDepth) && FIND(TextReaderIsEmptyElement) &&
      FIND(TextReaderConstLocalName) && FIND(TextReaderConstValue) && FIND(TextReaderSetErrorHandler)) {
    f.InitParser();
    loaded = 0;
  }
}

int dulcet_xml_load(void) {
  pthread_once(&once, load);
  return loaded;
}

// libxml2 would write some errors on stderr whatever the options say.
static void pass_over(void *context, const char *text, int severity, void *place) {
  (void)context, (void)text, (void)severity, (void)place;
}

void *dulcet_xml_open(const char *bytes, int count) {
  void *reader = f.ReaderForMemory(bytes, count, NULL, NULL, options);
  if (reader) f.TextReaderSetErrorHandler(reader, pass_over, NULL);
  return reader;
}
void dulcet_xml_close(void *reader) { f.FreeTextReader(reader); }
int dulcet_xml_next(void *reader) { return f.TextReaderRead(reader); }
int dulcet_xml_kind(void *reader) { return f.TextReaderNodeType(reader); }
int dulcet_xml_depth(void *reader) { return f.TextReaderDepth(reader); }
int dulcet_xml_is_empty(void *reader) { return f.TextReaderIsEmptyElement(reader); }
const char *dulcet_xml_name(void *reader) { return (const char *)f.TextReaderConstLocalName(reader); }
const char *dulcet_xml_text(void *reader) { return (const char *)f.TextReaderConstValue(reader); }
