// Lists, history and the full view of a case, against every case read one by one.
#include "casework/case_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "casework/case_history.h"
#include "casework/open_counts.h"
#include "casework/queue.h"
#include "casework/reversal.h"
#include "engine/engine.h"
#include "store/temporary_directory.h"

namespace yi::casework {
namespace {
using identity::grant;
using identity::Question;
using identity::Reach;
using identity::Viewer;

constexpr CentreCode kCentre{510000};
const CivilDay kMonday = CivilDay::of(2024, 6, 17);
const engine::Actor kActor{"w01", "operator"};

const Ground& ground() {
  static const Ground g{std::make_shared<const catalog::Catalog>(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan").value()),
                        std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value()),
                        std::make_shared<const WarningRules>(WarningRules::load(YI_SOURCE_DIR "/data/sichuan/warnings.yaml").value()),
                        {}};
  return g;
}
engine::Registry rooms() {
  engine::Registry r;
  declare(r, ground(), identity::declare_subjects(r));
  return r;
}
Viewer staff_of(const DepartmentCode& department) {
  Viewer v;
  v.kind = Viewer::Kind::staff;
  v.account = "h";
  v.roles = RoleSet{Role::handler};
  v.department = department;
  v.grants = grant(Question::read_cases, Reach::department);
  return v;
}
Viewer applicant(SubjectId subject) {
  Viewer v;
  v.kind = Viewer::Kind::applicant;
  v.account = "a";
  v.roles = RoleSet{Role::applicant};
  v.subject = subject;
  v.grants = grant(Question::read_cases, Reach::own);
  return v;
}
const Viewer kOperator = Viewer::operator_named("t");

// Some dozens of cases in three departments over three weeks, each carried on for a random while. Made once.
class Hall {
 public:
  Hall() {
    engine::EngineOptions o;
    o.centre = kCentre;
    o.clock_if_new = {true, at(kMonday, 9, 0)};
    engine = engine::Engine::open(directory_.path(), rooms, o).value();
    std::mt19937 random(20240617);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    pick_matters();
    for (int i = 0; i < 90; ++i) {
      const auto when = at(kMonday + 7 * (i / 30) + (i / 6) % 5, 9 + i % 6, i % 60);
      const auto& m = *matters[below(matters.size())];
      const auto window = window_of(m);
      std::string papers = "[";
      for (const auto& p : m.materials)
        if (p.required && p.provider != catalog::Provider::government) {
          if (papers.size() > 1) papers += ",";
          json::append_string(papers, p.name);
        }
      const bool natural = m.audience.front() == 1 && (i % 3 == 0 || m.audience.back() == 1);
      const auto a = engine->run("casework.receive",
                                 R"({"matter":")" + m.code.value + R"(","window":")" + window + R"(","applicant_kind":")" + (natural ? "natural" : "legal") +
                                     R"(","applicant":"示例企业)" + std::to_string(i) + R"(号","materials":)" + papers + "]}",
                                 kActor, when);
      if (!a.ok()) throw std::runtime_error(a.error().code + " " + a.error().sentence);
      const auto id = *case_of_stream(a->stream);
      ids.push_back(id);
      // What the table does not allow at this point is refused; that is as good a life as any.
      const auto steps = below(4);
      const auto one = R"({"case_id":")" + std::to_string(id.value) + R"(","window":")" + window + "\"";
      const auto give = [&](const char* command, const std::string& body) { static_cast<void>(engine->run(command, body, kActor, when)); };
      if (steps > 0) give(i % 5 ? "casework.accept" : "casework.withdraw", one + (i % 5 ? "}" : R"(,"reason":"申请人撤回"})"));
      if (steps > 1) give("casework.transfer", one + R"(,"to":"department","signed_by":"乙"})");
      if (steps > 2) give("casework.decide", R"({"case_id":")" + std::to_string(id.value) + R"(","decision":"grant"})");
    }
    engine->wait_followed(engine->position(), std::chrono::seconds(20));
    for (const auto id : ids) states[id.value] = read_case(*engine->reader(), kOperator, kCentre, id).value();
  }
  std::unique_ptr<engine::Engine> engine;
  std::vector<const catalog::Matter*> matters;
  std::vector<CaseId> ids;
  std::map<std::int64_t, CaseState> states;

 private:
  static std::string window_of(const catalog::Matter& m) {
    for (const auto& w : ground().catalog->windows())
      if (w.receives(m.department)) return w.code.value;
    return "";
  }
  void pick_matters() {
    std::map<std::string, int> of_department;
    for (const auto& m : ground().catalog->matters())
      if (!window_of(m).empty() && (of_department.count(m.department.value) || of_department.size() < 3) && of_department[m.department.value]++ < 4) matters.push_back(&m);
  }
  store::TemporaryDirectory directory_;
};
Hall& hall() {
  static Hall h;
  return h;
}

