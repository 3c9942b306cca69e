#include "identity/audit.h"

#include <spdlog/spdlog.h>

#include <future>

#include "base/json.h"
#include "base/text.h"
#include "crypto/sm3.h"
#include "store/view_walk.h"

namespace yi::identity {
namespace {

constexpr std::string_view kFirst = "yichuang access audit 1";

// The bytes that an entry's place in the chain covers: the value before, then each column as text, led by its length.
std::string chained(std::string_view before, const store::Row& row, std::size_t columns) {
  std::string bytes(before);
  const auto add = [&](std::string_view s) {
    const auto n = static_cast<std::uint32_t>(s.size());
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(n >> shift);
    bytes += s;
  };
  for (std::size_t i = 0; i < columns; ++i) add(row[i].kind == store::Value::Kind::integer ? std::to_string(row[i].i) : row[i].s);
  return std::string(crypto::bytes(crypto::sm3(bytes)));
}

std::string first_link() { return std::string(crypto::bytes(crypto::sm3(kFirst))); }

}  // namespace

const store::View& audit_view() {
  using store::Type;
  static const store::View v{"identity_audit", 1, store::ViewKind::report, 2,
                             {{"centre", Type::integer}, {"number", Type::integer}, {"at_ms", Type::integer}, {"engine_at_ms", Type::integer},
                              {"account", Type::text}, {"outcome", Type::text}, {"act", Type::text}, {"object", Type::text},
                              {"subject", Type::integer}, {"code", Type::text}, {"reason", Type::text}, {"address", Type::text},
                              {"repeats", Type::integer}, {"chain", Type::bytes}},
                             {{"centre", "account", "number"}, {"centre", "object", "number"}}};
  return v;
}

Result<std::unique_ptr<AuditLog>> AuditLog::open(const store::Place& place, CentreCode centre, Now now, Now engine_now) {
  YI_TRY(auto opened, store::open_beside(place, kAuditFile, store::Mode::write));
  store::ensure_beside(opened->writer(), {&audit_view()});
  return std::unique_ptr<AuditLog>(new AuditLog(std::move(opened), centre, std::move(now), std::move(engine_now)));
}

AuditLog::AuditLog(std::unique_ptr<store::Store> s, CentreCode centre, Now now, Now engine_now)
    : store_(std::move(s)), centre_(centre), now_(std::move(now)), engine_now_(std::move(engine_now)) {
  thread_ = std::thread([this] { loop(); });
}

AuditLog::~AuditLog() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void AuditLog::push(AuditEntry entry, Durable durable) {
  Item item{std::move(entry), now_(), engine_now_(), std::move(durable)};
  {
    std::unique_lock lock(m_);
    if (!stopping_ && static_cast<std::int64_t>(queue_.size()) < limits::kAuditQueue.value) {
      queue_.push_back(std::move(item));
      lock.unlock();
      wake_.notify_one();
      return;
    }
    ++figures_.failed;
  }
  if (item.durable) item.durable(false);
}

AuditLog::Figures AuditLog::figures() const {
  std::lock_guard lock(m_);
  auto f = figures_;
  f.waiting = static_cast<std::int64_t>(queue_.size());
  return f;
}

void AuditLog::record(AuditEntry entry, Durable durable) { push(std::move(entry), std::move(durable)); }

Checked AuditLog::record_and_wait(AuditEntry entry) {
  std::promise<bool> promise;
  auto written = promise.get_future();
  push(std::move(entry), [&promise](bool good) { promise.set_value(good); });
  if (written.get()) return Done{};
  return Refusal{"identity.audit_unavailable", limits::kAuditQueue.message, "如持续出现，请联系管理员检查磁盘空间。", 503, ""};
}

// What was only counted becomes one entry an account.
void AuditLog::tell_counted() {
  for (auto& [account, r] : refused_) {
    if (r.untold == 0) continue;
    Item rest{{}, now_(), engine_now_(), {}};
    rest.entry.account = account;
    rest.entry.outcome = Outcome::refused;
    rest.entry.repeats = r.untold;
    queue_.push_back(std::move(rest));
  }
  refused_.clear();
}

void AuditLog::note(AuditEntry entry) {
  // What costs a stranger nothing must not fill the disk. (A wrong password costs them a hash, and names an account.)
  const bool nobody = entry.account.empty() || entry.account == "?";
  if (entry.outcome == Outcome::refused || (nobody && entry.outcome == Outcome::sign_in_failed)) {
    const auto now = now_();
    std::lock_guard lock(m_);
    if (now.ms - minute_.ms >= 60'000) {
      minute_ = now;
      tell_counted();
    }
    auto& r = refused_[entry.account];
    if (r.written >= limits::kRefusalsNoted.value) {
      ++r.untold;
      return;
    }
    ++r.written;
  }
  push(std::move(entry), {});
}

void AuditLog::loop() {
  for (;;) {
    std::vector<Item> group;
    bool last = false;
    {
      std::unique_lock lock(m_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) tell_counted();
      last = stopping_ && static_cast<std::int64_t>(queue_.size()) <= limits::kAuditBatch.value;
      const auto n = std::min<std::size_t>(queue_.size(), static_cast<std::size_t>(limits::kAuditBatch.value));
      group.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.begin() + static_cast<std::ptrdiff_t>(n)));
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(n));
    }
    const bool written = group.empty() || write(group);
    {
      std::lock_guard lock(m_);
      (written ? figures_.written : figures_.failed) += static_cast<std::int64_t>(group.size());
    }
    for (auto& item : group)
      if (item.durable) item.durable(written);
    if (last) return;
  }
}

