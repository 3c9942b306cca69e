#include "onething/rules.h"

#include "base/text.h"

namespace yi::onething {
namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
  int status;
};
constexpr Words kWords[] = {
    {Reason::unknown_bundle, "onething.unknown_bundle", "目录里没有这个“一件事”。", "请从“一件事”清单中选择。", "/bundle", 422},
    {Reason::source_missing, "onething.source_missing", "没有写明来源。", "请填写发文字号、网址或提供人。", "/source", 422},
    {Reason::plan_already_issued, "onething.plan_already_issued", "这个“一件事”的实施方案已经登记过。",
     "不必重复登记；要查看已登记的内容，请打开“一件事”页面。", "/bundle", 409},
    {Reason::guide_already_published, "onething.guide_already_published", "这个“一件事”的图解已经登记过。",
     "不必重复登记；要查看已登记的内容，请打开“一件事”页面。", "/bundle", 409},
    {Reason::title_missing, "onething.title_missing", "图解的标题是空的。", "请填写标题，或者不填这一项。", "/title", 422},
    {Reason::on_in_future, "onething.on_in_future", "日期晚于今天，还没有发生。", "请核对日期，或到那一天再登记。", "/on", 422},
};
}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, w.status, w.where};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

Result<PlanIssued> decide(const RecordPlan& c, bool already, const KnownBundle& known, CivilDay today) {
  if (!known(c.bundle)) return refuse(Reason::unknown_bundle);
  if (c.on > today) return refuse(Reason::on_in_future);
  if (trim(c.source).empty()) return refuse(Reason::source_missing);
  if (already) return refuse(Reason::plan_already_issued);
  return PlanIssued{c.bundle, c.on, c.source, c.verified};
}

Result<GuidePublished> decide(const RecordGuide& c, bool already, const KnownBundle& known, CivilDay today) {
  if (!known(c.bundle)) return refuse(Reason::unknown_bundle);
  if (c.on > today) return refuse(Reason::on_in_future);
  if (trim(c.source).empty()) return refuse(Reason::source_missing);
  if (c.title && trim(*c.title).empty()) return refuse(Reason::title_missing);
  if (already) return refuse(Reason::guide_already_published);
  return GuidePublished{c.bundle, c.on, c.source, c.verified, c.title};
}

}  // namespace yi::onething
