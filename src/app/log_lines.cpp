#include "app/log_lines.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>

#include "app/supervisor.h"

namespace yi::app {
namespace {

std::atomic<std::int64_t> warnings{0}, errors{0};

class Counter final : public spdlog::sinks::sink {
 public:
  void log(const spdlog::details::log_msg& m) override {
    if (m.level == spdlog::level::warn) ++warnings;
    else if (m.level >= spdlog::level::err) ++errors;
  }
  void flush() override {}
  void set_pattern(const std::string&) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter>) override {}
};

// sd-daemon(3): a line that begins with "<4>" is a warning.
class Journal final : public spdlog::sinks::base_sink<std::mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& m) override {
    const int level = m.level >= spdlog::level::critical ? 2 : m.level == spdlog::level::err ? 3 : m.level == spdlog::level::warn ? 4 : m.level == spdlog::level::info ? 6 : 7;
    std::fprintf(stderr, "<%d>%.*s\n", level, static_cast<int>(m.payload.size()), m.payload.data());
  }
  void flush_() override {}
};

}  // namespace

void count_log_lines() {
  const auto logger = spdlog::default_logger();
  if (prints_to_journal()) {
    logger->sinks().clear();
    logger->sinks().push_back(std::make_shared<Journal>());
  }
  logger->sinks().push_back(std::make_shared<Counter>());
}

LogLines log_lines() { return {warnings, errors}; }

}  // namespace yi::app
