#pragma once
// The OFD edition (GB/T 33190-2016, 电子文件存储与交换格式 版式文档): the pages of the PDF, character by character, for readers and
// archives that take the national format. No signature and no seal (GB/T 38540): who signs does that with their own device.
#include <string>

#include "base/time.h"
#include "publish/notice.h"
#include "publish/page_layout.h"

namespace yi::publish {

struct OfdOptions : LayoutOptions {
  Instant created;  // the file's creation date; the same paper and options give the same bytes
};

// A whole OFD file. Every font is embedded, cut down to the paper's characters. Title, author, keyword and outline are
// those of the PDF. Thread-safe. Refusals: those of lay_out; "publish.font_unreadable"; "publish.ofd_failed".
Result<std::string> to_ofd(const Document& document, const OfdOptions& options);
Result<std::string> to_ofd(const Notice& notice, const OfdOptions& options);

}  // namespace yi::publish
