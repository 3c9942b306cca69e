#include "identity/accounts.h"

#include <mutex>

#include "base/clock.h"
#include "base/text.h"

namespace yi::identity {
namespace {

std::string joined(const std::vector<WindowCode>& windows) {
  std::vector<std::string> parts;
  for (const auto& w : windows) parts.push_back(w.value);
  return join(parts, ",");
}

std::vector<WindowCode> windows_of(std::string_view text) {
  std::vector<WindowCode> out;
  if (!text.empty())
    for (auto& part : split(text, ',')) out.push_back({std::move(part)});
  return out;
}

// Applicants of whom nobody asks any more make room for others.
constexpr std::size_t kMostInMemory = 50'000;

std::shared_ptr<const Account> account_of(const store::View& view, const store::Cursor& cursor) {
  const auto row = store::read_row(view, cursor);
  return std::make_shared<const Account>(Account{row[1].s, AccountState::from(row)});
}

}  // namespace

const store::View& AccountState::view() {
  using store::Merge, store::Personal, store::Type;
  static const store::View v{"identity_account", 3, store::ViewKind::guard, 2,
                             {{"centre", Type::integer},
                              {"account", Type::text},
                              {"kind", Type::text},
                              {"name", Type::text, Merge::replace, Personal::name},
                              {"department", Type::text},
                              {"windows", Type::text},
                              {"roles", Type::integer},
                              {"suspended", Type::integer},
                              {"pair", Type::text},
                              {"version", Type::integer},
                              {"subject", Type::integer},
                              {"identity", Type::integer}}};
  return v;
}

void AccountState::append_row(store::Row& row) const {
  row.emplace_back(json::enum_name(kind));
  row.emplace_back(name);
  row.emplace_back(department.value);
  row.emplace_back(joined(windows));
  row.emplace_back(static_cast<std::int64_t>(roles.bits));
  row.emplace_back(suspended ? 1 : 0);
  row.emplace_back(pair);
  row.emplace_back(version);
  row.emplace_back(subject.value);
  row.emplace_back(identity.value);
}

AccountState AccountState::from(const store::Row& row) {
  AccountState s;
  json::enum_from(row[2].s, s.kind);
  s.name = row[3].s;
  s.department.value = row[4].s;
  s.windows = windows_of(row[5].s);
  s.roles = RoleSet(static_cast<std::uint32_t>(row[6].i));
  s.suspended = row[7].i != 0;
  s.pair = row[8].s;
  s.version = row[9].i;
  s.subject.value = row[10].i;
  s.identity.value = row[11].i;
  return s;
}

// A node that has begun to lead knows nothing of what others changed meanwhile: it starts anew, and what the lane publishes from then
// on is newer than any row that is read.
bool AccountBook::current() const {
  if (!leads_) return true;
  if (!leads_()) {
    std::unique_lock lock(m_);
    if (whole_ || !accounts_.empty()) {
      accounts_.clear();
      holders_ = {};
      whole_ = false;
    }
    return false;
  }
  {
    std::shared_lock lock(m_);
    if (whole_) return true;
  }
  read_staff();
  return true;
}

void AccountBook::read_staff() const {
  auto staff = read_all_();
  std::unique_lock lock(m_);
  for (auto& a : staff) {
    const auto [it, fresh] = accounts_.try_emplace(a->account, a);  // whoever published it meanwhile knows better
    if (fresh) count(a->state, +1);
  }
  whole_ = true;
  known_.clear();
}

std::shared_ptr<const Account> AccountBook::ask(const std::string& account) const {
  const auto now = monotonic_ns();
  auto found = read_ ? read_(account) : nullptr;
  std::unique_lock lock(m_);
  if (known_.size() >= kMostInMemory) known_.clear();
  return (known_[account] = {std::move(found), now}).account;
}

std::shared_ptr<const Account> AccountBook::find_newest(const std::string& account) const { return current() ? find(account) : ask(account); }

std::shared_ptr<const Account> AccountBook::find(const std::string& account) const {
  if (!current()) {
    {
      std::shared_lock lock(m_);
      if (const auto it = known_.find(account); it != known_.end() && monotonic_ns() - it->second.at_ns < kKnownMs * 1'000'000) return it->second.account;
    }
    return ask(account);
  }
  ReadOne read;
  {
    std::shared_lock lock(m_);
    if (const auto it = accounts_.find(account); it != accounts_.end()) return it->second;
    read = read_;
  }
  if (!read) return nullptr;
  auto found = read(account);
  if (!found) return nullptr;
  std::unique_lock lock(m_);
  if (accounts_.size() >= kMostInMemory) std::erase_if(accounts_, [](const auto& e) { return e.second->state.kind == AccountKind::applicant; });
  // Whoever published it meanwhile knows better.
  return accounts_.try_emplace(account, std::move(found)).first->second;
}

int AccountBook::holders(Role role) const {
  if (!current()) {
    bool known = false;
    {
      std::shared_lock lock(m_);
      known = staff_at_ns_ != 0 && monotonic_ns() - staff_at_ns_ < kKnownMs * 1'000'000;
    }
    if (!known) {
      const auto now = monotonic_ns();
      const auto staff = read_all_();
      std::unique_lock lock(m_);
      holders_ = {};
      for (const auto& a : staff) count(a->state, +1);
      staff_at_ns_ = now;
    }
  }
  std::shared_lock lock(m_);
  return holders_[static_cast<std::size_t>(role)];
}

// Of staff alone: they are all in memory.
void AccountBook::count(const AccountState& state, int sign) const {
  if (state.kind != AccountKind::staff || state.suspended) return;
  for (int i = 0; i < kRoles; ++i)
    if (state.roles.has(static_cast<Role>(i))) holders_[static_cast<std::size_t>(i)] += sign;
}

void AccountBook::put(const std::string& account, const AccountState& state) {
  auto fresh = std::make_shared<const Account>(Account{account, state});
  std::unique_lock lock(m_);
  auto& place = accounts_[account];
  if (place) count(place->state, -1);
  count(state, +1);
  place = std::move(fresh);
}

void AccountBook::load(store::Reader& reader, CentreCode centre) {
  const auto staff = identity::read_staff(reader, centre);
  std::unique_lock lock(m_);
  accounts_.clear();
  holders_ = {};
  for (const auto& a : staff) {
    accounts_[a->account] = a;
    count(a->state, +1);
  }
  whole_ = true;
}

void AccountBook::read_with(ReadOne read) {
  std::unique_lock lock(m_);
  read_ = std::move(read);
}

void AccountBook::follow_with(ReadAll all, std::function<bool()> leads) {
  std::unique_lock lock(m_);
  read_all_ = std::move(all);
  leads_ = std::move(leads);
}

void AccountBook::begin_term() {
  std::unique_lock lock(m_);
  if (!read_all_) return;  // filled once, by load
  accounts_.clear();
  holders_ = {};
  whole_ = false;
}

std::vector<std::string_view> AccountsGuard::listens_to() const {
  return {AccountOpened::kName, RolesGranted::kName, AccountSuspended::kName, AccountRestored::kName, PostPairSet::kName, AccountBound::kName, AccountLinked::kName};
}

AccountState& AccountsGuard::touch(const std::string& account, std::int64_t seq) {
  touched_.push_back(account);
  auto& s = change(account);
  s.version = seq;
  return s;
}

void AccountsGuard::apply(const engine::RecordedFact& fact) {
  const auto name = fact.record.name;
  if (name == AccountOpened::kName) {
    const auto f = fact.as<AccountOpened>();
    auto& s = touch(f.account, fact.seq);
    s.kind = f.kind;
    s.name = f.name.value_or("");
    s.department = f.department.value_or(DepartmentCode{});
    s.windows = f.windows;
    if (f.kind == AccountKind::applicant) s.roles = RoleSet{Role::applicant};
  } else if (name == RolesGranted::kName) {
    const auto f = fact.as<RolesGranted>();
    auto& s = touch(f.account, fact.seq);
    s.roles = {};
    for (const Role r : f.roles) s.roles = s.roles | RoleSet{r};
    if (f.department) s.department = *f.department;
  } else if (name == AccountSuspended::kName) {
    touch(fact.as<AccountSuspended>().account, fact.seq).suspended = true;
  } else if (name == AccountRestored::kName) {
    touch(fact.as<AccountRestored>().account, fact.seq).suspended = false;
  } else if (name == AccountBound::kName) {
    const auto f = fact.as<AccountBound>();
    touched_.push_back(f.account);
    change(f.account).subject = f.subject;  // its roles are the same: sessions stay, and act for the person at once
  } else if (name == AccountLinked::kName) {
    const auto f = fact.as<AccountLinked>();
    touched_.push_back(f.account);
    change(f.account).identity = f.identity;
  } else if (name == PostPairSet::kName) {
    const auto f = fact.as<PostPairSet>();
    for (const auto& [one, other] : {std::pair{f.first, f.second}, {f.second, f.first}}) {
      std::string before;
      if (const auto* s = find(one)) before = s->pair;
      if (!before.empty() && before != other) {
        touched_.push_back(before);
        change(before).pair.clear();
      }
      touched_.push_back(one);
      change(one).pair = other;  // what one may do is the same: sessions stay
    }
  }
}

void AccountsGuard::committed() {
  // Before memory is trimmed: what was changed is still in it, so that nothing is read behind a commit.
  if (book_)
    for (const auto& account : touched_)
      if (const auto* s = find(account)) book_->put(account, *s);
  touched_.clear();
  GuardTable::committed();
}

void AccountsGuard::abandoned() {
  touched_.clear();
  GuardTable::abandoned();
}

// A suspension may have arrived that nobody was answered for: the book is read anew too.
void AccountsGuard::forget() {
  touched_.clear();
  GuardTable::forget();
  if (book_) book_->begin_term();
}

std::shared_ptr<const Account> read_account(store::Reader& reader, CentreCode centre, const std::string& account) {
  const auto& view = AccountState::view();
  auto c = reader.select(store::select_row_sql(view, view.name), {centre.value, account});
  return c->next() ? account_of(view, *c) : nullptr;
}

std::vector<std::shared_ptr<const Account>> read_staff(store::Reader& reader, CentreCode centre) {
  const auto& view = AccountState::view();
  std::string columns;
  for (const auto& c : view.columns) columns += (columns.empty() ? "" : ", ") + c.name;
  std::vector<std::shared_ptr<const Account>> out;
  auto c = reader.select("SELECT " + columns + " FROM identity_account WHERE centre=$1 AND kind=$2", {centre.value, json::enum_name(AccountKind::staff)});
  while (c->next()) out.push_back(account_of(view, *c));
  return out;
}

Result<std::vector<Account>> list_accounts(store::Reader& reader, CentreCode centre, const Viewer& viewer, AccountKind kind,
                                           const std::string& after, int limit) {
  YI_CHECK(viewer.require(Question::read_accounts));
  const auto& view = AccountState::view();
  std::string columns;
  for (const auto& c : view.columns) columns += (columns.empty() ? "" : ", ") + c.name;
  auto c = reader.select("SELECT " + columns + " FROM identity_account WHERE centre=$1 AND account>$2 AND kind=$3 ORDER BY account LIMIT $4",
                         {centre.value, after, json::enum_name(kind), limit});
  std::vector<Account> out;
  while (c->next()) out.push_back(*account_of(view, *c));
  return out;
}

}  // namespace yi::identity
