#include "examples.h"

#include <algorithm>
#include <regex>

namespace yi::docs {
namespace {

constexpr std::string_view kAny = "…";
constexpr std::string_view kProgram = "yichuang ";

struct Block {
  int line = 0;  // of the opening fence, from 1
  int section = 0;
  std::string language;
  std::vector<std::string> lines;
};

std::vector<Block> blocks_of(std::string_view markdown) {
  std::vector<Block> out;
  bool inside = false;
  int number = 0, section = 0;
  for (auto& line : lines_of(markdown)) {
    ++number;
    if (line.starts_with("```")) {
      if (!inside) out.push_back({number, section, line.substr(3), {}});
      inside = !inside;
    } else if (inside) {
      out.back().lines.push_back(std::move(line));
    } else if (line.starts_with("#")) {
      ++section;
    }
  }
  return out;
}

bool all_commands(const Block& b) {
  return !b.lines.empty() && std::all_of(b.lines.begin(), b.lines.end(), [](const std::string& l) { return l.starts_with(kProgram); });
}

// Whether a line is as shown, `…` standing for any text.
bool line_fits(std::string_view shown, std::string_view printed) {
  const auto any = shown.find(kAny);
  if (any == shown.npos) return shown == printed;
  if (!printed.starts_with(shown.substr(0, any))) return false;
  const auto rest = shown.substr(any + kAny.size());
  for (auto at = any; at <= printed.size(); ++at)
    if (line_fits(rest, printed.substr(at))) return true;
  return false;
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::vector<Example> read_examples(std::string_view markdown) {
  std::vector<Example> out;
  const auto blocks = blocks_of(markdown);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto& b = blocks[i];
    if (b.language == "console") {
      bool ours = false;
      int number = b.line;
      for (const auto& line : b.lines) {
        ++number;
        if (line.starts_with("$ ")) {
          ours = line.starts_with("$ " + std::string(kProgram));
          if (ours) out.push_back({number, line.substr(2), {}});
        } else if (ours) {
          out.back().output.push_back(line);
        }
      }
    } else if (b.language.empty() && all_commands(b)) {
      for (std::size_t n = 0; n < b.lines.size(); ++n) out.push_back({b.line + 1 + static_cast<int>(n), b.lines[n], {}});
      const bool output_follows = i + 1 < blocks.size() && blocks[i + 1].section == b.section && blocks[i + 1].language.empty() && !all_commands(blocks[i + 1]);
      if (output_follows) out.back().output = blocks[i + 1].lines;
    }
  }
  return out;
}

std::vector<std::string> block_of(std::string_view markdown, std::string_view language) {
  for (auto& b : blocks_of(markdown))
    if (b.language == language) return std::move(b.lines);
  return {};
}

std::string difference(const std::vector<std::string>& shown, const std::vector<std::string>& printed) {
  std::size_t at = 0;
  bool anywhere = false;  // after a line `…`
  for (const auto& line : shown) {
    if (line == kAny) {
      anywhere = true;
      continue;
    }
    if (anywhere)
      while (at < printed.size() && !line_fits(line, printed[at])) ++at;
    if (at == printed.size()) return "not printed: " + line;
    if (!line_fits(line, printed[at])) return "shown:   " + line + "\nprinted: " + printed[at];
    ++at;
    anywhere = false;
  }
  if (!anywhere && at < printed.size()) return "not shown: " + printed[at];
  return "";
}

int promised_exit(const Example& e) {
  static const std::regex code(R"(\[[a-z_]+\.[a-z_]+.*\])");
  return !e.output.empty() && std::regex_match(e.output.back(), code) ? 1 : 0;
}

std::vector<std::string> printed_lines(std::string_view out, std::string_view err) {
  static const std::regex progress(R"(\S+ \d{1,3}%)");
  auto all = lines_of(out);
  for (auto& line : lines_of(err))
    if (!std::regex_match(line, progress)) all.push_back(std::move(line));
  return all;
}

}  // namespace yi::docs
