#pragma once
// The text edition: the words of a document, one line a paragraph. The masthead's name and number are a drawing of
// the paper and not part of the text.
#include <string>

#include "publish/document.h"

namespace yi::publish {

// UTF-8; every line ends with "\n": the period, issuer and date joined without a separator, each paragraph of the
// body, each line of the imprint, the copies. A part that is empty has no line. Line ends and tabs inside a part
// become one space each, so that a part is always exactly one line.
std::string to_text(const Document& document);

}  // namespace yi::publish