const CivilDay kToday = kMonday + 21;
Result<ListPage> page(const Viewer& v, const ListQuestion& q) { return list_cases(*hall().engine->reader(), hall().engine->keys(), v, kCentre, q, ground(), kToday); }

// Every page of a list, one after the other.
std::vector<ListEntry> all_pages(const Viewer& v, ListQuestion q) {
  std::vector<ListEntry> all;
  for (int pages = 0; pages < 500; ++pages) {
    auto p = page(v, q);
    EXPECT_TRUE(p.ok()) << (p.ok() ? "" : p.error().code);
    if (!p.ok()) return all;
    EXPECT_LE(static_cast<int>(p->cases.size()), q.limit);
    for (auto& e : p->cases) all.push_back(std::move(e));
    if (!p->next) return all;
    q.after = parse_list_key(to_text(*p->next));
  }
  ADD_FAILURE() << "the pages never end";
  return all;
}
std::set<std::int64_t> ids_of(const std::vector<ListEntry>& list) {
  std::set<std::int64_t> out;
  for (const auto& e : list) EXPECT_TRUE(out.insert(e.case_id.value).second) << "twice: " << e.case_id.value;
  return out;
}
template <class F>
std::set<std::int64_t> where(F f) {
  std::set<std::int64_t> out;
  for (const auto& [id, s] : hall().states)
    if (f(s)) out.insert(id);
  return out;
}
bool is_open(const CaseState& s) { return !is_end(s.at.stage); }

TEST(CaseList, EveryOrderAndPageSizeGivesEveryOpenCaseOnce) {
  const auto open = where(is_open);
  ASSERT_GT(open.size(), 40u);
  ASSERT_LT(open.size(), hall().states.size());
  for (const auto order : {ListOrder::due, ListOrder::received, ListOrder::number})
    for (const int limit : {1, 7, 200}) {
      ListQuestion q;
      q.order = order;
      q.limit = limit;
      const auto list = all_pages(kOperator, q);
      EXPECT_EQ(ids_of(list), open) << json::enum_name(order) << " " << limit;
      EXPECT_TRUE(std::is_sorted(list.begin(), list.end(), [&](const ListEntry& a, const ListEntry& b) {
        if (order == ListOrder::number) return a.case_id.value > b.case_id.value;
        const auto day = [&](const ListEntry& e) { return order != ListOrder::due ? 0 : e.due ? e.due->days : static_cast<std::int32_t>(kNoDue); };
        return std::pair(day(a), a.case_id.value) < std::pair(day(b), b.case_id.value);
      })) << json::enum_name(order);
    }
}

