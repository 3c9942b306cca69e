#include "story.h"

#include <gtest/gtest.h>

#include <filesystem>
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

void run_story(const Story& story) {
  Stage stage;
  const auto refusal_expected = [&](std::size_t i) {
    return i + 1 < story.lines.size() && story.lines[i + 1].words.size() == 3 && story.lines[i + 1].words[0] == "refused";
  };
  for (std::size_t i = 0; i < story.lines.size(); ++i) {
    const auto& line = story.lines[i];
    std::string text;
    for (const auto& w : line.words) text += (text.empty() ? "" : " ") + w;
    const auto place = story.file + ":" + std::to_string(line.number) + ": " + text + "\n  ";
    try {
      const Step* step = nullptr;
      std::vector<std::string> gaps;
      for (const auto& s : steps())
        if (!step && matches(s.pattern, line.words, gaps)) step = &s;
      if (!step) throw Broken("no such step");
      matches(step->pattern, line.words, gaps);
      if (line.words[0] != "refused") stage.last.reset();
      step->play(stage, gaps);
      if (stage.last && !stage.last->good() && !refusal_expected(i) && line.words[0] != "refused")
        throw Broken("refused: " + stage.last->code + " " + stage.last->detail);
    } catch (const Broken& b) {
      FAIL() << place << b.what();
    }
  }
}

}  // namespace yi::story
