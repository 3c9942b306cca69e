#include "app/report.h"

#include <fmt/format.h>

#include <filesystem>

namespace yi::app {

Result<std::vector<replay::WeekFile>> load_weeks(const std::vector<std::string>& paths) {
  std::vector<replay::WeekFile> out;
  for (const auto& p : paths) {
    YI_TRY(auto week, replay::load_week(p, std::filesystem::path(p).filename().string()));
    out.push_back(std::move(week));
  }
  return out;
}

void report(const replay::ReplayedWeek& w) {
  const auto& m = w.mixture;
  fmt::print("{} 至 {}：{} 条命令全部办理（{}）\n", to_chinese(w.from, true), to_chinese(w.to, true), w.commands, w.file);
  fmt::print("  本窗口受理 {} 件：办结颁发 {}，即办 {}，审查中 {}，已受理待转 {}\n", m.accepted(), m.finished, m.instant, m.in_review, m.accepted_only);
  fmt::print("  代颁结果 {} 件：已颁发 {}，待领 {}；接续启用前已决定的 {} 件；上期未办结、本期颁发的 {} 件\n", m.results_issued + m.results_waiting,
             m.results_issued, m.results_waiting, m.carried_over, m.waiting_issued + m.review_finished + m.accepted_finished);
  for (const auto& warning : w.warnings) fmt::print(stderr, "提示：{}\n", warning);
}

}  // namespace yi::app
