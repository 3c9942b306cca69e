#pragma once
// For tests: a provider that speaks OpenID Connect on the loopback over HTTP: discovery, authorize, token, jwks. Its person is whoever the
// test says stands there; `spoil` and its neighbours make it lie.
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "crypto/encoding.h"
#include "crypto/jws.h"
#include "http/server.h"
#include "identity/form.h"
#include "identity/sessions.h"

namespace yi::identity::test {

class Everybody : public http::Gatekeeper {
  Result<http::Caller> admit(const http::Request&, const http::Door&) const override { return http::Caller{"public", ""}; }
};

inline constexpr const char* kText = R"({"type":"string","maxLength":500})";

class Provider {
 public:
  // `now`: the machine's clock, of every token. Throws where the loopback has no port.
  explicit Provider(Now now) : now_(std::move(now)) {
    add(http::Method::get, "/.well-known/openid-configuration", [this](const http::Request&) {
      return json(R"({"issuer":")" + (issuer_told.empty() ? issuer() : issuer_told) + R"(","authorization_endpoint":")" + (page_told.empty() ? issuer() : page_told) + R"(/authorize","token_endpoint":")" + issuer() +
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
  std::string issuer() const { return known_as.empty() ? address() : known_as; }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  void go_down() { server_->stop(); }

  // Who stands at the provider's page, and what the provider says of them besides: name → JSON.
  std::string subject = "person-7";
  std::map<std::string, std::string> claims_of_person;
  bool person_declines = false;
  std::string known_as;  // an issuer whose addresses a gateway passes on to here
  crypto::JwsPrivateKey rsa = crypto::JwsPrivateKey::make(crypto::JwsAlgorithm::rs256, "r1"), ec = crypto::JwsPrivateKey::make(crypto::JwsAlgorithm::es256, "e1");
  bool by_ec = false;
  std::string issuer_told, page_told, header_told;
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
    if (q.at("response_type") != "code" || q.at("client_id") != "hall" || (" " + q.at("scope") + " ").find(" openid ") == std::string::npos || q.at("code_challenge_method") != "S256") r.status = 400;
    else r.status = 303;
    const auto redirect = q.at("redirect_uri");
    if (person_declines) {
      r.headers = {{"location", redirect + "?error=access_denied&state=" + q.at("state")}};
      return r;
    }
    const auto code = "code-" + std::to_string(++codes_);
    granted_[code] = {q.at("nonce"), q.at("code_challenge"), redirect, subject, claims_of_person};
    r.headers = {{"location", redirect + "?code=" + code + "&state=" + q.at("state")}};
    return r;
  }
  http::Response token(const std::map<std::string, std::string>& f) {
    http::Response r;
    auto grant = granted_.extract(f.at("code"));  // a code opens once
    const bool good = !grant.empty() && f.at("grant_type") == "authorization_code" && f.at("client_id") == "hall" && f.at("client_secret") == "hush hush" &&
                      f.at("redirect_uri") == grant.mapped().redirect && crypto::base64url(crypto::sha256(f.at("code_verifier"))) == grant.mapped().challenge;
    if (!good) {
      r.status = 400;
      return r;
    }
    const auto& g = grant.mapped();
    const auto seconds = now_().ms / 1000;
    auto claims = g.claims;
    claims.merge(std::map<std::string, std::string>{{"iss", "\"" + issuer() + "\""}, {"aud", "\"hall\""}, {"sub", "\"" + g.subject + "\""},
                                                    {"nonce", "\"" + g.nonce + "\""}, {"iat", std::to_string(seconds)}, {"exp", std::to_string(seconds + 300)}});
    if (spoil) spoil(claims);
    std::string payload;
    for (const auto& [name, value] : claims) payload += (payload.empty() ? "{\"" : ",\"") + name + "\":" + value;
    const auto& key = by_ec ? ec : rsa;
    const auto header = header_told.empty() ? std::string(R"({"alg":")") + (by_ec ? "ES256" : "RS256") + R"(","kid":")" + key.public_key().id + "\"}" : header_told;
    auto signed_token = key.sign(header, payload + "}");
    if (spoil_token) spoil_token(signed_token);
    return json(R"({"access_token":"x","token_type":"Bearer","id_token":")" + signed_token + "\"}");
  }
  struct Grant {
    std::string nonce, challenge, redirect, subject;
    std::map<std::string, std::string> claims;
  };
  Now now_;
  std::map<std::string, Grant> granted_;  // by code
  int codes_ = 0;
  http::Router router_;
  Everybody everybody_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace yi::identity::test
