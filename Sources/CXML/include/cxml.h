// libxml2's pull reader, opened with dlopen by whoever calls dulcet_xml_load first: nothing links to it. All other
// functions may be called only after dulcet_xml_load has returned 0. Documentation: libxml2's xmlreader.html.
#pragma once

/// 0 once libxml2 is there; -1 when it is not installed. Any thread; the first call takes some milliseconds.
int dulcet_xml_load(void);

/// A reader over bytes that outlive it; NULL when there is no memory. It fetches nothing, reads no DTD from elsewhere,
/// replaces no entities and prints nothing. Free it with dulcet_xml_close.
void *dulcet_xml_open(const char *bytes, int count);
void dulcet_xml_close(void *reader);
/// 1: there is another node; 0: the end; negative: the document is damaged here.
int dulcet_xml_next(void *reader);
/// 1 element, 3 text, 4 CDATA, 15 end of an element (xmlReaderTypes).
int dulcet_xml_kind(void *reader);
int dulcet_xml_depth(void *reader);
int dulcet_xml_is_empty(void *reader);
/// Of an element, without its prefix; NULL for others. Valid until the next call.
const char *dulcet_xml_name(void *reader);
/// Of a text; NULL for others. Valid until the next call.
const char *dulcet_xml_text(void *reader);
