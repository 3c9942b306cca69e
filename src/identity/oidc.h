#pragma once
// The national unified identity (国家政务服务平台统一身份认证), as OpenID Connect: authorization code with PKCE, state and nonce
// (OpenID Connect Core 1.0 §3.1, RFC 7636). An interface, so that a region's own way can take its place.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crypto/jws.h"
#include "crypto/secret.h"
#include "identity/sessions.h"

namespace yi::identity {

// Who somebody is elsewhere: the pair is theirs for ever.
struct ExternalPerson {
  std::string issuer, subject;
  // A citizen number that the provider says it has verified; not looked at here (check digit: base/identifiers.h).
  std::optional<std::string> number = {};
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
  // What the browser brings back.
  struct Arrival {
    std::string code, state;
    std::string state_of_browser;  // kept by the browser that began (a cookie), so that nobody can end another's log-in
    std::string error = {};        // the provider's own, instead of a code (RFC 6749 §4.1.2.1)
    std::string issuer = {};       // RFC 9207, "" where the provider does not tell it
  };
  // Refusals "identity.external_login_failed" (`where`: at which check), and those of begin.
  virtual Result<ExternalPerson> finish(const Arrival& arrival) = 0;
};

struct OidcSettings {
  std::string issuer;  // "https://sso.example": as its document and its tokens call it, without a slash at the end
  std::string client_id;
  crypto::Secret client_secret;
  std::string redirect_uri;
  // The local gateway that passes the issuer's addresses on, "http://127.0.0.1:9000": http::fetch speaks to the loopback alone. "": the
  // issuer is on the loopback itself.
  std::string gateway = {};
  std::string scope = "openid";
  // Claims of the id token that tell the citizen number (text) and that it is verified (true); "": none is taken.
  std::string number_claim = {}, verified_claim = {};
};

// Any thread; the calls wait for the provider, so they are made on the ProviderDesk's threads alone.
class OidcClient final : public ExternalIdentity {
 public:
  OidcClient(OidcSettings settings, Now now) : settings_(std::move(settings)), now_(std::move(now)) {}
  Result<Departure> begin() override;
  Result<ExternalPerson> finish(const Arrival& arrival) override;

 private:
  struct Provider {
    std::string authorization_endpoint, token_endpoint, jwks_uri;
  };
  struct Pending {
    std::string nonce, verifier;
    Instant until;
  };
  std::string near(const std::string& url) const;  // through the gateway
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
