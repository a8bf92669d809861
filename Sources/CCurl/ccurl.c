#include "ccurl.h"
#include <dlfcn.h>
#include <pthread.h>

static struct {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  CURLcode (*easy_pause)(CURL *, int);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *);
  CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
  CURLMcode (*multi_add_handle)(CURLM *, CURL *);
  CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
  CURLMcode (*multi_perform)(CURLM *, int *);
  CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned, int, int *);
  CURLMcode (*multi_wakeup)(CURLM *);
  CURLMsg *(*multi_info_read)(CURLM *, int *);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded = -1;

#define FIND(name) (*(void **)&f.name = dlsym(library, "curl_" #name)) != NULL

static void load(void) {
  // Both flavours of TLS have the same interface.
  void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  if (FIND(global_init) && FIND(easy_init) && FIND(easy_cleanup) && FIND(easy_setopt) && FIND(easy_getinfo) &&
      FIND(easy_pause) && FIND(slist_append) && FIND(slist_free_all) && FIND(multi_init) && FIND(multi_cleanup) &&
      FIND(multi_setopt) && FIND(multi_add_handle) && FIND(multi_remove_handle) && FIND(multi_perform) &&
      FIND(multi_poll) && FIND(multi_wakeup) && FIND(multi_info_read) && f.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
    loaded = 0;
}

int dulcet_curl_load(void) {
  pthread_once(&once, load);
  return loaded;
}

CURL *dulcet_curl_easy(void) { return f.easy_init(); }
void dulcet_curl_easy_free(CURL *easy) { f.easy_cleanup(easy); }
CURLcode dulcet_curl_set_long(CURL *easy, CURLoption option, long value) { return f.easy_setopt(easy, option, value); }
CURLcode dulcet_curl_set_string(CURL *easy, CURLoption option, const char *value) {
  return f.easy_setopt(easy, option, value);
}
CURLcode dulcet_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return f.easy_setopt(easy, option, value);
}
CURLcode dulcet_curl_set_body(CURL *easy, const void *bytes, size_t count) {
  f.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  return f.easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}
CURLcode dulcet_curl_set_receivers(CURL *easy, dulcet_curl_receive header, dulcet_curl_receive body, void *context) {
  f.easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
  f.easy_setopt(easy, CURLOPT_HEADERDATA, context);
  f.easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
  return f.easy_setopt(easy, CURLOPT_WRITEDATA, context);
}
long dulcet_curl_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  f.easy_getinfo(easy, info, &value);
  return value;
}
const char *dulcet_curl_get_string(CURL *easy, CURLINFO info) {
  char *value = NULL;
  f.easy_getinfo(easy, info, &value);
  return value;
}
void dulcet_curl_resume(CURL *easy) { f.easy_pause(easy, CURLPAUSE_CONT); }

struct curl_slist *dulcet_curl_slist_add(struct curl_slist *list, const char *line) {
  return f.slist_append(list, line);
}
void dulcet_curl_slist_free(struct curl_slist *list) { f.slist_free_all(list); }

CURLM *dulcet_curl_multi(long connections_per_host) {
  CURLM *multi = f.multi_init();
  if (multi) f.multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections_per_host);
  return multi;
}
void dulcet_curl_multi_free(CURLM *multi) { f.multi_cleanup(multi); }
int dulcet_curl_multi_add(CURLM *multi, CURL *easy) { return f.multi_add_handle(multi, easy) == CURLM_OK ? 0 : -1; }
void dulcet_curl_multi_remove(CURLM *multi, CURL *easy) { f.multi_remove_handle(multi, easy); }
void dulcet_curl_multi_perform(CURLM *multi) {
  int running = 0;
  f.multi_perform(multi, &running);
}
void dulcet_curl_multi_poll(CURLM *multi) { f.multi_poll(multi, NULL, 0, 3600 * 1000, NULL); }
void dulcet_curl_multi_wake(CURLM *multi) { f.multi_wakeup(multi); }
CURL *dulcet_curl_multi_next_done(CURLM *multi, CURLcode *code) {
  int left = 0;
  CURLMsg *message;
  while ((message = f.multi_info_read(multi, &left)))
    if (message->msg == CURLMSG_DONE) {
      *code = message->data.result;
      return message->easy_handle;
    }
  return NULL;
}
