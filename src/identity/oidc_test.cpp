// The connector against a provider of the test's own that speaks OpenID Connect on the loopback.
#include "identity/oidc.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "http/client.h"
#include "http/server.h"
#include "identity/form.h"

namespace yi::identity {
namespace {

class Everybody : public http::Gatekeeper {
  Result<http::Caller> admit(const http::Request&, const http::Door&) const override { return http::Caller{"public", ""}; }
};

constexpr const char* kText = R"({"type":"string","maxLength":500})";

// discovery, authorize, token, jwks. `spoil` changes the next token's claims or header.
class Provider {
 public:
  explicit Provider(Instant& now) : now_(now) {
    add(http::Method::get, "/.well-known/openid-configuration", [this](const http::Request&) {
      return json(R"({"issuer":")" + (issuer_told.empty() ? issuer() : issuer_told) + R"(","authorization_endpoint":")" + issuer() + R"(/authorize","token_endpoint":")" + issuer() +
                  R"(/token","jwks_uri":")" + issuer() + R"(/jwks","response_types_supported":["code"]})");
    });
    add(http::Method::get, "/jwks", [this](const http::Request&) {
      ++jwks_asked;
      const auto u = [](const std::string& s) { return crypto::base64url(s); };
      std::string keys;
      for (const auto* k : {&rsa.public_key(), &ec.public_key()})
        keys += (keys.empty() ? "" : ",") + (k->n.empty() ? R"({"kty":"EC","crv":"P-256","use":"sig","kid":")" + k->id + R"(","x":")" + u(k->x) + R"(","y":")" + u(k->y) + "\"}"
                                                          : R"({"kty":"RSA","use":"sig","kid":")" + k->id + R"(","n":")" + u(k->n) + R"(","e":")" + u(k->e) + "\"}");
      return json(R"({"keys":[)" + keys + "]}");
    });
    add(http::Method::get, "/authorize", [this](const http::Request& r) { return authorize(r.query); },
        {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method"});
    add(http::Method::post, "/token", [this](const http::Request& r) { return token(*read_form(r.body)); });
    http::ServerOptions o;
    o.port = 0;
    server_ = std::make_unique<http::Server>(o, router_, everybody_);
    if (!server_->start()) throw std::runtime_error("the provider does not start");
  }
  std::string issuer() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

  crypto::JwsPrivateKey rsa = crypto::JwsPrivateKey::make(crypto::JwsAlgorithm::rs256, "r1"), ec = crypto::JwsPrivateKey::make(crypto::JwsAlgorithm::es256, "e1");
  bool by_ec = false;
  std::string issuer_told, header_told;
  std::function<void(std::map<std::string, std::string>& claims)> spoil;  // name → JSON
  std::function<void(std::string& token)> spoil_token;
  int jwks_asked = 0;

 private:
  static http::Response json(std::string body) {
    http::Response r;
    r.body = std::move(body);
    return r;
  }
  void add(http::Method method, const char* pattern, std::function<http::Response(const http::Request&)> answer, std::vector<const char*> query = {}) {
    http::Door d;
    d.method = method;
    d.pattern = pattern;
    d.name = std::string("provider.") + (pattern + 1);
    d.summary = "试验";
    d.right = "public";
    d.audit_class = "none";
    for (const char* name : query) d.parameters.push_back({name, "试验", kText, false, true});
    d.replies = {{200, "试验", "application/json", ""}};
    d.handle = [answer](const http::Request& r, const http::Caller&, http::Responder reply) { reply(answer(r)); };
    router_.add(std::move(d));
  }
  http::Response authorize(const std::map<std::string, std::string>& q) {
    http::Response r;
    if (q.at("response_type") != "code" || q.at("client_id") != "hall" || q.at("scope") != "openid" || q.at("code_challenge_method") != "S256") r.status = 400;
    else r.status = 303;
    code_ = "code-" + std::to_string(++codes_);
    nonce_ = q.at("nonce");
    challenge_ = q.at("code_challenge");
    redirect_ = q.at("redirect_uri");
    r.headers = {{"location", redirect_ + "?code=" + code_ + "&state=" + q.at("state")}};
    return r;
  }
  http::Response token(const std::map<std::string, std::string>& f) {
    http::Response r;
    const bool good = f.at("grant_type") == "authorization_code" && !code_.empty() && f.at("code") == code_ && f.at("client_secret") == "hush hush" &&
                      f.at("redirect_uri") == redirect_ && crypto::base64url(crypto::sha256(f.at("code_verifier"))) == challenge_;
    code_.clear();
    if (!good) {
      r.status = 400;
      return r;
    }
    const auto seconds = now_.ms / 1000;
    std::map<std::string, std::string> claims{{"iss", "\"" + issuer() + "\""}, {"aud", "\"hall\""}, {"sub", "\"person-7\""},
                                              {"nonce", "\"" + nonce_ + "\""}, {"iat", std::to_string(seconds)}, {"exp", std::to_string(seconds + 300)}};
    if (spoil) spoil(claims);
    std::string payload;
    for (const auto& [name, value] : claims) payload += (payload.empty() ? "{\"" : ",\"") + name + "\":" + value;
    const auto& key = by_ec ? ec : rsa;
    const auto header = header_told.empty() ? std::string(R"({"alg":")") + (by_ec ? "ES256" : "RS256") + R"(","kid":")" + key.public_key().id + "\"}" : header_told;
    auto signed_token = key.sign(header, payload + "}");
    if (spoil_token) spoil_token(signed_token);
    return json(R"({"access_token":"x","token_type":"Bearer","id_token":")" + signed_token + "\"}");
  }
  Instant& now_;
  std::string code_, nonce_, challenge_, redirect_;
  int codes_ = 0;
  http::Router router_;
  Everybody everybody_;
  std::unique_ptr<http::Server> server_;
};

