#include "app/settings_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "store/temporary_directory.h"

namespace yi::app {
namespace {

struct Words {
  std::string data = "var", master, out, store, placement;
  int port = 8080;
  bool behind_tls = false;
  std::vector<std::string> hosts;
};

// A command line like the program's, with a settings file: the words as a subcommand finds them, or the refusal.
class Settings : public ::testing::Test {
 protected:
  Checked give(const std::string& text, std::vector<std::string> arguments) {
    const auto file = directory_.path() + "/yichuang.conf";
    std::ofstream(file) << text;
    return give_file(file, std::move(arguments));
  }
  Checked give_file(const std::string& file, std::vector<std::string> arguments) {
    w_ = {};
    ran_.clear();
    CLI::App app{"", "yichuang"};
    app.add_option("--master-key", w_.master)->envname("YICHUANG_SETTINGS_TEST");
    app.require_subcommand(1);
    auto* serve = app.add_subcommand("serve");
    serve->add_option("--data", w_.data);
    auto* one = serve->add_option("--store", w_.store);
    serve->add_option("--placement", w_.placement)->excludes(one);
    serve->add_option("--port", w_.port)->check(CLI::Range(0, 65535));
    serve->add_flag("--behind-tls", w_.behind_tls);
    serve->add_option("--host", w_.hosts);
    serve->callback([&] { ran_ = "serve"; });
    auto* exchange = app.add_subcommand("exchange");
    exchange->require_subcommand(1);
    auto* out = exchange->add_subcommand("export");
    out->add_option("--data", w_.data);
    out->add_option("--out", w_.out);
    out->callback([&] { ran_ = "export"; });
    Checked taken = Done{};
    app.parse_complete_callback([&] {
      taken = take_settings(app, file);
      if (!taken) throw CLI::RuntimeError(1);
    });
    std::reverse(arguments.begin(), arguments.end());
    try {
      app.parse(arguments);
    } catch (const CLI::RuntimeError&) {
    }
    return taken;
  }
  store::TemporaryDirectory directory_;
  Words w_;
  std::string ran_;
};

constexpr const char* kFile = "# 一窗\n\n  data = /var/lib/yichuang  \nport=9000\nbehind-tls = yes\nhost = a.example\nhost = b.example\nmaster-key = /k = 1\n";

TEST_F(Settings, GiveTheWordsOfTheCommandLine) {
  ASSERT_TRUE(give(kFile, {"serve"}).ok());
  EXPECT_EQ(ran_, "serve");
  EXPECT_EQ(w_.data, "/var/lib/yichuang");
  EXPECT_EQ(w_.port, 9000);
  EXPECT_TRUE(w_.behind_tls);
  EXPECT_EQ(w_.hosts, (std::vector<std::string>{"a.example", "b.example"}));
  EXPECT_EQ(w_.master, "/k = 1");
  ASSERT_TRUE(give("behind-tls = no\n", {"serve"}).ok());
  EXPECT_FALSE(w_.behind_tls);
}

TEST_F(Settings, OfTwoThatExcludeEachOtherOneIsSaid) {
  EXPECT_EQ(give("store = a\nplacement = b\n", {"serve"}).error().code, "app.bad_setting");
  EXPECT_EQ(give("placement = b\nstore = a\n", {"serve"}).error().where.substr(directory_.path().size()), "/yichuang.conf:2");
  ASSERT_TRUE(give("placement = b\n", {"serve"}).ok());
  EXPECT_EQ(w_.placement, "b");
  ASSERT_TRUE(give("placement = b\n", {"serve", "--store", "a"}).ok()) << "the command line goes before";
  EXPECT_EQ(w_.store, "a");
  EXPECT_EQ(w_.placement, "");
}

TEST_F(Settings, TheCommandLineAndTheEnvironmentGoBefore) {
  ::setenv("YICHUANG_SETTINGS_TEST", "/from/environment", 1);
  ASSERT_TRUE(give(kFile, {"serve", "--port", "7000", "--host", "c.example"}).ok());
  ::unsetenv("YICHUANG_SETTINGS_TEST");
  EXPECT_EQ(w_.port, 7000);
  EXPECT_EQ(w_.hosts, (std::vector<std::string>{"c.example"}));
  EXPECT_EQ(w_.data, "/var/lib/yichuang");
  EXPECT_EQ(w_.master, "/from/environment");
}

TEST_F(Settings, AnotherSubcommandPassesOverWhatItDoesNotHave) {
  ASSERT_TRUE(give(kFile, {"exchange", "export"}).ok());
  EXPECT_EQ(ran_, "export");
  EXPECT_EQ(w_.data, "/var/lib/yichuang");
  EXPECT_EQ(w_.master, "/k = 1");
  EXPECT_EQ(w_.port, 8080);
}

TEST_F(Settings, RefusesWithTheLine) {
  const auto refused = [&](const std::string& text, const std::string& code, int line) {
    const auto taken = give(text, {"serve"});
    ASSERT_FALSE(taken.ok()) << text;
    EXPECT_EQ(taken.error().code, code) << text;
    EXPECT_TRUE(taken.error().where.ends_with(":" + std::to_string(line))) << taken.error().where;
    EXPECT_EQ(ran_, "") << text;
  };
  refused("data = x\n\nprot = 1\n", "app.unknown_setting", 3);
  refused("--port = 1\n", "app.unknown_setting", 1);
  refused("config = other\n", "app.unknown_setting", 1);
  refused("help = yes\n", "app.unknown_setting", 1);
  refused("port\n", "app.bad_setting", 1);
  refused("port =\n", "app.bad_setting", 1);
  refused("= 3\n", "app.bad_setting", 1);
  refused("port = 1\nport = 2\n", "app.bad_setting", 2);
  refused("\nport = 70000\n", "app.bad_setting", 2);
  refused("port = many\n", "app.bad_setting", 1);
  refused("behind-tls = perhaps\n", "app.bad_setting", 1);
  EXPECT_EQ(give_file(directory_.path() + "/none", {"serve"}).error().code, std::string("app.settings_missing"));
}

}  // namespace
}  // namespace yi::app
