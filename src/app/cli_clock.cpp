#include <fmt/format.h>

#include "app/cli.h"
#include "app/console.h"
#include "app/places.h"
#include "base/clock.h"
#include "base/identifiers.h"
#include "calendar/due.h"

namespace yi::app {
namespace {

struct DueOptions {
  calendar::DueRequest request;
  std::string region;
};

int run_due(const Cli& cli, const DueOptions& o) {
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  const auto days = calendar::Calendar::load(*root + "/calendar", o.region);
  if (!days) return fail(days.error());
  const auto text = calendar::run_due(*days, o.request);
  if (!text) return fail(text.error());
  fmt::print("{}", *text);
  return 0;
}

}  // namespace

void add_clock_commands(Cli& cli) {
  auto* due = cli.app.add_subcommand("due", "计算法定期限，并逐日说明");
  auto o = std::make_shared<DueOptions>();
  due->add_option("--from", o->request.from, "起算的事件日，例如受理日 2025-09-26（当日不计）")->required();
  due->add_option("--days", o->request.days, "期限天数")->required();
  due->add_option("--pause", o->request.pauses, "暂停：2025-10-13..2025-10-17，首尾都不计；可重复；可写原因：…=专家评审");
  due->add_option("--extend", o->request.extensions, "延长的天数；可重复");
  due->add_option("--unit", o->request.unit, "working 工作日（默认）| calendar 自然日");
  due->add_option("--count-from", o->request.count_from, "next_day 次日起算（默认）| same_day 当日起算");
  due->add_option("--basis", o->request.basis, "期限的依据，写在说明里");
  due->add_option("--region", o->region, "地区代码（六位），加上当地的节假日");
  due->add_flag("--explain", o->request.explain, "逐日列出计入和不计入的原因与条文");
  due->footer("例：yichuang due --from 2025-09-26 --days 20 --pause 2025-10-13..2025-10-17 --explain");
  due->callback([&cli, o] { cli.exit_code = run_due(cli, *o); });

  auto* check = cli.app.add_subcommand("check-id", "核对证件号码的校验位");
  auto kind = std::make_shared<std::string>(), value = std::make_shared<std::string>();
  check->add_option("kind", *kind, "uscc 统一社会信用代码 | org 组织机构代码 | citizen 公民身份号码 | licence 电子证照标识")->required();
  check->add_option("value", *value, "号码")->required();
  check->footer("例：yichuang check-id uscc 11510000MB1690541M\n退出码：0 正确，1 不正确（并说明原因）");
  check->callback([&cli, kind, value] {
    const auto text = run_check_id(*kind, *value, civil_day(system_now()));
    if (!text) cli.exit_code = fail(text.error());
    else fmt::print("{}", *text);
  });
}

}  // namespace yi::app