struct Visit {
  Instant now{1'750'000'000'000};
  Provider provider{now};
  OidcClient client{{provider.issuer(), "hall", crypto::Secret("hush hush"), "http://localhost:8080/external/back"}, [this] { return now; }};

  // As a browser does: there and back. The code and state that it brings.
  std::pair<std::string, std::string> go(std::string& state) {
    const auto departure = client.begin();
    if (!departure) return {"", ""};
    state = departure->state;
    const auto there = http::fetch({"GET", departure->url});
    if (!there || there->status != 303) return {"", ""};
    const auto& back = there->headers.at("location");
    const auto q = *read_form(std::string_view(back).substr(back.find('?') + 1));
    return {q.at("code"), q.at("state")};
  }
  std::string person() {
    std::string state;
    const auto [code, brought] = go(state);
    const auto who = client.finish(code, brought, state);
    return who ? who->subject : who.error().code + " " + who.error().where;
  }
};

TEST(Oidc, BothAlgorithmsTellWhoItIs) {
  Visit v;
  EXPECT_EQ(v.person(), "person-7");
  v.provider.by_ec = true;
  EXPECT_EQ(v.person(), "person-7");
  EXPECT_EQ(v.provider.jwks_asked, 1);
}

TEST(Oidc, EveryClaimIsHeld) {
  const auto with = [](const char* claim, const char* value) {
    Visit v;
    v.provider.spoil = [=](auto& claims) { claims[claim] = value; };
    return v.person();
  };
  EXPECT_EQ(with("iss", "\"http://127.0.0.1:1\""), "identity.external_login_failed iss");
  EXPECT_EQ(with("aud", "\"other\""), "identity.external_login_failed aud");
  EXPECT_EQ(with("aud", R"(["hall","other"])"), "identity.external_login_failed aud");  // given to whom?
  EXPECT_EQ(with("aud", R"(["hall"])"), "person-7");
  EXPECT_EQ(with("azp", "\"other\""), "identity.external_login_failed aud");
  EXPECT_EQ(with("exp", "1749999900"), "identity.external_login_failed exp");
  EXPECT_EQ(with("exp", "\"soon\""), "identity.external_login_failed exp");
  EXPECT_EQ(with("iat", "1750000100"), "identity.external_login_failed iat");
  EXPECT_EQ(with("nonce", "\"another\""), "identity.external_login_failed nonce");
  EXPECT_EQ(with("sub", "\"\""), "identity.external_login_failed sub");
}

TEST(Oidc, ATokenThatIsNotTheProvidersIsRefused) {
  {
    Visit v;
    v.provider.header_told = R"({"alg":"none","kid":"r1"})";
    EXPECT_EQ(v.person(), "identity.external_login_failed alg");
    v.provider.header_told = R"({"alg":"HS256","kid":"r1"})";
    EXPECT_EQ(v.person(), "identity.external_login_failed alg");
    v.provider.header_told = R"({"alg":"ES256","kid":"r1"})";  // that key is RSA's
    EXPECT_EQ(v.person(), "identity.external_login_failed signature");
    v.provider.header_told = R"({"alg":"RS256","kid":"unheard"})";
    EXPECT_EQ(v.person(), "identity.external_login_failed signature");
    EXPECT_EQ(v.provider.jwks_asked, 1);  // not asked again within a minute
  }
  for (const bool ec : {false, true}) {
    Visit v;
    v.provider.by_ec = ec;
    v.provider.spoil_token = [](std::string& t) {
      const auto at = t.size() - 20;
      t[at] = t[at] == 'A' ? 'B' : 'A';
    };
    EXPECT_EQ(v.person(), "identity.external_login_failed signature");
  }
}

TEST(Oidc, NewKeysAreFetched) {
  Visit v;
  EXPECT_EQ(v.person(), "person-7");
  v.provider.rsa = crypto::JwsPrivateKey::make(crypto::JwsAlgorithm::rs256, "r2");
  v.now.ms += 60'000;
  EXPECT_EQ(v.person(), "person-7");
  EXPECT_EQ(v.provider.jwks_asked, 2);
}

TEST(Oidc, AStateIsOfOneBrowserAndOnce) {
  Visit v;
  std::string state;
  const auto [code, brought] = v.go(state);
  EXPECT_EQ(v.client.finish(code, brought, std::string(64, 'a')).error().where, "state");
  EXPECT_TRUE(v.client.finish(code, brought, state).ok());
  EXPECT_EQ(v.client.finish(code, brought, state).error().where, "state");
  const auto [late_code, late_state] = v.go(state);
  v.now.ms += 10 * 60'000;
  EXPECT_EQ(v.client.finish(late_code, late_state, state).error().where, "state");
  const auto [third_code, third_state] = v.go(state);
  EXPECT_EQ(v.client.finish("another", third_state, state).error().where, "code");
}

TEST(Oidc, AProviderThatIsAnotherOrNotThere) {
  Visit v;
  v.provider.issuer_told = "http://127.0.0.1:1";
  EXPECT_EQ(v.client.begin().error().code, "identity.provider_unusable");
  OidcClient nowhere({"http://127.0.0.1:1", "hall", crypto::Secret("x"), "http://localhost/back"}, [&] { return v.now; });
  EXPECT_EQ(nowhere.begin().error().code, "http.client_unreachable");
  OidcClient abroad({"http://192.0.2.1", "hall", crypto::Secret("x"), "http://localhost/back"}, [&] { return v.now; });
  EXPECT_EQ(abroad.begin().error().code, "http.client_address");
}

}  // namespace
}  // namespace yi::identity
