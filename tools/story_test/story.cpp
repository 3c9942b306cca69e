#include "story.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "program.h"
#include "steps.h"

namespace yi::story {
namespace {

std::vector<std::string> words_of(const std::string& line, int number) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ' || line[i] == '\t' || line[i] == ',') {
      ++i;
    } else if (line[i] == '"') {
      const auto end = line.find('"', i + 1);
      if (end == line.npos) throw Broken("line " + std::to_string(number) + ": a quotation mark has no partner");
      out.push_back(line.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const auto end = std::min(line.find_first_of(" \t,", i), line.size());
      out.push_back(line.substr(i, end - i));
      i = end;
    }
  }
  return out;
}

}  // namespace

Story read_story(const std::string& path) {
  Story s;
  s.file = std::filesystem::path(path).filename().string();
  std::istringstream in(read_file(path));
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("#")) {
      if (s.promise.empty()) s.promise = line.substr(std::min(line.find_first_not_of("# "), line.size()));
      continue;
    }
    auto words = words_of(line, number);
    if (words.empty()) continue;
    if (words == std::vector<std::string>{"tier", "full"}) s.full = true;
    else s.lines.push_back({number, std::move(words)});
  }
  return s;
}

bool matches(const std::string& pattern, const std::vector<std::string>& words, std::vector<std::string>& gaps) {
  gaps.clear();
  std::istringstream in(pattern);
  std::string part;
  std::size_t i = 0;
  while (in >> part) {
    if (part.ends_with("…>")) {
      if (i == words.size()) return false;
      gaps.insert(gaps.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      return true;
    }
    if (i == words.size()) return false;
    if (part.starts_with("<")) gaps.push_back(words[i]);
    else if (part != words[i]) return false;
    ++i;
  }
  return i == words.size();
}

std::vector<std::string> step_patterns() {
  std::vector<std::string> out;
  for (const auto& s : steps()) out.emplace_back(s.pattern);
  return out;
}

namespace {

void play(Stage& stage, const std::vector<std::string>& line) {
  const bool named = line.size() > 2 && line[0] == "by";  // "by clerk.yi, window W01 accepts A"
  const std::vector<std::string> words(line.begin() + (named ? 2 : 0), line.end());
  stage.act_as(named ? line[1] : "");
  std::vector<std::string> gaps;
  const auto& all = steps();
  const auto step = std::find_if(all.begin(), all.end(), [&](const Step& s) { return matches(s.pattern, words, gaps); });
  if (step == all.end()) throw Broken("no such step");
  if (words[0] != "refused") stage.last.reset();
  step->play(stage, gaps);
}

std::string play(Stage& stage, const Story& story) {
  const auto expects_refusal = [&](std::size_t i) { return i < story.lines.size() && story.lines[i].words.size() == 3 && story.lines[i].words[0] == "refused"; };
  for (std::size_t i = 0; i < story.lines.size(); ++i) {
    const auto& line = story.lines[i];
    try {
      play(stage, line.words);
      if (stage.last && !stage.last->good() && !expects_refusal(i + 1) && !expects_refusal(i)) throw Broken("refused: " + stage.last->code + " " + stage.last->detail);
    } catch (const Broken& b) {
      std::string text;
      for (const auto& w : line.words) text += (text.empty() ? "" : " ") + w;
      return story.file + ":" + std::to_string(line.number) + ": " + text + "\n  " + b.what();
    }
  }
  return "";
}

}  // namespace

std::vector<Story> stories_of_tier(bool full) {
  std::vector<Story> out;
  for (const auto& entry : std::filesystem::directory_iterator(YI_SOURCE_DIR "/stories")) {
    if (entry.path().extension() != ".story") continue;
    auto s = read_story(entry.path().string());
    if (s.full == full) out.push_back(std::move(s));
  }
  std::sort(out.begin(), out.end(), [](const Story& a, const Story& b) { return a.file < b.file; });
  return out;
}

const Played& played(const Story& story) {
  static std::map<std::string, Played> done;
  const auto [it, first] = done.try_emplace(story.file);
  if (!first) return it->second;
  Stage stage;
  it->second.broken = play(stage, story);
  it->second.refused = stage.refused;
  if (it->second.broken.empty()) try {
      it->second.walked = walks_of(stage);
    } catch (const Broken& b) {
      it->second.broken = story.file + ": " + b.what();
    }
  return it->second;
}

}  // namespace yi::story
