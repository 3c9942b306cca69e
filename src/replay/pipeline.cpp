#include "replay/pipeline.h"

#include <future>

#include "casework/rules.h"

namespace yi::replay {
namespace {
const engine::Actor kOperator{"replay", "operator"};
}

Pipeline::~Pipeline() {
  std::unique_lock lock(m_);
  idle_.wait(lock, [&] { return under_way_ == 0; });
}

Result<engine::Submission> Pipeline::submission(const Step& step, const engine::Actor& by) {
  YI_TRY(auto act, engine_.parse(step.command, step.body));
  engine::Submission s;
  s.id = id_of(step.at);
  s.digest = engine::digest_of(step.command, step.body, by.account);
  s.actor = by;
  s.act = std::move(act);
  s.at = step.at;
  return s;
}

Checked Pipeline::send(const Step& step) {
  YI_TRY(auto s, submission(step, kOperator));
  s.waiter = engine::waiter([this, opens = step.opens](Result<engine::Answer> a) { answered(std::move(a), opens); });
  {
    std::lock_guard lock(m_);
    if (refused_) return *refused_;
    ++under_way_;
  }
  engine_.wait_for_room();
  engine_.submit(std::move(s));
  return Done{};
}

Checked Pipeline::finish() {
  std::unique_lock lock(m_);
  idle_.wait(lock, [&] { return under_way_ == 0; });
  if (!refused_) return Done{};
  auto r = std::move(*refused_);
  refused_.reset();
  return r;
}

Result<engine::Answer> Pipeline::run(const Step& step, const engine::Actor& by) {
  YI_TRY(auto s, submission(step, by));
  auto promise = std::make_shared<std::promise<Result<engine::Answer>>>();
  auto answer = promise->get_future();
  s.waiter = engine::waiter([promise](Result<engine::Answer> a) { promise->set_value(std::move(a)); });
  engine_.submit(std::move(s));
  return answer.get();
}

void Pipeline::answered(Result<engine::Answer> a, CaseId opens) {
  std::lock_guard lock(m_);
  if (!refused_ && !a.ok()) refused_ = std::move(a).error();
  else if (!refused_ && opens && a->stream != casework::stream_of(opens))
    refused_ = Refusal{"replay.counts_differ", "办件编号与计划不符。", "请向开发者报告这个文件。", 500, a->stream};
  if (--under_way_ == 0) idle_.notify_all();
}

store::CommandId Pipeline::id_of(Instant at) {
  store::CommandId id{};
  for (int i = 0; i < 6; ++i) id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(at.ms >> (40 - 8 * i));
  id[6] = 0x70;
  id[8] = 0x80;
  id[11] = series_;
  const auto n = ++count_;
  for (int i = 0; i < 4; ++i) id[static_cast<std::size_t>(12 + i)] = static_cast<std::uint8_t>(n >> (24 - 8 * i));
  return id;
}

}  // namespace yi::replay
