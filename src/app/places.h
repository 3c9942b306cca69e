#pragma once
// Where the program finds what it ships with.
#include <string>

#include "base/result.h"
#include "publish/font_book.h"

namespace yi::app {

// The folder that holds the running program.
std::string executable_directory();
// "data" of the project: --catalogue, else <program>/data, <program>/../data, <program>/../../data, /usr/share/yichuang.
// Refusal "app.no_catalogue".
Result<std::string> data_root(const std::string& configured);
publish::FontPlaces font_places();
// The built pages: <program>/pages, else /usr/share/yichuang/pages; "" where neither is there.
std::string pages_root();

}  // namespace yi::app
