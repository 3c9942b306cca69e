#include "identity/oidc.h"

#include <algorithm>

#include "base/json.h"
#include "crypto/encoding.h"
#include "crypto/random.h"
#include "http/client.h"

namespace yi::identity {
namespace {

constexpr std::int64_t kPendingMs = 10 * 60'000;   // a person's time at the provider's page
constexpr std::size_t kMostPending = 5'000;
constexpr std::int64_t kClockSlackMs = 60'000;     // two machines' clocks
constexpr std::int64_t kKeysLeastMs = 60'000;      // an unknown key's name must not make us ask without end

Refusal unusable(const char* what) {
  return {"identity.provider_unusable", std::string("统一身份认证的服务不能使用：") + what + "。", "请改用本系统的账号登录，并告知管理员。", 502, ""};
}
Refusal failed(const char* why) {
  return {"identity.external_login_failed", "统一身份认证没有成功。", "请重新登录；仍不成功时请改用本系统的账号。", 401, why};
}

std::string parameters(const std::vector<std::pair<const char*, std::string>>& all) {
  std::string out;
  for (const auto& [name, value] : all) out += (out.empty() ? "" : "&") + std::string(name) + "=" + crypto::percent_encoded(value);
  return out;
}

// A member that is text, "" elsewhere: providers' documents have many members that nobody here reads.
std::string text_of(json::Node n, std::string_view name) {
  if (n.kind() != json::Kind::object) return "";
  const auto v = n.find(name);
  return v && v->kind() == json::Kind::string ? std::string(v->string()) : "";
}
std::optional<std::int64_t> seconds_of(json::Node n, std::string_view name) {
  const auto v = n.find(name);
  if (!v || v->kind() != json::Kind::integer || v->integer() < 0 || v->integer() > 100'000'000'000) return std::nullopt;
  return v->integer();
}

// Where a browser may be sent: over TLS, or on this machine. No blank, no control character: it becomes a header.
bool is_page_address(std::string_view url) {
  const auto on = [&](std::string_view origin) { return url.starts_with(origin) && url.size() > origin.size() && (url[origin.size()] == ':' || url[origin.size()] == '/'); };
  if (!url.starts_with("https://") && !on("http://127.0.0.1") && !on("http://localhost")) return false;
  return std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool meant_for(json::Node claims, const std::string& client) {
  const auto aud = claims.find("aud");
  if (!aud) return false;
  bool found = false, others = false;
  if (aud->kind() == json::Kind::string) found = aud->string() == client;
  else if (aud->kind() == json::Kind::array)
    aud->each([&](std::string_view, json::Node v) {
      const bool ours = v.kind() == json::Kind::string && v.string() == client;
      found |= ours;
      others |= !ours;
      return true;
    });
  // OpenID Connect Core §3.1.3.7: with several audiences, the one that it was given to must be us.
  const auto party = text_of(claims, "azp");
  return found && (!others || party == client) && (party.empty() || party == client);
}

std::optional<crypto::JwsPublicKey> key_of(json::Node n) {
  crypto::JwsPublicKey k;
  k.id = text_of(n, "kid");
  const auto type = text_of(n, "kty");
  if (const auto use = text_of(n, "use"); !use.empty() && use != "sig") return std::nullopt;
  const auto bytes = [&](const char* name) { return crypto::from_base64url(text_of(n, name)).value_or(""); };
  if (type == "RSA") {
    k.algorithm = crypto::JwsAlgorithm::rs256;
    k.n = bytes("n");
    k.e = bytes("e");
    return k;
  }
  if (type != "EC" || text_of(n, "crv") != "P-256") return std::nullopt;
  k.algorithm = crypto::JwsAlgorithm::es256;
  k.x = bytes("x");
  k.y = bytes("y");
  return k;
}

}  // namespace

std::string OidcClient::near(const std::string& url) const {
  if (settings_.gateway.empty() || !url.starts_with(settings_.issuer + "/")) return url;
  return settings_.gateway + url.substr(settings_.issuer.size());
}

Result<OidcClient::Provider> OidcClient::discover() {
  {
    std::lock_guard lock(m_);
    if (provider_) return *provider_;
  }
  YI_TRY(const auto reply, http::fetch({"GET", near(settings_.issuer + "/.well-known/openid-configuration")}));
  json::Parser parser;
  const auto node = parser.parse(reply.body);
  if (reply.status != 200 || !node) return unusable("没有说明文件");
  if (text_of(*node, "issuer") != settings_.issuer) return unusable("说明文件属于另一个签发方");
  Provider p{text_of(*node, "authorization_endpoint"), near(text_of(*node, "token_endpoint")), near(text_of(*node, "jwks_uri"))};
  if (!is_page_address(p.authorization_endpoint) || p.token_endpoint.empty() || p.jwks_uri.empty()) return unusable("说明文件不完整");
  std::lock_guard lock(m_);
  provider_ = p;
  return p;
}

Result<ExternalIdentity::Departure> OidcClient::begin() {
  YI_TRY(const auto p, discover());
  const auto state = crypto::random_token();
  Pending pending{crypto::random_token(), crypto::random_token(), now_() + kPendingMs};
  const auto challenge = crypto::base64url(crypto::sha256(pending.verifier));
  const auto url = p.authorization_endpoint + (p.authorization_endpoint.find('?') == std::string::npos ? "?" : "&") +
                   parameters({{"response_type", "code"}, {"client_id", settings_.client_id}, {"redirect_uri", settings_.redirect_uri}, {"scope", settings_.scope},
                               {"state", state}, {"nonce", pending.nonce}, {"code_challenge", challenge}, {"code_challenge_method", "S256"}});
  std::lock_guard lock(m_);
  std::erase_if(pending_, [now = now_()](const auto& e) { return e.second.until <= now; });
  if (pending_.size() >= kMostPending) return unusable("同时登录的人过多");
  pending_[state] = std::move(pending);
  return Departure{url, state};
}

Result<ExternalPerson> OidcClient::finish(const Arrival& a) {
  if (a.state.empty() || !crypto::equal_in_constant_time(a.state, a.state_of_browser)) return failed("state");
  Pending pending;
  {
    std::lock_guard lock(m_);
    const auto it = pending_.find(a.state);
    if (it == pending_.end()) return failed("state");
    pending = std::move(it->second);
    pending_.erase(it);  // once, whatever comes of it
  }
  if (pending.until <= now_()) return failed("state");
  if (!a.error.empty() || a.code.empty()) return failed("error");
  if (!a.issuer.empty() && a.issuer != settings_.issuer) return failed("iss");
  YI_TRY(const auto p, discover());
  YI_TRY(const auto id_token, exchange(p, a.code, pending.verifier));
  return verify(p, id_token, pending.nonce);
}

Result<std::string> OidcClient::exchange(const Provider& p, const std::string& code, const std::string& verifier) {
  http::ClientRequest q{"POST", p.token_endpoint};
  q.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  q.body = parameters({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", settings_.redirect_uri}, {"client_id", settings_.client_id},
                       {"client_secret", std::string(settings_.client_secret.reveal())}, {"code_verifier", verifier}});
  auto reply = http::fetch(q);
  crypto::wipe(q.body);
  if (!reply) return std::move(reply).error();
  json::Parser parser;
  const auto node = parser.parse(reply->body);
  auto token = node ? text_of(*node, "id_token") : "";
  if (reply->status != 200 || token.empty()) return failed("code");
  return token;
}

Checked OidcClient::fetch_keys(const Provider& p) {
  YI_TRY(const auto reply, http::fetch({"GET", p.jwks_uri}));
  json::Parser parser;
  const auto node = parser.parse(reply.body);
  const auto list = node && node->kind() == json::Kind::object ? node->find("keys") : std::nullopt;
  if (reply.status != 200 || !list || list->kind() != json::Kind::array) return unusable("没有公钥");
  std::vector<crypto::JwsPublicKey> keys;
  list->each([&](std::string_view, json::Node n) {
    if (auto k = key_of(n)) keys.push_back(std::move(*k));
    return keys.size() < 32;
  });
  std::lock_guard lock(m_);
  keys_ = std::move(keys);
  keys_at_ = now_();
  return Done{};
}

std::optional<crypto::JwsPublicKey> OidcClient::key(const std::string& id, crypto::JwsAlgorithm algorithm) {
  std::lock_guard lock(m_);
  for (const auto& k : keys_)
    if (k.id == id && k.algorithm == algorithm) return k;
  return std::nullopt;
}

Result<ExternalPerson> OidcClient::verify(const Provider& p, const std::string& id_token, const std::string& nonce) {
  const auto parts = crypto::split_jws(id_token);
  if (!parts) return failed("token");
  json::Parser of_header, of_claims;
  const auto header = of_header.parse(parts->header), claims = of_claims.parse(parts->payload);
  if (!header || !claims || header->kind() != json::Kind::object || claims->kind() != json::Kind::object) return failed("token");
  const auto alg = text_of(*header, "alg"), id = text_of(*header, "kid");
  if (alg != "RS256" && alg != "ES256") return failed("alg");
  const auto algorithm = alg == "RS256" ? crypto::JwsAlgorithm::rs256 : crypto::JwsAlgorithm::es256;
  auto k = key(id, algorithm);
  if (!k) {  // the provider has changed its keys, or we have none yet
    const bool may_ask = [&] {
      std::lock_guard lock(m_);
      return keys_.empty() || now_().ms - keys_at_.ms >= kKeysLeastMs;
    }();
    if (may_ask) {
      YI_CHECK(fetch_keys(p));
    }
    k = key(id, algorithm);
  }
  if (!k || !crypto::verify_jws(*k, parts->signed_bytes, parts->signature)) return failed("signature");
  const auto now = now_();
  const auto until = seconds_of(*claims, "exp"), issued = seconds_of(*claims, "iat");
  if (text_of(*claims, "iss") != settings_.issuer) return failed("iss");
  if (!meant_for(*claims, settings_.client_id)) return failed("aud");
  if (!until || *until * 1000 + kClockSlackMs <= now.ms) return failed("exp");
  if (!issued || *issued * 1000 - kClockSlackMs > now.ms) return failed("iat");
  if (!crypto::equal_in_constant_time(text_of(*claims, "nonce"), nonce)) return failed("nonce");
  auto subject = text_of(*claims, "sub");
  // OpenID Connect Core §2: ASCII, at most 255.
  const auto visible = [](char c) { return c >= 0x20 && c < 0x7f; };
  if (subject.empty() || subject.size() > 255 || !std::all_of(subject.begin(), subject.end(), visible)) return failed("sub");
  ExternalPerson person{settings_.issuer, std::move(subject)};
  if (!settings_.number_claim.empty()) {
    const auto verified = claims->find(settings_.verified_claim);
    auto number = text_of(*claims, settings_.number_claim);
    if (verified && verified->kind() == json::Kind::boolean && verified->boolean() && !number.empty()) person.number = std::move(number);
  }
  return person;
}

}  // namespace yi::identity
