#pragma once
// The PDF edition: a paper laid out by GB/T 9704-2012 and drawn with Cairo.
#include <string>

#include "base/time.h"
#include "publish/notice.h"
#include "publish/page_layout.h"

namespace yi::publish {

struct PdfOptions : LayoutOptions {
  Instant created;  // the file's creation date; the same document and options give the same bytes
};

// A whole PDF file. All fonts are embedded as subsets and the text can be copied and searched exactly. The file's
// metadata hold the title, the issuer as author, and "ledger-head:<hex>" as keyword when the document names one; the
// headings are its outline. Thread-safe. Refusals: those of lay_out; "publish.pdf_failed" (Cairo gave up).
Result<std::string> to_pdf(const Document& document, const PdfOptions& options);
// The same for a notice; its author is the issuing organ.
Result<std::string> to_pdf(const Notice& notice, const PdfOptions& options);

}  // namespace yi::publish
