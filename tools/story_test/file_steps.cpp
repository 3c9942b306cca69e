// Steps about files of cases: brought, filed as a material, read by who may, and nowhere on the disk in clear.
#include <filesystem>

#include "base/json.h"
#include "steps.h"

namespace yi::story {
namespace {

namespace fs = std::filesystem;

std::string path_of(Stage& s, const std::string& name) { return "/api/casework/cases/" + s.id_of(name); }

// Stored for the case, then named by a fact as one of its materials.
void bring(Stage& s, const Gaps& g) {
  const auto up = s.ask_as(g[0], "POST", "/api/files?case=" + s.id_of(g[3]), "text/plain", g[1]);
  if (up.status != 201) throw Broken("the upload was answered " + std::to_string(up.status) + " " + up.body);
  const auto filed = s.ask_as(g[0], "POST", path_of(s, g[3]) + "/files", "application/json", object({{"material", g[2]}, {"file", json_at(up.body, "id")}}));
  if (filed.status != 201) throw Broken("filing it was answered " + std::to_string(filed.status) + " " + filed.body);
}

std::string first_file(Stage& s, const std::string& account, const std::string& name) { return json_at(s.get_as(account, path_of(s, name)), "files/0/file"); }

void reads(Stage& s, const Gaps& g) {
  const auto file = first_file(s, g[0], g[2]);
  if (file.empty()) throw Broken(g[0] + " sees no file of " + g[2]);
  const auto r = s.ask_as(g[0], "GET", "/api/files/" + file);
  if (r.status != 200 || r.body != g[1]) throw Broken("the file was answered " + std::to_string(r.status) + " " + r.body);
}

// Neither in the case nor by its id, which a colleague has told.
void reads_none(Stage& s, const Gaps& g) {
  const auto view = s.ask_as(g[0], "GET", path_of(s, g[1]));
  if (view.status == 200 && json_at(view.body, "files") != "[0]") throw Broken(g[0] + " sees files: " + view.body);
  const auto r = s.ask_as(g[0], "GET", "/api/files/" + first_file(s, g[2], g[1]));
  if (r.status != 404 && r.status != 403) throw Broken("the file was answered " + std::to_string(r.status) + " " + r.body);
}

void takes_out(Stage& s, const Gaps& g) {
  const auto r = s.ask_as(g[0], "POST", path_of(s, g[1]) + "/files/" + first_file(s, g[0], g[1]) + "/unfile", "application/json", object({{"reason", g[2]}}));
  if (r.status != 201) throw Broken("it was answered " + std::to_string(r.status) + " " + r.body);
}

void on_no_disk(Stage& s, const Gaps& g) {
  int files = 0;
  for (const auto& e : fs::recursive_directory_iterator(s.data())) {
    if (!e.is_regular_file()) continue;
    ++files;
    const auto bytes = read_file(e.path().string());
    for (const auto& text : g)
      if (bytes.find(text) != bytes.npos) throw Broken(e.path().filename().string() + " holds " + text);
  }
  if (files < 5) throw Broken("the data directory is almost empty");
}

}  // namespace

std::vector<Step> file_steps() {
  return {
      {"account <account> brings <text> as <material> of <case>", bring},
      {"account <account> reads <text> in the first file of <case>", reads},
      {"account <account> reads no file of <case> that <account> reads", reads_none},
      {"account <account> takes the first file of <case> out because <reason>", takes_out},
      {"account <account> sees <count> files of <case>", [](Stage& s, const Gaps& g) {
         const auto seen = json_at(s.get_as(g[0], path_of(s, g[2])), "files");
         if (seen != "[" + g[1] + "]") throw Broken(g[0] + " sees " + seen); }},
      {"the disk nowhere holds <text…>", on_no_disk},
  };
}

}  // namespace yi::story
