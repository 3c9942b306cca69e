#include "identity/provider_desk.h"

#include <spdlog/spdlog.h>

#include "base/limits.h"

namespace yi::identity {

ProviderDesk::ProviderDesk(std::unique_ptr<ExternalIdentity> provider) : provider_(std::move(provider)) {
  for (std::int64_t i = 0; i < limits::kProviderThreads.value; ++i) threads_.emplace_back([this] { work(); });
}

Checked ProviderDesk::take(std::function<void()> job) {
  {
    std::lock_guard lock(m_);
    if (stopping_ || static_cast<std::int64_t>(jobs_.size()) >= limits::kProviderQueue.value)
      return Refusal{"identity.provider_busy", limits::kProviderQueue.message, "请过一分钟再试，或改用本系统的账号登录。", 503, ""};
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return Done{};
}

void ProviderDesk::work() {
  for (;;) {
    std::function<void()> job;
    {
      std::unique_lock lock(m_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    try {
      job();
    } catch (const std::exception& e) {  // its Responder, dropped, answers 500
      spdlog::error("a log-in at the identity provider failed: {}", e.what());
    }
  }
}

void ProviderDesk::stop() {
  std::deque<std::function<void()>> dropped;
  {
    std::lock_guard lock(m_);
    stopping_ = true;
    dropped.swap(jobs_);
  }
  wake_.notify_all();
  for (auto& t : threads_) t.join();
  threads_.clear();
}

}  // namespace yi::identity
