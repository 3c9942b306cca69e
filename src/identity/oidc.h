#pragma once
// The national unified identity (国家政务服务平台统一身份认证), as OpenID Connect: authorization code with PKCE, state and nonce
// (OpenID Connect Core 1.0 §3.1, RFC 7636). An interface, so that a region's own way can take its place.
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "crypto/jws.h"
#include "crypto/secret.h"
#include "identity/sessions.h"

namespace yi::identity {

// Who somebody is elsewhere: the pair is theirs for ever.
struct ExternalPerson {
  std::string issuer, subject;
};

class ExternalIdentity {
 public:
  virtual ~ExternalIdentity() = default;
  // Where to send the browser, and what it must bring back from there.
  struct Departure {
    std::string url, state;
  };
  // Refusals "identity.provider_unusable" and http::fetch's.
  virtual Result<Departure> begin() = 0;
  // `state_of_browser`: kept by the browser that began (a cookie), so that nobody can end another's log-in. Refusals
  // "identity.external_login_failed", and those of begin.
  virtual Result<ExternalPerson> finish(const std::string& code, const std::string& state, const std::string& state_of_browser) = 0;
};

struct OidcSettings {
  std::string issuer;  // "http://127.0.0.1:9000": the local gateway to the provider; its document's issuer must be the same
  std::string client_id;
  crypto::Secret client_secret;
  std::string redirect_uri;
};

// Any thread; the calls wait for the provider: for worker doors.
class OidcClient final : public ExternalIdentity {
 public:
  OidcClient(OidcSettings settings, Now now) : settings_(std::move(settings)), now_(std::move(now)) {}
  Result<Departure> begin() override;
  Result<ExternalPerson> finish(const std::string& code, const std::string& state, const std::string& state_of_browser) override;

 private:
  struct Provider {
    std::string authorization_endpoint, token_endpoint, jwks_uri;
  };
  struct Pending {
    std::string nonce, verifier;
    Instant until;
  };
  Result<Provider> discover();
  Result<std::string> exchange(const Provider& p, const std::string& code, const std::string& verifier);
  Checked fetch_keys(const Provider& p);
  std::optional<crypto::JwsPublicKey> key(const std::string& id, crypto::JwsAlgorithm algorithm);
  Result<ExternalPerson> verify(const Provider& p, const std::string& id_token, const std::string& nonce);
  OidcSettings settings_;
  Now now_;
  std::mutex m_;  // of the rest; never held while the provider is asked
  std::optional<Provider> provider_;
  std::vector<crypto::JwsPublicKey> keys_;
  Instant keys_at_{};
  std::map<std::string, Pending> pending_;  // by state
};

}  // namespace yi::identity
