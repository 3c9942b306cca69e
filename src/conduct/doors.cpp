#include "base/identifiers.h"
#include "conduct/declare.h"
#include "conduct/views.h"
#include "identity/reading_door.h"

namespace yi::conduct {
namespace {

struct Mine {
  std::int32_t year = 0;
  std::optional<ClauseList> list;       // in force; none: not yet
  std::optional<CivilDay> signed_on;    // this year, of this version
  std::vector<ContactEntry> contacts;
  std::vector<GiftEntry> gifts;
};
BOOST_DESCRIBE_STRUCT(Mine, (), (year, list, signed_on, contacts, gifts))
struct Contacts {
  std::vector<ContactEntry> contacts;
};
BOOST_DESCRIBE_STRUCT(Contacts, (), (contacts))
struct Gifts {
  std::vector<GiftEntry> gifts;
};
BOOST_DESCRIBE_STRUCT(Gifts, (), (gifts))
struct Reports {
  std::vector<ReportLine> reports;
};
BOOST_DESCRIBE_STRUCT(Reports, (), (reports))
struct Pledges {
  std::int32_t year = 0;
  std::string version;
  std::vector<PledgeLine> people;       // who has not signed first
};
BOOST_DESCRIBE_STRUCT(Pledges, (), (year, version, people))
struct Trainings {
  std::vector<TrainingEntry> trainings;
};
BOOST_DESCRIBE_STRUCT(Trainings, (), (trainings))

constexpr int kRows = static_cast<int>(limits::kPageRows.value);
ConductReader reader_of(const identity::Asking& a, const ConductGround& ground) { return {a.reader, a.centre, a.viewer, ground, civil_day(a.now), a.keys}; }

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine, const ConductGround& ground) {
  using identity::Asking;
  // One's own, so that the audit has nothing to say: an entry of account and time beside the time of a report would name who gave it.
  identity::add_reading_door<Mine>(router, engine, {"/api/conduct/mine", "conduct.read_mine", "我的政商交往：清单、承诺书、交往、上交的礼品", "conduct.register_contact", "read"}, [ground](const Asking& a) -> Result<Mine> {
    const auto h = reader_of(a, ground);
    Mine m;
    m.year = h.today.year();
    if (const auto* list = ground.rules->on(h.today)) m.list = *list;
    auto c = a.reader.select(store::select_row_sql(PledgeState::view(), PledgeState::view().name), {a.centre.value, PledgeGuard::key(a.viewer.account, m.year)});
    if (c->next())
      if (const auto s = PledgeState::from(store::read_row(PledgeState::view(), *c)); m.list && s.version == m.list->version) m.signed_on = s.day;
    m.contacts = contacts(h, a.viewer.account, kRows);
    m.gifts = gifts(h, a.viewer.account, kRows);
    return m;
  });
  identity::add_reading_door<RunningCases>(router, engine, {"/api/conduct/running_cases", "conduct.read_running_cases", "企业正在办理的办件有几件", "conduct.register_contact", "personal",
                                                            {identity::text_parameter("uscc", "统一社会信用代码", true)}, {"conduct.bad_uscc"}}, [ground](const Asking& a) -> Result<RunningCases> {
    const auto uscc = a.text("uscc");
    if (!check_uscc(uscc)) return refusal(ConductRefused::bad_uscc);
    return running_cases(reader_of(a, ground), uscc);
  });
  identity::add_reading_door<CaseContacts>(router, engine, {"/api/conduct/cases/{id}/contacts", "conduct.read_case_contacts", "办件的申请人有没有登记过的交往（不写是谁登记的）", "conduct.register_contact", "personal",
                                                            {{"id", "办件号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}}, {"casework.unknown_case"}}, [ground](const Asking& a) -> Result<CaseContacts> {
    return case_contacts(reader_of(a, ground), {a.number("id")});
  });
  identity::add_reading_door<Contacts>(router, engine, {"/api/conduct/contacts", "conduct.list_contacts", "与企业交往的登记", "conduct.list_contacts", "personal"}, [ground](const Asking& a) -> Result<Contacts> {
    return Contacts{contacts(reader_of(a, ground), "", kRows)};
  });
  identity::add_reading_door<Pledges>(router, engine, {"/api/conduct/pledges", "conduct.list_pledges", "本年度承诺书签署情况", "conduct.list_contacts", "personal"}, [ground](const Asking& a) -> Result<Pledges> {
    const auto h = reader_of(a, ground);
    const auto* list = ground.rules->on(h.today);
    return Pledges{h.today.year(), list ? list->version : "", pledges(h)};
  });
  identity::add_reading_door<Trainings>(router, engine, {"/api/conduct/trainings", "conduct.list_trainings", "廉洁培训", "conduct.list_contacts", "personal"}, [ground](const Asking& a) -> Result<Trainings> {
    return Trainings{trainings(reader_of(a, ground), kRows)};
  });
  identity::add_reading_door<Gifts>(router, engine, {"/api/conduct/gifts", "conduct.list_gifts", "上交的礼品礼金", "conduct.settle_gift", "personal"}, [ground](const Asking& a) -> Result<Gifts> {
    return Gifts{gifts(reader_of(a, ground), "", kRows)};
  });
  identity::add_reading_door<Reports>(router, engine, {"/api/conduct/reports", "conduct.list_reports", "举报（不含内容）", "conduct.read_report", "personal"}, [ground](const Asking& a) -> Result<Reports> {
    return Reports{reports(reader_of(a, ground), kRows)};
  });
  identity::add_reading_door<ReportInFull>(router, engine, {"/api/conduct/reports/{report}", "conduct.read_report", "一件举报的内容", "conduct.read_report", "personal",
                                                            {{"report", "编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}}, {"conduct.unknown_report"}}, [ground](const Asking& a) -> Result<ReportInFull> {
    return report(reader_of(a, ground), {a.number("report")});
  });
}

}  // namespace yi::conduct
