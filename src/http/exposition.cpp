#include "http/exposition.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace yi::http {
namespace {

bool is_name(std::string_view s) {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !s.empty() && !(s.front() >= '0' && s.front() <= '9') && std::all_of(s.begin(), s.end(), good);
}

void append_escaped(std::string& out, std::string_view s, bool quotes) {
  for (const char c : s) {
    if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else if (c == '"' && quotes) out += "\\\"";
    else out += c;
  }
}

}  // namespace

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  if (!is_name(name)) throw std::logic_error("no name of a metric: " + std::string(name));
  if (type == "counter" && !name.ends_with("_total")) throw std::logic_error("a counter ends in _total: " + std::string(name));
  if (!families_.emplace(name).second) throw std::logic_error("a metric twice: " + std::string(name));
  name_ = name;
  type_ = type;
  text_ += fmt::format("# HELP {} ", name);
  append_escaped(text_, help, false);
  text_ += fmt::format("\n# TYPE {} {}\n", name, type);
}

void Exposition::line(std::string_view suffix, const Labels& labels, std::string_view value) {
  if (name_.empty()) throw std::logic_error("a sample before its metric");
  text_ += name_;
  text_ += suffix;
  char open = '{';
  for (const auto& [label, text] : labels) {
    if (!is_name(label)) throw std::logic_error("no name of a label: " + std::string(label));
    text_ += open;
    text_ += label;
    text_ += "=\"";
    append_escaped(text_, text, true);
    text_ += '"';
    open = ',';
  }
  if (!labels.empty()) text_ += '}';
  text_ += ' ';
  text_ += value;
  text_ += '\n';
}

void Exposition::sample(double value, const Labels& labels) { line("", labels, fmt::format("{}", value)); }
void Exposition::sample(std::int64_t value, const Labels& labels) { line("", labels, fmt::format("{}", value)); }

void Exposition::distribution(std::span<const double> bounds, std::span<const std::int64_t> counts, double sum, const Labels& labels) {
  if (type_ != "histogram" || counts.size() != bounds.size() + 1) throw std::logic_error("no histogram: " + name_);
  std::int64_t up_to = 0;
  auto with_bound = labels;
  with_bound.emplace_back("le", "");
  for (std::size_t n = 0; n < counts.size(); ++n) {
    const auto bound = n < bounds.size() ? fmt::format("{}", bounds[n]) : std::string("+Inf");
    with_bound.back().second = bound;
    line("_bucket", with_bound, fmt::format("{}", up_to += counts[n]));
  }
  line("_sum", labels, fmt::format("{}", sum));
  line("_count", labels, fmt::format("{}", up_to));
}

}  // namespace yi::http
