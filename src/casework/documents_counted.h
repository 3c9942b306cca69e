#pragma once
// Inside the room: 期限的计算, the page behind a notice that shows each limit day by day with its article.
#include <vector>

#include "casework/documents.h"

namespace yi::casework {

// Nothing is appended without dues.
void append_counted(publish::Notice& notice, const std::vector<DocumentDue>& dues);

}  // namespace yi::casework
