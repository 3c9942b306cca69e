#include "store/verify.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "base/text.h"
#include "store/merkle.h"
#include "store/record.h"

namespace yi::store {
namespace {

// Far more than a lane's group ever holds; a larger count is damage, and would only fill memory.
constexpr std::int64_t kMostInAGroup = 1'000'000;

// A run of records on its way from the reading to the hashing thread.
struct Batch {
  std::vector<LedgerRow> rows;
  std::string bytes;
  std::vector<std::pair<std::size_t, std::size_t>> spans;  // offsets of mark (8) and record in bytes, record length
};

class Channel {
 public:
  void push(Batch b) {
    std::unique_lock lock(m_);
    space_.wait(lock, [&] { return q_.size() < 8 || stopped_; });
    if (stopped_) return;
    q_.push_back(std::move(b));
    ready_.notify_one();
  }
  bool pop(Batch& b) {
    std::unique_lock lock(m_);
    ready_.wait(lock, [&] { return !q_.empty() || done_; });
    if (q_.empty()) return false;
    b = std::move(q_.front());
    q_.pop_front();
    space_.notify_one();
    return true;
  }
  void finish() {
    std::lock_guard lock(m_);
    done_ = true;
    ready_.notify_all();
  }
  void stop() {
    std::lock_guard lock(m_);
    stopped_ = true;
    space_.notify_all();
  }
  bool stopped() {
    std::lock_guard lock(m_);
    return stopped_;
  }

 private:
  std::mutex m_;
  std::condition_variable ready_, space_;
  std::deque<Batch> q_;
  bool done_ = false, stopped_ = false;
};

// Follows records and groups side by side and remembers the first thing that is wrong.
class Checker {
 public:
  Checker(CentreCode centre, std::vector<GroupRow> groups) : centre_(centre), groups_(std::move(groups)) {}
  Verified result;

  bool record(std::int64_t seq, std::string_view mark, std::string_view bytes) {
    if (seq != result.events + 1)
      return broken("第 " + std::to_string(result.events + 1) + " 条记录缺失。", result.events + 1);
    if (group_ >= groups_.size()) return broken("第 " + std::to_string(seq) + " 条记录不属于任何提交组。", seq);
    Record r;
    const auto leaf = hash_.leaf(centre_, seq, bytes);
    if (mark != crypto::bytes(leaf).substr(0, 8))
      return broken("第 " + std::to_string(seq) + " 条记录与其散列不符，内容被改动或损坏。", seq);
    if (!decode(bytes, r)) return broken("第 " + std::to_string(seq) + " 条记录无法读取。", seq);
    if (r.recorded_at.ms < last_at_) return broken("第 " + std::to_string(seq) + " 条记录的时间早于前一条。", seq);
    last_at_ = r.recorded_at.ms;
    leaves_.push_back(leaf);
    result.events = seq;
    const auto& g = groups_[group_];
    if (g.count < 1 || g.count > kMostInAGroup)
      return broken("第 " + std::to_string(g.number) + " 提交组的条数不合理。", 0);
    return static_cast<std::int64_t>(leaves_.size()) < g.count || close_group(g);
  }
  bool finish(const HeadRow& head) {
    if (group_ < groups_.size()) return broken("第 " + std::to_string(result.events + 1) + " 条记录缺失。", result.events + 1);
    if (head.recorded_at != (result.events ? last_at_ : 0))
      return broken("账本的头所记的时间与最后一条记录不符。", 0);
    if (head.seq != result.events || head.groups != static_cast<std::int64_t>(groups_.size()) || head.peaks != peaks_)
      return broken("账本的头与记录不符：头记 " + std::to_string(head.seq) + " 条，实有 " +
                        std::to_string(result.events) + " 条，或峰值散列不同。", 0);
    result.head_hash = hex(crypto::bytes(hash_.head(centre_, head)));
    return true;
  }