TEST(CaseList, FiltersAreWhatACaseByCaseLookFinds) {
  std::mt19937 random(7);
  int found = 0;
  for (int i = 0; i < 120; ++i) {
    ListQuestion q;
    q.limit = 13;
    q.order = static_cast<ListOrder>(random() % 3);
    if (random() % 2) q.stage = std::array{Stage::received, Stage::accepted, Stage::in_review, Stage::granted, Stage::withdrawn}[random() % 5];
    if (random() % 3 == 0) q.department = hall().matters[random() % hall().matters.size()]->department;
    if (random() % 3 == 0) q.holder = static_cast<Holder>(random() % 3);
    if (random() % 3 == 0) q.type = static_cast<CaseType>(random() % 2);
    if (random() % 3 == 0) q.applicant_kind = static_cast<ApplicantKind>(random() % 2);
    if (random() % 4 == 0) q.matter = hall().matters[random() % hall().matters.size()]->code;
    if (random() % 4 == 0) q.light = static_cast<Light>(random() % 4);
    if (random() % 5 == 0) q.carded = random() % 2 == 0;
    if (random() % 6 == 0) q.supervision = static_cast<SupervisionState>(random() % 3);
    if (random() % 4 == 0) q.due_from = kMonday + static_cast<int>(random() % 30);
    if (random() % 4 == 0) q.due_to = kMonday + static_cast<int>(random() % 60);
    const auto expected = where([&](const CaseState& s) {
      const auto due = s.next_due();
      return (q.stage ? s.at.stage == *q.stage : is_open(s)) && (!q.department || s.department == *q.department) && (!q.holder || s.at.holder == *q.holder) &&
             (!q.type || s.type == *q.type) && (!q.applicant_kind || s.applicant_kind == *q.applicant_kind) && (!q.matter || s.matter == *q.matter) &&
             (!q.light || light_of(s, kToday, *ground().warnings, *ground().catalog, *ground().calendar).value() == *q.light) &&
             (!q.carded || *q.carded == !s.detail.cards.empty()) && (!q.supervision || s.detail.supervision == *q.supervision) &&
             (!q.due_from || (due && *due >= *q.due_from)) && (!q.due_to || (due && *due <= *q.due_to));
    });
    EXPECT_EQ(ids_of(all_pages(kOperator, q)), expected) << i;
    found += static_cast<int>(expected.size());
  }
  EXPECT_GT(found, 200);
}

TEST(CaseList, PagesByLightAreFullUntilTheLast) {
  int seen = 0;
  for (const auto light : {Light::green, Light::yellow, Light::red, Light::grey})
    for (const int limit : {1, 5}) {
      ListQuestion q;
      q.light = light;
      q.limit = limit;
      const auto expected = where([&](const CaseState& s) { return is_open(s) && light_of(s, kToday, *ground().warnings, *ground().catalog, *ground().calendar).value() == light; });
      std::set<std::int64_t> found;
      for (;;) {
        const auto p = page(kOperator, q).value();
        for (const auto& e : p.cases) found.insert(e.case_id.value);
        if (!p.next) break;
        EXPECT_EQ(static_cast<int>(p.cases.size()), limit) << json::enum_name(light);
        q.after = p.next;
      }
      EXPECT_EQ(found, expected) << json::enum_name(light);
      seen += static_cast<int>(found.size());
    }
  EXPECT_EQ(seen, 2 * static_cast<int>(where(is_open).size()));
}

TEST(CaseList, RowsSayHowLongACaseHasByTheCalendar) {
  int working = 0, past = 0;
  for (const auto& e : all_pages(kOperator, {})) {
    const auto& s = hall().states.at(e.case_id.value);
    EXPECT_EQ(e.permit, s.permit());
    EXPECT_EQ(e.cards, static_cast<int>(s.detail.cards.size()));
    EXPECT_EQ(e.red_cards, s.detail.red_cards ? static_cast<int>(s.detail.red_cards->size()) : 0);
    EXPECT_FALSE(e.days_words.empty());
    if (!e.days_left) {
      EXPECT_FALSE(s.next_due());
      continue;
    }
    if (e.days_unit == calendar::Unit::working && *e.days_left > 0) {
      // Counted day by day, as a person would.
      int n = 0;
      for (auto d = kToday + 1; d <= *e.due; d = d + 1) n += ground().calendar->kind(d).value() == calendar::DayKind::working;
      EXPECT_EQ(*e.days_left, n) << e.number;
      if (e.light != Light::grey) { EXPECT_EQ(e.days_words, "剩 " + std::to_string(n) + " 个工作日"); }
      ++working;
    }
    if (e.light == Light::red) {
      EXPECT_LT(*e.days_left, 0);
      EXPECT_NE(e.days_words.find("已超期"), std::string::npos);
      ++past;
    }
  }
  EXPECT_GT(working, 5);
  EXPECT_GT(past, 5);
  // 特别程序 says which; what is over says so.
  CaseState s = hall().states.begin()->second;
  s.at = {};
  s.at.stage = Stage::suspended;
  s.detail.pauses.push_back({kToday + -3, {}, Text<60>("听证"), {}});
  EXPECT_EQ(days_left_of(s, Light::grey, kToday, nullptr, *ground().calendar).days_words, "已暂停·听证");
  s.at.stage = Stage::issued;
  EXPECT_EQ(days_left_of(s, Light::green, kToday, nullptr, *ground().calendar).days_words, "已结束");
  s.at.stage = Stage::received;
  s.at.notice_due = kToday;
  EXPECT_EQ(days_left_of(s, Light::yellow, kToday, nullptr, *ground().calendar).days_words, "今日到期");
  // Passed on a Friday, looked at on Saturday.
  s.at.notice_due = CivilDay::of(2024, 7, 5);
  EXPECT_EQ(days_left_of(s, Light::red, CivilDay::of(2024, 7, 6), nullptr, *ground().calendar).days_words, "已超期 1 天");
  EXPECT_EQ(days_left_of(s, Light::red, CivilDay::of(2024, 7, 9), nullptr, *ground().calendar).days_words, "已超期 2 个工作日");
}

