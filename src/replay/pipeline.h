#pragma once
// Commands at their own times into the engine: many on their way at once, ids that are the same in every run.
#include <condition_variable>
#include <mutex>
#include <optional>

#include "engine/engine.h"
#include "replay/plan.h"

namespace yi::replay {

class Pipeline {
 public:
  // `series` keeps the ids of two pipelines of one ledger apart.
  explicit Pipeline(engine::Engine& engine, std::uint8_t series = 0) : engine_(engine), series_(series) {}
  ~Pipeline();  // a refused replay ends here while later commands are still on their way
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Does not wait; keeps the first refusal, and sends nothing after it. The operator's act.
  Checked send(const Step& step);
  // Waits for all that was sent; the first refusal is told once.
  Checked finish();
  // Sends one as somebody's act and waits for its answer.
  Result<engine::Answer> run(const Step& step, const engine::Actor& by);

 private:
  Result<engine::Submission> submission(const Step& step, const engine::Actor& by);
  void answered(Result<engine::Answer> a, CaseId opens);
  // Time-ordered and the same in every run, so that the same files give the same ledger.
  store::CommandId id_of(Instant at);
  engine::Engine& engine_;
  std::uint8_t series_;
  std::mutex m_;
  std::condition_variable idle_;
  std::int64_t under_way_ = 0;
  std::optional<Refusal> refused_;
  std::uint32_t count_ = 0;
};

}  // namespace yi::replay
