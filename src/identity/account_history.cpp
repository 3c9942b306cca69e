#include "identity/account_history.h"

namespace yi::identity {

const store::View& account_history_view() {
  using store::Type;
  static const store::View v{"identity_account_history", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer},
                              {"account", Type::text},
                              {"seq", Type::integer},
                              {"what", Type::text},
                              {"at_ms", Type::integer},
                              {"by_account", Type::text},
                              {"roles", Type::integer},
                              {"detail", Type::text}}};
  return v;
}

std::vector<std::string_view> AccountHistoryReport::listens_to() const {
  return {AccountOpened::kName, RolesGranted::kName, AccountSuspended::kName, AccountRestored::kName, PostPairSet::kName, PasswordChanged::kName, TotpEnrolled::kName};
}

void AccountHistoryReport::project(const engine::RecordedFact& fact, store::RowBuffer& out) const {
  const auto put = [&](const std::string& account, AccountChange what, RoleSet roles = {}, const std::string& detail = "") {
    out.put({fact.centre.value, account, fact.seq, json::enum_name(what), fact.record.recorded_at.ms, fact.record.actor, static_cast<std::int64_t>(roles.bits), detail});
  };
  const auto name = fact.record.name;
  if (name == AccountOpened::kName) {
    const auto f = fact.as<AccountOpened>();
    // Applicants open their own; there are many, and nobody administers them.
    if (f.kind == AccountKind::staff) put(f.account, AccountChange::opened, {}, f.department.value_or(DepartmentCode{}).value);
  } else if (name == RolesGranted::kName) {
    const auto f = fact.as<RolesGranted>();
    RoleSet roles;
    for (const Role r : f.roles) roles = roles | RoleSet{r};
    put(f.account, AccountChange::roles_granted, roles, f.department.value_or(DepartmentCode{}).value);
  } else if (name == AccountSuspended::kName) {
    const auto f = fact.as<AccountSuspended>();
    put(f.account, AccountChange::suspended, {}, f.reason);
  } else if (name == AccountRestored::kName) {
    const auto f = fact.as<AccountRestored>();
    put(f.account, AccountChange::restored, {}, f.reason);
  } else if (name == PostPairSet::kName) {
    const auto f = fact.as<PostPairSet>();
    put(f.first, AccountChange::paired, {}, f.second);
    put(f.second, AccountChange::paired, {}, f.first);
  } else if (name == PasswordChanged::kName) {
    put(fact.as<PasswordChanged>().account, AccountChange::password_changed);
  } else if (name == TotpEnrolled::kName) {
    put(fact.as<TotpEnrolled>().account, AccountChange::totp_enrolled);
  }
}

Result<std::vector<AccountHistoryRow>> account_history(store::Reader& reader, CentreCode centre, const Viewer& viewer, const std::string& account, int limit) {
  YI_CHECK(viewer.require(Question::read_accounts));
  auto c = reader.select("SELECT seq, what, at_ms, by_account, roles, detail FROM identity_account_history WHERE centre=$1 AND account=$2 ORDER BY seq DESC LIMIT $3",
                         {centre.value, account, limit});
  std::vector<AccountHistoryRow> out;
  while (c->next()) {
    AccountHistoryRow r;
    r.seq = c->integer(0);
    json::enum_from(c->bytes(1), r.what);
    r.at = {c->integer(2)};
    r.by = std::string(c->bytes(3));
    r.roles = RoleSet(static_cast<std::uint32_t>(c->integer(4)));
    r.detail = std::string(c->bytes(5));
    out.push_back(std::move(r));
  }
  return out;
}

}  // namespace yi::identity