TEST(CaseList, EverybodySeesTheirPartAlone) {
  const auto& some = hall().states.begin()->second;
  const auto handler = staff_of(some.department);
  EXPECT_EQ(ids_of(all_pages(handler, {})), where([&](const CaseState& s) { return is_open(s) && s.department == some.department; }));
  ListQuestion other;
  for (const auto* m : hall().matters)
    if (m->department != some.department) other.department = m->department;
  EXPECT_EQ(page(handler, other).error().status, 403);
  EXPECT_EQ(page(Viewer::anonymous(), {}).error().status, 403);
  // An applicant's own, in every order; nobody else's by number either.
  const auto mine = std::find_if(hall().states.begin(), hall().states.end(), [](const auto& x) { return x.second.subject && is_open(x.second); });
  ASSERT_NE(mine, hall().states.end());
  const auto me = applicant(mine->second.subject);
  for (const auto order : {ListOrder::due, ListOrder::received, ListOrder::number}) {
    ListQuestion q;
    q.order = order;
    q.limit = 1;
    EXPECT_EQ(ids_of(all_pages(me, q)), where([&](const CaseState& s) { return is_open(s) && s.subject == me.subject; }));
  }
  auto reader = hall().engine->reader();
  for (const auto& [id, s] : hall().states) {
    const auto seen = read_case(*reader, me, kCentre, {id});
    EXPECT_EQ(seen.ok(), s.subject == me.subject);
    if (!seen.ok()) { EXPECT_EQ(seen.error().status, 404); }
    EXPECT_EQ(read_case(*reader, handler, kCentre, {id}).ok(), s.department == some.department);
  }
}

TEST(CaseList, StagesAddUpToTheOpenCases) {
  auto reader = hall().engine->reader();
  const auto a = open_cases_add_up(*reader, kCentre);
  EXPECT_FALSE(a.behind());
  EXPECT_TRUE(a.holds());
  EXPECT_EQ(a.open_cases, static_cast<std::int64_t>(where(is_open).size()));
  // What is counted as cases come and go is what reading them all gives.
  const auto read = open_cases_read_one_by_one(*reader, kCentre);
  EXPECT_EQ(read.open_cases, a.open_cases);
  EXPECT_EQ(read.in_queues, a.in_queues);
  AddUp lost = a;
  --lost.in_queues;
  EXPECT_FALSE(lost.holds());
  const auto stages = count_stages(*reader, kOperator, kCentre).value();
  std::int64_t sum = 0;
  for (const auto& s : stages) {
    EXPECT_FALSE(is_end(s.stage));
    EXPECT_EQ(s.cases, static_cast<std::int64_t>(where([&](const CaseState& c) { return c.at.stage == s.stage; }).size()));
    sum += s.cases;
  }
  EXPECT_EQ(sum, a.open_cases);
}

