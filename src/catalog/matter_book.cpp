#include "catalog/matter_book.h"

#include <algorithm>
#include <mutex>

namespace yi::catalog {

const Matter* MatterBook::find(const MatterCode& code, int version) const {
  if (!any_.load(std::memory_order_acquire)) return nullptr;
  std::shared_lock lock(m_);
  const auto of = versions_.find(code.value);
  if (of == versions_.end()) return nullptr;
  const auto it = of->second.find(version);
  return it == of->second.end() ? nullptr : it->second;
}

const Matter* MatterBook::newest(const MatterCode& code) const {
  if (!any_.load(std::memory_order_acquire)) return nullptr;
  std::shared_lock lock(m_);
  const auto of = versions_.find(code.value);
  return of == versions_.end() || of->second.empty() ? nullptr : of->second.rbegin()->second;
}

void MatterBook::put(Matter m) {
  std::unique_lock lock(m_);
  auto& of = versions_[m.code.value];
  if (of.contains(m.version)) return;
  kept_.push_back(std::move(m));
  of.emplace(kept_.back().version, &kept_.back());
  any_.store(true, std::memory_order_release);
}

void MatterBook::forget(const MatterCode& code, int version) {
  std::unique_lock lock(m_);
  if (const auto of = versions_.find(code.value); of != versions_.end()) of->second.erase(version);
}

void MatterBook::complain(std::string sentence) {
  std::unique_lock lock(m_);
  if (std::find(complaints_.begin(), complaints_.end(), sentence) == complaints_.end()) complaints_.push_back(std::move(sentence));
}

std::vector<std::string> MatterBook::complaints() const {
  std::shared_lock lock(m_);
  return complaints_;
}

}  // namespace yi::catalog
