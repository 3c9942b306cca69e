#pragma once
// Writes figures as Prometheus reads them: its text format 0.0.4
// (prometheus.io/docs/instrumenting/exposition_formats).
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yi::http {

inline constexpr std::string_view kExpositionType = "text/plain; version=0.0.4; charset=utf-8";

// Families one after the other, each with its samples. Throws std::logic_error where the text would not be read: a name with
// other signs than [a-z0-9_], a family twice, a counter whose name does not end in "_total", a sample before any family.
class Exposition {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string_view>>;
  void counter(std::string_view name, std::string_view help) { family(name, "counter", help); }
  void gauge(std::string_view name, std::string_view help) { family(name, "gauge", help); }
  void histogram(std::string_view name, std::string_view help) { family(name, "histogram", help); }

  void sample(double value, const Labels& labels = {});
  void sample(std::int64_t value, const Labels& labels = {});
  void sample(bool value, const Labels& labels = {}) { sample(static_cast<std::int64_t>(value), labels); }
  // `counts`: by bucket, one more than `bounds`; written summed up, as the format wants it.
  void distribution(std::span<const double> bounds, std::span<const std::int64_t> counts, double sum, const Labels& labels = {});

  const std::string& text() const { return text_; }

 private:
  void family(std::string_view name, std::string_view type, std::string_view help);
  void line(std::string_view suffix, const Labels& labels, std::string_view value);
  std::string text_, name_, type_;
  std::set<std::string, std::less<>> families_;
};

}  // namespace yi::http
