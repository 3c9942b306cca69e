#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "crypto/random.h"
#include "base/text.h"
#include "site/doors.h"
#include "site/encoding.h"

namespace yi::site {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("yichuang-site-" + hex(crypto::random_bytes(8)))) { fs::create_directories(path_ / "assets"); }
  ~Folder() { fs::remove_all(path_); }
  Folder& with(const std::string& name, const std::string& content) {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return *this;
  }
  Folder& built() {
    return with("portal.html", "<p>portal").with("desk.html", "<p>desk").with("screen.html", "<p>screen").with("device.html", "<p>device").with("favicon.svg", "<svg/>").with("assets/portal-Ab12.js", "import 1").with("assets/portal-Ab12.js.br", "BR").with(
        "assets/portal-Ab12.js.gz", "GZ");
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

struct Answer {
  int status = 0;
  std::string body;
  std::map<std::string, std::string> headers;
};

Answer ask(const http::Router& router, const std::string& path, const std::string& accept_encoding = "", const std::string& accept = "text/html") {
  http::Request r;
  r.path = path;
  r.accept = accept;
  r.accept_encoding = accept_encoding;
  const auto door = router.find(r);
  if (!door) return {door.error().status, door.error().code, {}};
  if (const auto fits = router.check_parameters(**door, r); !fits) return {fits.error().status, fits.error().code, {}};
  Answer a;
  (*door)->handle(r, {"public", ""}, http::Responder([&](http::Response response) {
                    a.status = response.status;
                    a.body = response.body;
                    a.headers = {response.headers.begin(), response.headers.end()};
                    a.headers["content-type"] = response.content_type;
                  }));
  return a;
}

std::unique_ptr<http::Router> router_of(const std::string& folder) {
  auto pages = Pages::read(folder);
  EXPECT_TRUE(pages) << (pages ? "" : pages.error().code + " " + pages.error().where);
  auto router = std::make_unique<http::Router>();
  add_doors(*router, std::make_shared<const Pages>(std::move(pages).value()));
  return router;
}

TEST(Site, EveryAddressOfAnEntryGivesItsShell) {
  Folder folder;
  const auto router = router_of(folder.built().path());
  for (const char* path : {"/", "/matters", "/matters/510100-XK-1", "/apply/X/materials", "/my", "/my/cases/7", "/account/login", "/bundles/XSE"}) EXPECT_EQ(ask(*router, path).body, "<p>portal") << path;
  for (const char* path : {"/desk/", "/desk/queue", "/desk/cases/7/history"}) EXPECT_EQ(ask(*router, path).body, "<p>desk") << path;
  EXPECT_EQ(ask(*router, "/desk").headers["location"], "/desk/");
  EXPECT_EQ(ask(*router, "/nothing").status, 404);
  EXPECT_EQ(ask(*router, "/assets").status, 404);
}

TEST(Site, AShellIsAskedForAnewAndHoldsNoForeignOrInlineThing) {
  Folder folder;
  const auto router = router_of(folder.built().path());
  auto a = ask(*router, "/");
  EXPECT_EQ(a.headers["cache-control"], "no-cache");
  EXPECT_EQ(a.headers["etag"].size(), 34u);
  const auto policy = a.headers["content-security-policy"];
  for (const char* word : {"unsafe", "http:", "https:", "*"}) EXPECT_EQ(policy.find(word), std::string::npos) << word;
  for (const char* word : {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"}) EXPECT_NE(policy.find(word), std::string::npos) << word;
}

TEST(Site, AFileIsKeptForAYearAndSentAsTheBrowserAsks) {
  Folder folder;
  const auto router = router_of(folder.built().path());
  auto plain = ask(*router, "/assets/portal-Ab12.js");
  EXPECT_EQ(plain.body, "import 1");
  EXPECT_EQ(plain.headers["content-type"], "text/javascript; charset=utf-8");
  EXPECT_EQ(plain.headers["cache-control"], "public, max-age=31536000, immutable");
  EXPECT_EQ(plain.headers["vary"], "accept-encoding");
  EXPECT_FALSE(plain.headers.contains("content-encoding"));
  auto br = ask(*router, "/assets/portal-Ab12.js", "gzip, deflate, br");
  EXPECT_EQ(br.body + br.headers["content-encoding"], "BRbr");
  auto gz = ask(*router, "/assets/portal-Ab12.js", "gzip");
  EXPECT_EQ(gz.body + gz.headers["content-encoding"], "GZgzip");
  EXPECT_EQ(ask(*router, "/favicon.svg", "br").body, "<svg/>");  // has no compressed form
}

TEST(Site, NothingOfARequestBecomesAPath) {
  Folder folder;
  const auto router = router_of(folder.built().with("assets/site-1.css", "body{}").path());
  for (const char* name : {"..", "../portal.html", "..%2fportal.html", "portal.html", "/etc/passwd", "portal-Ab12.js.br", ".hidden", "portal-Ab12.js/", "PORTAL-AB12.JS"})
    EXPECT_EQ(ask(*router, std::string("/assets/") + name).status, 404) << name;
  EXPECT_EQ(ask(*router, "/assets/" + std::string(300, 'a')).status, 400);
  EXPECT_EQ(ask(*router, "/desk/../../etc/passwd").body, "<p>desk");  // no file is looked for; the server refuses such a target before
}

TEST(Site, AScriptsQueryIsItsOwn) {
  Folder folder;
  const auto router = router_of(folder.built().path());
  http::Request r;
  r.path = "/matters";
  r.query = {{"q", "身份证"}, {"from", "poster"}};
  const auto door = router->find(r);
  ASSERT_TRUE(door);
  EXPECT_TRUE(router->check_parameters(**door, r));
}

TEST(Site, WithoutBuiltPagesTheShellsSayWhatToDo) {
  const auto router = router_of("/nowhere-at-all");
  for (const char* path : {"/", "/desk/", "/my/cases/7"}) {
    auto page = ask(*router, path);
    EXPECT_EQ(page.status, 404);
    EXPECT_NE(page.body.find("./run"), std::string::npos);
    EXPECT_EQ(page.headers["content-type"], "text/html; charset=utf-8");
    EXPECT_NE(ask(*router, path, "", "application/json").body.find("site.not_built"), std::string::npos);
  }
  EXPECT_EQ(ask(*router, "/assets/portal-Ab12.js").status, 404);
}

TEST(Site, AFolderThatNoBuildWroteIsRefused) {
  const auto code = [](Folder& f) {
    const auto pages = Pages::read(f.path());
    return pages ? std::string("read") : pages.error().code;
  };
  const auto spoiled = [&](const std::string& name, const std::string& content) {
    Folder f;
    return code(f.built().with(name, content));
  };
  EXPECT_EQ(spoiled("assets/more-1.js", "1"), "read");
  EXPECT_EQ(spoiled("assets/key.pem", "1"), "site.unknown_file");
  EXPECT_EQ(spoiled("assets/a b.js", "1"), "site.unknown_file");
  EXPECT_EQ(spoiled(".env", "1"), "site.unknown_file");
  EXPECT_EQ(spoiled("assets/empty-1.js", ""), "site.unreadable");
  EXPECT_EQ(spoiled("assets/alone-1.js.br", "1"), "site.unreadable");
  EXPECT_EQ(spoiled("assets/large-1.js", std::string(33u << 20, 'x')), "site.too_large");
  Folder half;
  EXPECT_EQ(code(half.with("portal.html", "x")), "site.no_shell");
  Folder linked;
  fs::create_directory(linked.path() + "/assets/more");
  EXPECT_EQ(code(linked.built()), "site.unknown_file");
}

TEST(Site, TheBestEncodingIsOneThatTheBrowserTakes) {
  struct Row {
    const char* header;
    Encoding wanted;
  };
  for (const auto& row : {Row{"", Encoding::identity}, Row{"br", Encoding::brotli}, Row{"gzip, br", Encoding::brotli}, Row{"BR;q=0.5, gzip", Encoding::brotli}, Row{"br;q=0, gzip", Encoding::gzip},
                          Row{"br; q=0.000,gzip;q=0", Encoding::identity}, Row{"*", Encoding::brotli}, Row{"*;q=0", Encoding::identity}, Row{"br;q=0, *", Encoding::gzip}, Row{"brotli", Encoding::identity},
                          Row{"identity", Encoding::identity}, Row{",,;=", Encoding::identity}})
    EXPECT_EQ(best_encoding(row.header, true, true), row.wanted) << row.header;
  EXPECT_EQ(best_encoding("br, gzip", false, true), Encoding::gzip);
  EXPECT_EQ(best_encoding("br, gzip", false, false), Encoding::identity);
}

}  // namespace
}  // namespace yi::site