 private:
  bool close_group(const GroupRow& g) {
    const auto root = hash_.root(leaves_);
    leaves_.clear();
    const std::string where = "第 " + std::to_string(g.number) + " 提交组（第 " + std::to_string(g.first_seq) + " 至 " +
                              std::to_string(g.first_seq + g.count - 1) + " 条记录）";
    if (g.number != static_cast<std::int64_t>(group_) + 1 || g.first_seq != result.events - g.count + 1)
      return broken(where + "的序号不连续。", 0);
    if (g.recorded_at != last_at_) return broken(where + "的时间与组内最后一条记录不符。", 0);
    if (g.root != crypto::bytes(root)) return broken(where + "的根散列不符。", 0);
    hash_.add_peak(peaks_, g.number, hash_.group(centre_, g));
    ++group_;
    result.groups = g.number;
    return true;
  }
  bool broken(std::string what, std::int64_t seq) {
    result.broken = std::move(what);
    result.broken_seq = seq;
    return false;
  }
  CentreCode centre_;
  std::vector<GroupRow> groups_;
  std::size_t group_ = 0;
  std::vector<crypto::Digest> leaves_;
  std::string peaks_;
  std::int64_t last_at_ = INT64_MIN;
  LedgerHash hash_;
};

}  // namespace

// From the heads, the groups and the records alike: a ledger whose head was taken away is still a ledger.
std::vector<CentreCode> centres(Reader& reader) {
  std::set<std::int32_t> found;
  for (const char* sql : {"SELECT centre FROM ledger_head", "SELECT DISTINCT centre FROM ledger_group"}) {
    auto c = reader.select(sql, {});
    while (c->next()) found.insert(static_cast<std::int32_t>(c->integer(0)));
  }
  for (CentreCode next{0}; reader.next_centre(next);) found.insert(next.value);
  std::vector<CentreCode> out;
  for (const auto c : found) out.push_back({c});
  return out;
}

Verified verify(Reader& reader, CentreCode centre, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  reader.begin_snapshot();
  Verified out;
  std::int64_t reached = 0;
  try {
    const HeadRow head = reader.head(centre);
    std::vector<GroupRow> groups;
    reader.groups(centre, 1, [&](const GroupRow& g) {
      groups.push_back(g);
      return true;
    });
    Checker checker(centre, std::move(groups));
    Channel channel;
    bool fine = true;
    std::thread hashing([&] {
      Batch b;
      while (fine && channel.pop(b)) {
        for (std::size_t i = 0; i < b.rows.size() && fine; ++i) {
          const auto [at, length] = b.spans[i];
          fine = checker.record(b.rows[i].seq, std::string_view(b.bytes).substr(at, 8),
                                std::string_view(b.bytes).substr(at + 8, length));
        }
        if (progress && fine) progress(checker.result.events, head.seq);
      }
      if (!fine) channel.stop();
    });
    std::optional<Failure> failure;
    try {
      Batch b;
      reader.events(centre, 1, INT64_C(1) << 39, [&](const LedgerRow& row) {
        reached = row.seq;
        b.spans.emplace_back(b.bytes.size(), row.record.size());
        b.bytes += row.mark;
        b.bytes.resize(b.spans.back().first + 8);  // a mark of another length is broken, and stays within its place
        b.bytes += row.record;
        b.rows.push_back({row.seq, {}, {}});
        if (b.rows.size() >= 2048) {
          channel.push(std::move(b));
          b = {};
          return !channel.stopped();
        }
        return true;
      });
      channel.push(std::move(b));
    } catch (const Failure& f) {
      failure = f;
    }
    channel.finish();
    hashing.join();
    if (fine && failure) throw *failure;
    if (fine) checker.finish(head);
    out = checker.result;
  } catch (const Failure& f) {
    out.broken = "数据文件在第 " + std::to_string(reached) + " 条记录之后损坏，无法继续读取（" + f.what() + "）。";
    out.broken_seq = reached + 1;
  }
  try {
    reader.end_snapshot();
  } catch (const Failure&) {  // of a damaged file; what was found stands
  }
  return out;
}

}  // namespace yi::store