TEST(OpenCounts, AddUpAndAgreeWithTheLights) {
  for (const int later : {0, 7, 21, 40}) {
    const auto today = kMonday + later;
    const auto n = count_open(*hall().engine->reader(), kCentre, ground(), today).value();
    EXPECT_EQ(n.open, static_cast<std::int64_t>(where(is_open).size()));
    EXPECT_EQ(n.overdue + n.waiting + n.due_today + n.due_soon + n.in_time, n.open);
    EXPECT_EQ(n.before_acceptance + n.in_handling + n.to_issue, n.open);
    const auto lit = [&](Light l) { return static_cast<std::int64_t>(where([&](const CaseState& s) { return is_open(s) && light_of(s, today, *ground().warnings, *ground().catalog, *ground().calendar).value() == l; }).size()); };
    EXPECT_EQ(n.overdue, lit(Light::red)) << later;
    EXPECT_EQ(n.waiting, lit(Light::grey)) << later;
    EXPECT_EQ(n.due_today, static_cast<std::int64_t>(where([&](const CaseState& s) { return is_open(s) && s.next_due() == today; }).size())) << later;
  }
}

TEST(CaseView, SaysWhereTheCaseStandsAndWhatItsViewerMayDo) {
  auto reader = hall().engine->reader();
  int acts = 0;
  for (const auto& [id, s] : hall().states) {
    const auto v = get_case(*reader, hall().engine->keys(), kOperator, kCentre, {id}, ground(), kToday).value();
    EXPECT_EQ(v.number, std::string_view(s.number));
    EXPECT_EQ(v.version, s.version);
    EXPECT_EQ(v.next_due, s.next_due());
    // Nothing of an earlier day is taken back.
    const auto without = [](std::vector<Act> all) {
      all.erase(std::remove(all.begin(), all.end(), Act::reverse), all.end());
      return all;
    };
    EXPECT_EQ(v.allowed_acts, without(allowed_acts(s.position(), RoleSet(~0u))));
    const auto handler = get_case(*reader, hall().engine->keys(), staff_of(s.department), kCentre, {id}, ground(), kToday).value().allowed_acts;
    EXPECT_EQ(handler, without(allowed_acts(s.position(), RoleSet{Role::handler})));
    EXPECT_TRUE(acts_for(s, staff_of({"elsewhere"})).empty());
    acts += static_cast<int>(handler.size());
    for (const auto& c : v.clocks) {
      if (c.kind == ClockKind::statutory) { EXPECT_EQ(c.due, s.at.statutory_due); }
      if (c.kind == ClockKind::notice) { EXPECT_EQ(c.due, s.at.notice_due); }
    }
    const auto clocks = get_clocks(*reader, kOperator, kCentre, {id}, ground(), calendar::Explain::yes);
    ASSERT_TRUE(clocks.ok());
    for (const auto& c : *clocks) {
      ASSERT_FALSE(c.days.empty());
      EXPECT_EQ(c.days.front().day, c.clock.from);
      if (c.clock.due) { EXPECT_EQ(c.days.back().day, *c.clock.due); }
      EXPECT_EQ(std::count_if(c.days.begin(), c.days.end(), [](const auto& d) { return d.counted; }), c.clock.counted);
    }
  }
  EXPECT_GT(acts, 0);
}

TEST(CaseView, OffersAReversalOnTheDayOfTheActToWhoMayDoIt) {
  auto reader = hall().engine->reader();
  int offered = 0, stands = 0;
  for (const auto& [id, s] : hall().states) {
    const auto facts = facts_of_case(*reader, kCentre, s.last_fact);
    const auto last = std::find_if(facts.rbegin(), facts.rend(), [](const KeptFact& f) { return f.fact(kCentre).record.name != CardGiven::kName; });
    ASSERT_NE(last, facts.rend());
    const auto record = last->fact(kCentre).record;
    const auto day = civil_day(record.recorded_at);
    const auto offers = [&](const Viewer& v, CivilDay on) {
      const auto acts = get_case(*reader, hall().engine->keys(), v, kCentre, {id}, ground(), on).value().allowed_acts;
      return std::count(acts.begin(), acts.end(), Act::reverse) == 1;
    };
    const bool by_law = record.name == Accepted::kName && record.actor == "system";
    EXPECT_EQ(offers(kOperator, day), !by_law && record.name != DuesRecounted::kName) << record.name;
    EXPECT_FALSE(offers(kOperator, day + 1)) << record.name;
    // A handler receives nothing at the counter, so takes no receipt back.
    if (record.name == Received::kName) { EXPECT_FALSE(offers(staff_of(s.department), day)); }
    (by_law ? stands : offered) += 1;
  }
  EXPECT_GT(offered, 20);
}

