#include "identity/declare.h"

#include "identity/account_history.h"
#include "identity/links.h"

namespace yi::identity {
namespace {

std::string stream_of(const std::string& account) { return "account:" + account; }

template <class C, class Decide>
engine::CommandSpec own_command(std::string name, std::string summary, Decide decide) {
  auto spec = engine::command<C>(std::move(name), std::move(summary), refusal_codes(), decide);
  spec.has_door = false;
  return spec;
}

void declare_own(engine::Registry& registry, const AccountFacts& facts) {
  registry.commands.push_back(own_command<OpenThreePosts>("identity.open_three_posts", "设立三员", [facts](engine::Turn& turn, const OpenThreePosts& c) -> Checked {
    YI_CHECK(decide(c, facts));
    const auto open = [&](const AccountName& account, const Text<60>& name, Role post) {
      turn.fact(stream_of(account), AccountOpened{account, AccountKind::staff, name, {}, {}});
      turn.fact(stream_of(account), RolesGranted{account, {post}, {}});
    };
    open(c.administrator, c.administrator_name, Role::administrator);
    open(c.security_administrator, c.security_administrator_name, Role::security_administrator);
    open(c.auditor, c.auditor_name, Role::auditor);
    return Done{};
  }));
  registry.commands.push_back(own_command<OpenApplicant>("identity.open_applicant", "申请人注册", [facts](engine::Turn& turn, const OpenApplicant& c) -> Checked {
    YI_TRY(const auto fact, decide(c, facts));
    turn.fact(stream_of(c.account), fact);
    return Done{};
  }));
  registry.commands.push_back(own_command<NotePassword>("identity.note_password", "记录密码已变更", [facts](engine::Turn& turn, const NotePassword& c) -> Checked {
    if (!facts.find(c.account)) return refuse(Reason::unknown_account);
    turn.fact(stream_of(c.account), PasswordChanged{c.account});
    return Done{};
  }));
  registry.commands.push_back(own_command<NoteTotp>("identity.note_totp", "记录动态口令已启用", [facts](engine::Turn& turn, const NoteTotp& c) -> Checked {
    if (!facts.find(c.account)) return refuse(Reason::unknown_account);
    turn.fact(stream_of(c.account), TotpEnrolled{c.account});
    return Done{};
  }));
}

// The number itself is in no fact: the subject has it sealed, and the command's digest is bound to the subject's key.
void declare_binding(engine::Registry& registry, const AccountFacts& facts, const Subjects& subjects) {
  auto codes = refusal_codes();
  for (const char* code : {"base.bad_identifier", "base.bad_check"}) codes.emplace_back(code);
  registry.commands.push_back(engine::command<BindApplicant>("identity.bind_applicant", "实名绑定申请人账号", std::move(codes), [facts, subjects](engine::Turn& turn, const BindApplicant& c) -> Checked {
    YI_CHECK(check(c, facts, civil_day(turn.now()), [&](SubjectId s) { return subjects.known(s); }));
    const auto subject = subjects.subject_of(turn, c.kind, c.number);
    turn.fact(stream_of(std::string(c.account)), turn.now(), AccountBound{c.account, subject}, subject);
    return Done{};
  }));
}

}  // namespace

void declare(engine::Registry& registry, KnownPlaces known, std::shared_ptr<AccountBook> book, std::optional<Subjects> subjects) {
  auto& guard = registry.add_guard<AccountsGuard>(book);
  registry.add_report<AccountHistoryReport>();
  const AccountFacts facts{[&guard](const std::string& account) { return guard.find(account); }, known.department, known.window,
                           [book](Role r) { return book ? book->holders(r) : 0; }};
  const auto add = [&]<class C>(const char* name, const char* summary) {
    registry.commands.push_back(engine::command<C>(name, summary, refusal_codes(), [facts](engine::Turn& turn, const C& c) -> Checked {
      YI_TRY(const auto fact, decide(c, turn.actor(), facts));
      turn.fact(stream_of(fact.account), fact);
      return Done{};
    }));
  };
  add.template operator()<OpenAccount>("identity.open_account", "开立工作人员账号");
  add.template operator()<GrantRoles>("identity.grant_roles", "授予岗位");
  add.template operator()<SuspendAccount>("identity.suspend_account", "停用账号");
  add.template operator()<RestoreAccount>("identity.restore_account", "恢复账号");
  registry.commands.push_back(engine::command<SetPostPair>("identity.set_post_pair", "设定A/B岗", refusal_codes(), [facts](engine::Turn& turn, const SetPostPair& c) -> Checked {
    YI_TRY(const auto fact, decide(c, facts));
    turn.fact(stream_of(fact.first), fact);
    return Done{};
  }));
  declare_own(registry, facts);
  if (!subjects) return;
  declare_binding(registry, facts, *subjects);
  declare_links(registry, guard, facts, *subjects);
}

}  // namespace yi::identity
