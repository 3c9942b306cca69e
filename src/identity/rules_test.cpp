#include "identity/rules.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/rebuild.h"
#include "identity/role_table.h"
#include "identity/test_house.h"

namespace yi::identity {
namespace {

const engine::Actor kAdministrator{"admin.li", "staff", "", {}, RoleSet{Role::administrator}.bits};
const engine::Actor kSecurity{"sec.wu", "staff", "", {}, RoleSet{Role::security_administrator}.bits};

struct World {
  std::map<std::string, AccountState> accounts;
  AccountFacts facts{[this](const std::string& a) { return accounts.contains(a) ? &accounts[a] : nullptr; },
                     [](const DepartmentCode& d) { return d.value == "scjgj"; }, [](const WindowCode& w) { return w.value == "W01"; },
                     [this](Role r) {
                       int n = 0;
                       for (const auto& [name, s] : accounts) n += s.roles.has(r) && !s.suspended;
                       return n;
                     }};
  World() {
    accounts["admin.li"].roles = RoleSet{Role::administrator};
    accounts["sec.wu"].roles = RoleSet{Role::security_administrator};
    accounts["w01.chen"] = {};
    accounts["somebody"].kind = AccountKind::applicant;
  }
  std::string grant(const std::string& account, std::vector<Role> roles, const engine::Actor& by, const char* department = nullptr) {
    GrantRoles c{account, std::move(roles), {}};
    if (department) c.department = DepartmentCode{department};
    const auto r = decide(c, by, facts);
    return r ? "" : r.error().code;
  }
};

TEST(AccountRules, ThreePostsAreSeparate) {
  World w;
  EXPECT_EQ(w.grant("w01.chen", {Role::clerk}, kSecurity), "");
  EXPECT_EQ(w.grant("w01.chen", {Role::auditor, Role::clerk}, kSecurity), "");
  EXPECT_EQ(w.grant("w01.chen", {Role::administrator, Role::auditor}, kSecurity), "identity.posts_separate");
  EXPECT_EQ(w.grant("w01.chen", {Role::security_administrator, Role::administrator}, kSecurity), "identity.posts_separate");
  EXPECT_EQ(w.grant("w01.chen", {Role::clerk}, kAdministrator), "identity.post_required");  // whatever the table of roles says
  EXPECT_EQ(w.grant("sec.wu", {Role::clerk}, kSecurity), "identity.own_account");
  EXPECT_EQ(w.grant("w01.chen", {Role::system}, kSecurity), "identity.role_not_granted");
  EXPECT_EQ(w.grant("w01.chen", {Role::applicant}, kSecurity), "identity.role_not_granted");
  EXPECT_EQ(w.grant("somebody", {Role::clerk}, kSecurity), "identity.not_staff");
  EXPECT_EQ(w.grant("nobody", {Role::clerk}, kSecurity), "identity.unknown_account");
  EXPECT_EQ(decide(OpenAccount{"new.one", "新人", {}, {}}, kSecurity, w.facts).error().code, "identity.post_required");
  EXPECT_TRUE(decide(OpenAccount{"new.one", "新人", {}, {}}, kAdministrator, w.facts).ok());
}

TEST(AccountRules, TheLastOfAPostStays) {
  World w;
  EXPECT_EQ(w.grant("admin.li", {}, kSecurity), "identity.last_of_its_post");
  EXPECT_EQ(decide(SuspendAccount{"admin.li", "离职"}, kSecurity, w.facts).error().code, "identity.last_of_its_post");
  w.accounts["admin.two"].roles = RoleSet{Role::administrator};
  EXPECT_EQ(w.grant("admin.li", {}, kSecurity), "");
  EXPECT_TRUE(decide(SuspendAccount{"admin.li", "离职"}, kSecurity, w.facts).ok());
  w.accounts["admin.two"].suspended = true;
  EXPECT_EQ(decide(SuspendAccount{"admin.li", "离职"}, kSecurity, w.facts).error().code, "identity.last_of_its_post");
}

TEST(AccountRules, ADepartmentsRoleNeedsADepartment) {
  World w;
  EXPECT_EQ(w.grant("w01.chen", {Role::handler}, kSecurity), "identity.department_required");
  EXPECT_EQ(w.grant("w01.chen", {Role::handler}, kSecurity, "nowhere"), "identity.unknown_department");
  EXPECT_EQ(w.grant("w01.chen", {Role::handler}, kSecurity, "scjgj"), "");
}

TEST(AccountRules, NamesOfAccounts) {
  for (const char* good : {"abc", "w01.chen", "li-si_2"}) EXPECT_TRUE(is_account_name(good)) << good;
  for (const char* bad : {"", "ab", "1abc", "Abc", "a b c", "张三丰", "operator", "system", "p13800138000", "abcdefghijklmnopqrstuvwxyzabcdefg"})
    EXPECT_FALSE(is_account_name(bad)) << bad;
  World w;
  EXPECT_EQ(decide(OpenApplicant{"w01.chen"}, w.facts).error().code, "identity.account_exists");
  EXPECT_FALSE(decide(OpenApplicant{"somebody2"}, w.facts)->name);
  EXPECT_EQ(decide(OpenAccount{"x.y", "新人", {}, {{"W99"}}}, kAdministrator, w.facts).error().code, "identity.unknown_window");
  EXPECT_EQ(decide(OpenAccount{"x.y", " ", {}, {}}, kAdministrator, w.facts).error().code, "identity.name_missing");
}

TEST(AccountRules, PairsStandInForEachOtherWithinADepartment) {
  World w;
  w.accounts["b"] = {};
  w.accounts["c"].department = {"scjgj"};
  EXPECT_TRUE(decide(SetPostPair{"w01.chen", "b"}, w.facts).ok());
  EXPECT_EQ(decide(SetPostPair{"b", "b"}, w.facts).error().code, "identity.same_account");
  EXPECT_EQ(decide(SetPostPair{"b", "c"}, w.facts).error().code, "identity.other_department");
  EXPECT_EQ(decide(SetPostPair{"b", "somebody"}, w.facts).error().code, "identity.not_staff");
}

TEST(AccountRules, SuspensionHasAReasonAndIsNotForOneself) {
  World w;
  EXPECT_EQ(decide(SuspendAccount{"w01.chen", " "}, kSecurity, w.facts).error().code, "identity.reason_required");
  EXPECT_EQ(decide(SuspendAccount{"sec.wu", "x"}, kSecurity, w.facts).error().code, "identity.own_account");
  EXPECT_EQ(decide(RestoreAccount{"w01.chen", "x"}, kSecurity, w.facts).error().code, "identity.not_suspended");
  w.accounts["w01.chen"].suspended = true;
  EXPECT_EQ(decide(SuspendAccount{"w01.chen", "x"}, kSecurity, w.facts).error().code, "identity.suspended_already");
  EXPECT_TRUE(decide(RestoreAccount{"w01.chen", "返岗"}, kSecurity, w.facts).ok());
}

TEST(AccountRules, EveryReasonHasItsTextsInItsPlace) {
  const auto codes = refusal_codes();
  EXPECT_EQ(codes.size(), static_cast<std::size_t>(Reason::nothing_new) + 1);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto r = refuse(static_cast<Reason>(i));
    EXPECT_EQ(r.code, codes[i]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty());
  }
  EXPECT_EQ(refuse(Reason::posts_separate).code, "identity.posts_separate");
  EXPECT_EQ(refuse(Reason::last_of_its_post).code, "identity.last_of_its_post");
}

TEST(Accounts, FactsFillTheRowTheBookAndARebuild) {
  test::House house;
  house.start();
  house.open_staff("w01.chen", {Role::clerk});
  house.open_staff("w01.sun", {Role::clerk});
  house.open_staff("w01.qian", {Role::clerk});
  EXPECT_EQ(house.give("identity.set_post_pair", R"({"first":"w01.chen","second":"w01.sun"})"), "");
  EXPECT_EQ(house.keeper().book().find("w01.chen")->state.pair, "w01.sun");
  EXPECT_EQ(house.give("identity.set_post_pair", R"({"first":"w01.sun","second":"w01.qian"})"), "");
  EXPECT_EQ(house.keeper().book().find("w01.chen")->state.pair, "");
  EXPECT_EQ(house.keeper().book().find("w01.qian")->state.pair, "w01.sun");
  house.open_three_posts();
  EXPECT_EQ(house.keeper().book().holders(Role::administrator), 1);
  EXPECT_EQ(house.give("identity.open_three_posts", R"({"administrator":"a.b","security_administrator":"c.d","auditor":"e.f",)"
                                                    R"("administrator_name":"李","security_administrator_name":"吴","auditor_name":"何"})"),
            "identity.posts_exist");
  house.start();  // again from the rows
  EXPECT_EQ(house.keeper().book().find("w01.qian")->state.pair, "w01.sun");
  EXPECT_TRUE(house.keeper().book().find("w01.chen")->state.roles == RoleSet{Role::clerk});
  EXPECT_EQ(house.keeper().book().holders(Role::clerk), 3);
  house.stop();
  auto store = store::open_sqlite(house.directory(), store::Mode::write).value();
  const auto rebuilt = engine::rebuild(store->writer(), [] {
    engine::Registry r;
    declare(r, {}, {});
    return r;
  }, test::kCentre, {});
  for (const auto& v : rebuilt.views) EXPECT_FALSE(v.difference) << v.name << ": " << *v.difference;
}

// The shortest table that loads; `more` stands under the row of one role.
std::string table_with(Role role, const std::string& more) {
  std::string text = "roles:\n";
  for (int i = 0; i < kRoles; ++i) {
    const auto r = static_cast<Role>(i);
    if (r == Role::system) continue;
    text += std::string("  - role: ") + json::enum_name(r) + "\n    name: 某岗\n";
    if (r == role) text += more;
  }
  return text;
}
std::string refusal_of_table(const std::string& text) {
  const auto t = RoleTable::parse(text, "roles.yaml");
  return t ? "" : t.error().code + " " + t.error().where;
}

TEST(RoleTableFile, IsReadStrictly) {
  EXPECT_EQ(refusal_of_table(table_with(Role::guide, "    centre: [casework.consult]\n")), "");
  EXPECT_EQ(refusal_of_table(table_with(Role::guide, "    centre: [consult]\n")), "identity.bad_role_table roles.yaml:4");
  EXPECT_EQ(refusal_of_table(table_with(Role::guide, "    includes: [captain]\n")), "identity.bad_role_table roles.yaml:4");
  EXPECT_EQ(refusal_of_table(table_with(Role::guide, "    everywhere: [a.b]\n")).substr(0, 5), "base.");
  EXPECT_EQ(refusal_of_table(table_with(Role::guide, "    centre: [a.b]\n    own: [a.b]\n")).substr(0, 23), "identity.bad_role_table");
  EXPECT_NE(refusal_of_table("roles:\n  - role: guide\n    name: 导办\n"), "");  // the others are missing
  const auto t = RoleTable::parse(table_with(Role::guide, "    centre:\n      - casework.consult\n      - casework.fly\n"), "roles.yaml");
  ASSERT_TRUE(t.ok());
  const auto checked = t->check_rights({"casework.consult"}, {});
  EXPECT_EQ(checked.error().code, "identity.unknown_right");
  EXPECT_EQ(checked.error().where, "roles.yaml:6");
  const auto dead = t->check_rights({"casework.consult", "casework.fly"}, {"casework.fly"});
  EXPECT_EQ(dead.error().code, "identity.right_of_a_room") << "a line that would change nothing";
  EXPECT_EQ(dead.error().where, "roles.yaml:6");
}

TEST(RoleTableFile, ATableThatJoinsTwoPostsIsNotLoaded) {
  EXPECT_NE(refusal_of_table(table_with(Role::administrator, "    includes: [auditor]\n")), "");
  EXPECT_NE(refusal_of_table(table_with(Role::supervisor, "    includes: [administrator, security_administrator]\n")), "");
  EXPECT_NE(refusal_of_table(table_with(Role::administrator, "    centre: [identity.grant_roles]\n")), "");
  EXPECT_NE(refusal_of_table(table_with(Role::supervisor, "    centre: [identity.read_audit]\n")), "");
  EXPECT_NE(refusal_of_table(table_with(Role::clerk, "    includes: [applicant]\n")), "");
  EXPECT_EQ(refusal_of_table(table_with(Role::auditor, "    centre: [identity.read_audit]\n")), "");
}

TEST(RoleTableFile, InclusionIsFollowedThrough) {
  const auto& t = *test::House::table();
  const auto leader = t.closure(RoleSet{Role::department_leader});
  EXPECT_TRUE(leader.has(Role::handler));  // over the chief representative
  EXPECT_FALSE(t.closure(RoleSet{Role::handler}).has(Role::department_leader));
  EXPECT_EQ(t.reach(leader, "view.cases"), Reach::department);
  EXPECT_EQ(t.reach(t.closure(RoleSet{Role::clerk}), "view.cases"), Reach::centre);
  EXPECT_EQ(reach_in(t.grants(t.closure(RoleSet{Role::applicant})), Question::read_personal), Reach::own);
  EXPECT_EQ(reach_in(t.grants(leader), Question::read_audit), Reach::none);
  EXPECT_TRUE(t.holders("identity.grant_roles") == RoleSet{Role::security_administrator});
}

}  // namespace
}  // namespace yi::identity
