#pragma once
// Tells the service manager how far the program is: sd_notify(3), Type=notify. Nothing where there is none.
#include <string_view>

namespace yi::app {

// The lines of sd_notify: "READY=1", "STOPPING=1", "STATUS=…". A manager that does not listen is no error.
void tell_supervisor(std::string_view state);

// Whether what the program prints goes into a journal, which others read: levels before the lines, and no one-time links.
bool prints_to_journal();

}  // namespace yi::app
