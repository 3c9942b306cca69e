// The connector against a provider of the test's own (provider_test.h).
#include "identity/oidc.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "http/client.h"
#include "identity/provider_test.h"

namespace yi::identity {
namespace {

struct Visit {
  Instant now{1'750'000'000'000};
  test::Provider provider{[this] { return now; }};
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
    const auto who = client.finish({code, brought, state});
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
  EXPECT_EQ(v.client.finish({code, brought, std::string(64, 'a')}).error().where, "state");
  EXPECT_TRUE(v.client.finish({code, brought, state}).ok());
  EXPECT_EQ(v.client.finish({code, brought, state}).error().where, "state");
  const auto [late_code, late_state] = v.go(state);
  v.now.ms += 10 * 60'000;
  EXPECT_EQ(v.client.finish({late_code, late_state, state}).error().where, "state");
  const auto [third_code, third_state] = v.go(state);
  EXPECT_EQ(v.client.finish({"another", third_state, state}).error().where, "code");
}

TEST(Oidc, ANumberIsTakenOnlyWhereItsClaimIsVerified) {
  Visit v;
  const auto number = [&](const char* value, const char* verified) -> std::string {
    v.provider.claims_of_person = {{"card", value}};
    if (*verified) v.provider.claims_of_person["card_ok"] = verified;
    OidcClient client({v.provider.issuer(), "hall", crypto::Secret("hush hush"), "http://localhost:8080/back", "", "openid card", "card", "card_ok"}, [&] { return v.now; });
    const auto departure = client.begin();
    const auto there = http::fetch({"GET", departure->url});
    const auto& back = there->headers.at("location");
    const auto q = *read_form(std::string_view(back).substr(back.find('?') + 1));
    const auto who = client.finish({q.at("code"), q.at("state"), departure->state});
    return who ? who->number.value_or("none") : who.error().where;
  };
  EXPECT_EQ(number("\"11010519491231002X\"", "true"), "11010519491231002X");
  for (const char* verified : {"", "false", "\"true\"", "1", "null"}) EXPECT_EQ(number("\"11010519491231002X\"", verified), "none") << verified;
  EXPECT_EQ(number("110105", "true"), "none");
  EXPECT_EQ(number("\"\"", "true"), "none");
  v.provider.claims_of_person = {{"card", "\"1\""}, {"card_ok", "true"}};
  std::string state;
  const auto [code, brought] = v.go(state);
  EXPECT_FALSE(v.client.finish({code, brought, state})->number);  // no claim is named in the settings
}

TEST(Oidc, AGatewayPassesAnIssuerElsewhereOn) {
  Visit v;
  v.provider.known_as = "https://sso.example";
  OidcClient client({"https://sso.example", "hall", crypto::Secret("hush hush"), "http://localhost:8080/back", v.provider.address()}, [&] { return v.now; });
  const auto departure = client.begin();
  ASSERT_TRUE(departure.ok()) << departure.error().sentence;
  EXPECT_TRUE(departure->url.starts_with("https://sso.example/authorize?")) << departure->url;  // the browser goes there itself
  const auto there = http::fetch({"GET", v.provider.address() + departure->url.substr(std::string_view("https://sso.example").size())});
  const auto& back = there->headers.at("location");
  const auto q = *read_form(std::string_view(back).substr(back.find('?') + 1));
  const auto who = client.finish({q.at("code"), q.at("state"), departure->state});
  ASSERT_TRUE(who.ok()) << who.error().where;
  EXPECT_EQ(who->issuer, "https://sso.example");
}

TEST(Oidc, APageThatNoBrowserShouldSeeIsNotGoneTo) {
  for (const char* page : {"http://sso.example", "javascript:alert(1)//", "http://127.0.0.1.evil", "https://sso.example/ x", "//sso.example"}) {
    Visit v;
    v.provider.page_told = page;
    EXPECT_EQ(v.client.begin().error().code, "identity.provider_unusable") << page;
  }
}

TEST(Oidc, APersonWhoDeclinesAndAnAnswerOfAnotherIssuer) {
  Visit v;
  std::string state;
  const auto [code, brought] = v.go(state);
  EXPECT_EQ(v.client.finish({code, brought, state, "", "http://127.0.0.1:1"}).error().where, "iss");
  const auto [second_code, second] = v.go(state);
  EXPECT_EQ(v.client.finish({"", second, state, "access_denied"}).error().where, "error");
  EXPECT_EQ(v.client.finish({second_code, second, state}).error().where, "state");  // and the state is used up
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
