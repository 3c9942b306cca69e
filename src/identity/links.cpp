#include "identity/links.h"

#include "base/identifiers.h"

namespace yi::identity {

std::string external_pair(std::string_view issuer, std::string_view subject) { return std::string(issuer) + "\n" + std::string(subject); }

const store::View& LinkState::view() {
  using store::Type;
  static const store::View v{"identity_link_of", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"subject", Type::integer}, {"account", Type::text}, {"next", Type::integer}}};
  return v;
}
void LinkState::append_row(store::Row& row) const {
  row.emplace_back(account);
  row.emplace_back(next.value);
}
LinkState LinkState::from(const store::Row& row) { return {row[2].s, {row[3].i}}; }

std::vector<std::string_view> LinksGuard::listens_to() const { return {AccountLinked::kName, AccountBound::kName}; }

void LinksGuard::apply(const engine::RecordedFact& fact) {
  if (fact.record.name == AccountLinked::kName) {
    const auto f = fact.as<AccountLinked>();
    change(f.identity.value).account = f.account;
    return;
  }
  const auto f = fact.as<AccountBound>();
  const auto* a = accounts_.find(f.account);
  if (!a || !a->identity) return;
  auto& first = change(f.subject.value);
  const auto before = std::exchange(first.next, a->identity);
  change(a->identity.value).next = before;
}

std::string LinksGuard::account_of(SubjectId identity) {
  const auto* s = find(identity.value);
  return s ? s->account : "";
}

std::vector<SubjectId> LinksGuard::identities_of(SubjectId person) {
  std::vector<SubjectId> out;
  const auto* s = find(person.value);
  while (s && s->next) {
    out.push_back(s->next);
    s = find(out.back().value);
  }
  return out;
}

std::string linked_account(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, std::string_view issuer, std::string_view subject) {
  const auto identity = find_subject(reader, keys, centre, Viewer::anonymous(), IdKind::external, external_pair(issuer, subject));
  if (!identity) return "";
  auto c = reader.select("SELECT account FROM identity_link_of WHERE centre=$1 AND subject=$2", {centre.value, identity->value});
  return c->next() ? std::string(c->bytes(0)) : "";
}

void declare_links(engine::Registry& registry, AccountsGuard& accounts, const AccountFacts& facts, const Subjects& subjects) {
  auto& links = registry.add_guard<LinksGuard>(accounts);
  // Who has left everything leaves the way in as well: the pair leads to nobody any more.
  subjects.add_companions([&links](SubjectId person) { return links.identities_of(person); });
  auto codes = refusal_codes();
  for (const char* code : {"base.bad_identifier", "base.bad_check"}) codes.emplace_back(code);
  auto spec = engine::command<EnterExternal>("identity.enter_external", "经统一身份认证开户、实名绑定", std::move(codes),
                                             [&links, facts, subjects](engine::Turn& turn, const EnterExternal& c) -> Checked {
    const auto pair = external_pair(c.issuer, c.subject);
    const auto known = subjects.find(turn, IdKind::external, pair);
    const auto account = known ? links.account_of(*known) : "";
    const auto stream = "account:" + (account.empty() ? std::string(c.account) : account);
    const auto bind = [&](const std::string& to) {
      const auto person = subjects.subject_of(turn, IdKind::citizen, *c.number);
      turn.fact(stream, turn.now(), AccountBound{to, person}, person);
    };
    const auto today = civil_day(turn.now());
    if (account.empty()) {
      YI_TRY(const auto opened, decide(OpenApplicant{c.account}, facts));
      if (c.number) {
        YI_CHECK(check_citizen(*c.number, today));
      }
      turn.fact(stream, opened);
      const auto identity = subjects.subject_of(turn, IdKind::external, pair);
      turn.fact(stream, turn.now(), AccountLinked{c.account, identity}, identity);
      if (c.number) bind(c.account);
      return Done{};
    }
    if (!c.number) return refuse(Reason::nothing_new);
    const auto* a = facts.find(account);
    if (a->subject && subjects.known(a->subject)) {
      const auto person = subjects.find(turn, IdKind::citizen, *c.number);
      return refuse(person && *person == a->subject ? Reason::nothing_new : Reason::other_person);
    }
    YI_CHECK(check({account, IdKind::citizen, *c.number}, facts, today, [&](SubjectId s) { return subjects.known(s); }));
    bind(account);
    return Done{};
  });
  spec.has_door = false;
  registry.commands.push_back(std::move(spec));
}

}  // namespace yi::identity
