// The interface document without a server: what the pages are type-checked against when they are built.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "app/cli.h"
#include "app/console.h"
#include "app/doors.h"
#include "app/installation.h"
#include "app/places.h"

namespace yi::app {
namespace {

// A directory that goes with its owner.
class Scratch {
 public:
  Scratch() : path_((std::filesystem::temp_directory_path() / "yichuang-XXXXXX").string()) {
    if (!::mkdtemp(path_.data())) path_.clear();
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The doors belong to an installation; an empty one is made for them, and goes again.
Result<std::string> document(const Cli& cli) {
  YI_TRY(const auto root, data_root(cli.catalogue));
  const Scratch scratch;
  if (scratch.path().empty()) return Refusal{"app.no_scratch", "临时目录建不起来。", "请检查临时目录的空间和权限（环境变量 TMPDIR）。", 500, ""};
  ServeOptions o;
  o.data_directory = scratch.path();
  o.data_root = root;
  o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};  // with the doors of a demonstration, whose pages are among the pages
  YI_TRY(const auto installation, Installation::open(o));
  YI_CHECK(installation->add_doors());
  return installation->router().openapi("一窗 Yichuang", kVersion);
}

}  // namespace

void add_openapi_command(Cli& cli) {
  auto* command = cli.app.add_subcommand("openapi", "接口文档（OpenAPI 3.1，JSON），与演示环境的 /api/openapi.json 相同");
  command->footer("例：yichuang openapi > openapi.json");
  command->callback([&cli] {
    const auto text = document(cli);
    if (!text) {
      cli.exit_code = fail(text.error());
      return;
    }
    fmt::print("{}\n", *text);
  });
}

}  // namespace yi::app
