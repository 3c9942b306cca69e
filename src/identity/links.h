#pragma once
// Which account an identity at the provider opens (统一身份关联), and which identities belong to one person.
#include "engine/guard.h"
#include "identity/accounts.h"
#include "identity/subjects.h"

namespace yi::identity {

// What the blind index of an external account is made of (store::BlindKind::external).
std::string external_pair(std::string_view issuer, std::string_view subject);

// One row an identity, with its account; one row a person whose account has an identity, with the newest of them.
struct LinkState {
  std::string account;  // of an identity; "" for a person
  SubjectId next;       // an identity's: the next of the same person; a person's: the first
  static const store::View& view();
  void append_row(store::Row& row) const;
  static LinkState from(const store::Row& row);
};

class LinksGuard final : public engine::GuardTable<std::int64_t, LinkState> {
 public:
  // `accounts` is a guard of the same registry, added before this one.
  explicit LinksGuard(AccountsGuard& accounts) : accounts_(accounts) {}
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  std::string account_of(SubjectId identity);              // "" where there is none
  std::vector<SubjectId> identities_of(SubjectId person);  // newest first

 private:
  AccountsGuard& accounts_;
};

// The account of somebody at the provider, as committed; "" for nobody. For the door alone: who asks has proved to be it.
std::string linked_account(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, std::string_view issuer, std::string_view subject);

// The program's own command identity.enter_external (commands.h); companions of an erasure. Its refusals: those of opening and binding,
// "identity.nothing_new", and "identity.other_person" where the account is bound to somebody else already.
void declare_links(engine::Registry& registry, AccountsGuard& accounts, const AccountFacts& facts, const Subjects& subjects);

}  // namespace yi::identity