TEST(Refusals, NameThePermitLawToPermitsAlone) {
  CaseState permit, other;
  permit.number = Text<24>("510000202406170100000X");
  other.number = Text<24>("510000202406170800000X");
  ASSERT_TRUE(permit.permit());
  ASSERT_FALSE(other.permit());
  EXPECT_EQ(refusal(Refused::papers_open, article_of_permits(permit, "第三十八条第一款", "身份证明")).sentence, "还有必要的材料没有收到，不能准予，也不能办结。（身份证明；行政许可法第三十八条第一款）");
  EXPECT_EQ(refusal(Refused::papers_open, article_of_permits(other, "第三十八条第一款", "身份证明")).sentence, "还有必要的材料没有收到，不能准予，也不能办结。（身份证明）");
  for (const auto what : {Refused::reason_required, Refused::two_officials, Refused::basis_required, Refused::papers_open}) {
    const auto r = refusal(what, article_of_permits(other, "第三十二条"));
    EXPECT_EQ((r.sentence + r.next_step).find("行政许可法"), std::string::npos) << r.sentence << r.next_step;
  }
  EXPECT_EQ(chinese_name(Stage::refused, true), "不予许可");
  EXPECT_EQ(chinese_name(Stage::refused, false), "不予办理");
  EXPECT_EQ(chinese_name(Act::decide_refuse, false), "不予办理");
}

TEST(CaseHistory, NamesTheStaffWhoActed) {
  const auto id = hall().ids.front();
  const auto named = [](const std::string& account) -> std::optional<std::string> { return account == "w01" ? std::optional<std::string>("王示例") : std::nullopt; };
  const auto p = get_history(*hall().engine->reader(), kOperator, kCentre, id, 0, 50, named).value();
  ASSERT_FALSE(p.entries.empty());
  for (const auto& e : p.entries) EXPECT_EQ(e.by_name, named(e.by));
  const auto mine = std::find_if(hall().states.begin(), hall().states.end(), [](const auto& x) { return static_cast<bool>(x.second.subject); });
  const auto theirs = get_history(*hall().engine->reader(), applicant(mine->second.subject), kCentre, {mine->first}, 0, 50, named).value();
  for (const auto& e : theirs.entries) EXPECT_FALSE(e.by_name);
}

TEST(CaseHistory, HoldsEveryFactInWordsPageByPage) {
  auto reader = hall().engine->reader();
  for (const auto& [id, s] : hall().states) {
    std::int64_t after = 0, seen = 0, last = 0;
    do {
      const auto p = get_history(*reader, kOperator, kCentre, {id}, after, 2).value();
      for (const auto& e : p.entries) {
        EXPECT_GT(e.position.value, last);
        last = e.position.value;
        // What the day's timers did, the program did.
        EXPECT_EQ(e.by, e.by == "system" && (e.fact == CardGiven::kName || e.fact == Accepted::kName) ? "system" : "w01") << e.fact;
        EXPECT_EQ(e.department, s.department);
        ++seen;
      }
      after = p.next ? p.next->value : 0;
    } while (after);
    EXPECT_EQ(seen, s.version);
    EXPECT_EQ(last, s.last_fact);
  }
  for (const auto fact : case_facts()) EXPECT_NE(name_of_fact(fact), fact) << fact;
}

TEST(CaseHistory, AnApplicantSeesTheDepartmentAndNotWhoActed) {
  const auto mine = std::find_if(hall().states.begin(), hall().states.end(), [](const auto& x) { return static_cast<bool>(x.second.subject); });
  ASSERT_NE(mine, hall().states.end());
  const auto p = get_history(*hall().engine->reader(), applicant(mine->second.subject), kCentre, {mine->first}, 0, 50).value();
  ASSERT_FALSE(p.entries.empty());
  for (const auto& e : p.entries) EXPECT_EQ(e.by, "");
}

}  // namespace
}  // namespace yi::casework
