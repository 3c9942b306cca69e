#pragma once
// How much one account may upload: so that nobody alone fills the disk or holds every place of an upload.
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/limits.h"
#include "base/result.h"

namespace yi::app {

// Any thread. In memory: files that no fact names are swept after 24 hours, and a restart forgets the count of a day.
class UploadQuota : public std::enable_shared_from_this<UploadQuota> {
 public:
  // One upload of an account; its place is free again when it is destroyed.
  class Place {
   public:
    Place(std::shared_ptr<UploadQuota> quota, std::string account) : quota_(std::move(quota)), account_(std::move(account)) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { quota_->leave(account_); }
    // So many more bytes are coming. Refusal "app.upload_quota" (429).
    Checked take(std::size_t bytes, std::int64_t now_ms) { return quota_->take(account_, bytes, now_ms); }

   private:
    std::shared_ptr<UploadQuota> quota_;
    std::string account_;
  };
  // Refusal "app.too_many_uploads" (429).
  Result<std::unique_ptr<Place>> enter(const std::string& account);

 private:
  struct Use {
    std::int64_t open = 0, bytes = 0, since_ms = 0;
  };
  Checked take(const std::string& account, std::size_t bytes, std::int64_t now_ms);
  void leave(const std::string& account);
  std::mutex m_;
  std::map<std::string, Use> uses_;
};

}  // namespace yi::app
