#include "app/unified_identity.h"

#include "base/clock.h"
#include "http/wire.h"
#include "identity/secret_file.h"

namespace yi::app {

Result<std::shared_ptr<identity::ProviderDesk>> external_identity(const catalog::Settings& settings, const http::ServerOptions& server) {
  if (!settings.unified_identity) return std::shared_ptr<identity::ProviderDesk>();
  const auto& u = *settings.unified_identity;
  const auto from = u.redirect_address.find("://") + 3;
  const auto host = u.redirect_address.substr(from, u.redirect_address.find('/', from) - from);
  if (!http::Hosts(server.allowed_hosts).allowed(host))
    return Refusal{"app.redirect_host", "统一身份认证的回跳地址用的主机名，本服务不接待：" + host + "。",
                   "请用 --host 写明群众访问的主机名，或改正 settings.yaml 中的 hall.online_address、unified_identity.redirect_address。", 422, u.redirect_address};
  YI_TRY(auto secret, identity::read_secret_file(u.client_secret_file));
  identity::OidcSettings s{u.issuer, u.client_id, std::move(secret), u.redirect_address, u.gateway, u.scope, u.number_claim, u.verified_claim};
  return std::make_shared<identity::ProviderDesk>(std::make_unique<identity::OidcClient>(std::move(s), system_now));
}

}  // namespace yi::app
