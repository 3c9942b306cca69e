#pragma once
// Where log-ins at the identity provider are worked off, on threads of their own: a provider that hangs must not hold the workers that
// every other page needs.
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "identity/oidc.h"

namespace yi::identity {

class ProviderDesk {
 public:
  explicit ProviderDesk(std::unique_ptr<ExternalIdentity> provider);
  ~ProviderDesk() { stop(); }
  ExternalIdentity& provider() { return *provider_; }
  // Runs `job` later, on a thread that may wait for the provider. Refusal "identity.provider_busy" past limits::kProviderQueue.
  Checked take(std::function<void()> job);
  // What runs is finished, what waits is dropped (a Responder then answers by itself). Before engine and Gatekeeper go.
  void stop();

 private:
  void work();
  std::unique_ptr<ExternalIdentity> provider_;
  std::mutex m_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace yi::identity
