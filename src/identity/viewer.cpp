#include "identity/viewer.h"

namespace yi::identity {

std::string Viewer::label() const { return is_operator() ? "operator:" + account : "public"; }

}  // namespace yi::identity
