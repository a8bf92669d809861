// libcurl, opened with dlopen by whoever calls dulcet_curl_load first: the types come from curl's header, nothing links to it.
// All other functions may be called only after dulcet_curl_load has returned 0. Documentation: curl_easy_setopt(3) and its kin.
#pragma once
#include <curl/curl.h>
#include <stddef.h>

/// 0 once libcurl is there; -1 when it is not installed. Any thread; the first call takes a few milliseconds.
int dulcet_curl_load(void);

CURL *dulcet_curl_easy(void);
void dulcet_curl_easy_free(CURL *easy);
CURLcode dulcet_curl_set_long(CURL *easy, CURLoption option, long value);
/// libcurl copies the text; NULL takes an option back.
CURLcode dulcet_curl_set_string(CURL *easy, CURLoption option, const char *value);
/// For option values that libcurl does not copy: they must outlive the handle.
CURLcode dulcet_curl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode dulcet_curl_set_body(CURL *easy, const void *bytes, size_t count);
typedef size_t (*dulcet_curl_receive)(char *bytes, size_t size, size_t count, void *context);
CURLcode dulcet_curl_set_receivers(CURL *easy, dulcet_curl_receive header, dulcet_curl_receive body, void *context);
long dulcet_curl_get_long(CURL *easy, CURLINFO info);
/// Owned by the handle; valid until its next use.
const char *dulcet_curl_get_string(CURL *easy, CURLINFO info);
/// Lets a transfer go on whose body receiver answered CURL_WRITEFUNC_PAUSE.
void dulcet_curl_resume(CURL *easy);

struct curl_slist *dulcet_curl_slist_add(struct curl_slist *list, const char *line);
void dulcet_curl_slist_free(struct curl_slist *list);

CURLM *dulcet_curl_multi(long connections_per_host);
void dulcet_curl_multi_free(CURLM *multi);
int dulcet_curl_multi_add(CURLM *multi, CURL *easy);
void dulcet_curl_multi_remove(CURLM *multi, CURL *easy);
void dulcet_curl_multi_perform(CURLM *multi);
/// Sleeps until a socket, a time-out or a wake-up wants attention; at most an hour.
void dulcet_curl_multi_poll(CURLM *multi);
/// Any thread.
void dulcet_curl_multi_wake(CURLM *multi);
/// The next transfer that has ended, and how; NULL when there is none.
CURL *dulcet_curl_multi_next_done(CURLM *multi, CURLcode *code);
