#pragma once
// The editable edition: Office Open XML (ECMA-376, transitional) with the official font names. Word and WPS set the lines
// themselves; page, margins, line pitch and sizes are those of GB/T 9704-2012 as offices enter them (docs/documents.md).
#include <string>

#include "base/time.h"
#include "publish/document.h"
#include "publish/notice.h"

namespace yi::publish {

struct DocxOptions {
  Instant created;  // of the file's properties; the same paper and options give the same bytes
};

// A whole DOCX file. Its words are those of to_text, with the bulletin's name and number before them, as in the PDF.
// Thread-safe. Refusals: "publish.docx_failed"; those of qr_code.
Result<std::string> to_docx(const Document& document, const DocxOptions& options);
Result<std::string> to_docx(const Notice& notice, const DocxOptions& options);

}  // namespace yi::publish
