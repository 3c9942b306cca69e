#pragma once
// The centre's provider of the unified identity, from its settings.
#include <memory>

#include "catalog/types.h"
#include "http/server.h"
#include "identity/provider_desk.h"

namespace yi::app {

// Null where the centre has none. Refusals "app.redirect_host" (a browser that comes back would be refused at this server's door) and those
// of read_secret_file. The provider itself is not asked: it may be down when the program starts.
Result<std::shared_ptr<identity::ProviderDesk>> external_identity(const catalog::Settings& settings, const http::ServerOptions& server);

}  // namespace yi::app