// The chain goes on where it ends, whoever wrote last; the key (centre, number) lets nobody write beside it.
bool AuditLog::write(std::vector<Item>& group) noexcept {
  auto& w = store_->writer();
  try {
    w.recover();
    w.begin();
    w.lock_until_commit("audit " + std::to_string(centre_.value));
    std::int64_t number = 0;
    auto chain = first_link();
    {
      auto c = w.reader().select("SELECT number, chain FROM identity_audit WHERE centre=$1 ORDER BY number DESC LIMIT 1", {centre_.value});
      if (c->next()) {
        number = c->integer(0);
        chain = std::string(c->bytes(1));
      }
    }
    const auto columns = audit_view().columns.size();
    for (auto& [e, at, engine_at, durable] : group) {
      store::RowChange change{{centre_.value, ++number, at.ms, engine_at.ms, e.account, json::enum_name(e.outcome), e.act, e.object, e.subject, e.code,
                               e.reason, e.address, e.repeats},
                              store::RowChange::Kind::insert};
      chain = chained(chain, change.row, columns - 1);
      change.row.emplace_back(chain);
      w.change(audit_view(), audit_view().name, change);
    }
    w.commit();
  } catch (const std::exception& e) {
    w.rollback();
    spdlog::error("identity: the access audit cannot be written: {}", e.what());
    return false;
  }
  return true;
}

Result<std::vector<WrittenEntry>> search_audit(store::Reader& reader, CentreCode centre, const Viewer& viewer, const AuditQuestion& q) {
  YI_CHECK(viewer.require(Question::read_audit));
  std::string sql = "SELECT number, at_ms, engine_at_ms, account, outcome, act, object, subject, code, reason, address, repeats FROM identity_audit WHERE centre=$1";
  store::Row parameters{centre.value};
  const auto where = [&](const char* condition, store::Value v) {
    parameters.push_back(std::move(v));
    sql += std::string(condition) + "$" + std::to_string(parameters.size());
  };
  if (q.account) where(" AND account=", *q.account);
  if (q.object) where(" AND object=", *q.object);
  if (q.from) where(" AND at_ms>=", q.from->ms);
  if (q.to) where(" AND at_ms<", q.to->ms);
  if (q.before > 0) where(" AND number<", q.before);
  where(" ORDER BY number DESC LIMIT ", q.limit);
  auto c = reader.select(sql, parameters);
  std::vector<WrittenEntry> out;
  while (c->next()) {
    WrittenEntry e;
    e.number = c->integer(0);
    e.at = {c->integer(1)};
    e.engine_at = {c->integer(2)};
    e.account = std::string(c->bytes(3));
    json::enum_from(c->bytes(4), e.outcome);
    e.act = std::string(c->bytes(5));
    e.object = std::string(c->bytes(6));
    e.subject = c->integer(7);
    e.code = std::string(c->bytes(8));
    e.reason = std::string(c->bytes(9));
    e.address = std::string(c->bytes(10));
    e.repeats = c->integer(11);
    out.push_back(std::move(e));
  }
  return out;
}

VerifiedAudit verify_audit(store::Reader& reader, CentreCode centre) {
  VerifiedAudit v;
  const auto& view = audit_view();
  auto chain = first_link();
  if (!reader.has_table(view.name)) return {0, hex(chain), {}};  // never served
  for (store::ViewWalk walk(reader, view, view.name, centre); walk.next();) {
    const auto& row = walk.row();
    const auto expected = v.entries + 1;
    if (row[1].i != expected) {
      v.broken = "访问审计缺少第 " + std::to_string(expected) + " 条。";
      break;
    }
    chain = chained(chain, row, view.columns.size() - 1);
    if (row.back().s != chain) {
      v.broken = "访问审计第 " + std::to_string(expected) + " 条与校验值不符，曾被改动。";
      break;
    }
    ++v.entries;
  }
  v.head = hex(chain);
  return v;
}

}  // namespace yi::identity
