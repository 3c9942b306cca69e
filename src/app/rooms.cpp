#include "app/rooms.h"

#include <algorithm>
#include <filesystem>

#include "bulletin/desk_declare.h"
#include "casework/deliveries.h"
#include "casework/house_declare.h"
#include "casework/papers.h"
#include "casework/views.h"
#include "catalog/declare.h"
#include "conduct/declare.h"
#include "enterprise/declare.h"
#include "exchange/declare.h"
#include "hall/declare.h"
#include "hall/follow_up_declare.h"
#include "hall/messages.h"
#include "hall/ticket_declare.h"
#include "identity/declare.h"
#include "identity/subjects.h"
#include "onething/commands.h"
#include "onething/declare.h"
#include "reform/declare.h"
#include "staff/attendance_declare.h"
#include "staff/declare.h"
#include "staff/leave_declare.h"

namespace yi::app {

Result<Common> load_common(const std::string& data_root, const std::string& province) {
  YI_TRY(auto catalog, catalog::Catalog::load(data_root + "/" + province));
  YI_TRY(auto calendar, calendar::Calendar::load(data_root + "/calendar", catalog.settings().region.value));
  YI_TRY(auto warnings, casework::WarningRules::load(data_root + "/" + province + "/warnings.yaml"));
  YI_TRY(auto lines, hall::Lines::load(data_root + "/" + province + "/lines.yaml", [&](const WindowCode& w) { return catalog.find_window(w) != nullptr; }));
  YI_TRY(auto follow_ups, hall::FollowUpRules::load(data_root + "/" + province + "/follow_ups.yaml"));
  YI_TRY(auto leave, staff::LeaveRules::load(data_root + "/" + province + "/leave.yaml"));
  YI_TRY(auto attendance, staff::AttendanceRules::load(data_root + "/" + province + "/attendance.yaml"));
  YI_TRY(auto conduct, conduct::ConductRules::load(data_root + "/" + province + "/conduct.yaml"));
  YI_TRY(auto desk, bulletin::DeskRules::load(data_root + "/" + province + "/bulletin_desk.yaml"));
  YI_TRY(auto word_lists, bulletin::WordLists::load(data_root + "/" + province + "/bulletin_words.yaml"));
  Common common{std::make_shared<const catalog::Catalog>(std::move(catalog)), std::make_shared<const calendar::Calendar>(std::move(calendar)),
                std::make_shared<const casework::WarningRules>(std::move(warnings)), std::make_shared<const hall::Lines>(std::move(lines)),
                std::make_shared<const hall::FollowUpRules>(std::move(follow_ups)), std::make_shared<const staff::LeaveRules>(std::move(leave)),
                std::make_shared<const staff::AttendanceRules>(std::move(attendance)), std::make_shared<const conduct::ConductRules>(std::move(conduct)),
                std::make_shared<const bulletin::DeskRules>(std::move(desk)), std::make_shared<const bulletin::WordLists>(std::move(word_lists)),
                std::make_shared<casework::WarningBook>(), nullptr, false};
  common.sends_mail = std::filesystem::exists(data_root + "/" + province + "/mail.yaml");
  if (!common.sends_mail && std::any_of(common.desk->receivers.begin(), common.desk->receivers.end(), [](const auto& r) { return r.way == bulletin::Way::mail; }))
    return Refusal{"app.no_mail_server", "bulletin_desk.yaml 的默认分发名单里有电子邮件（way: mail），但没有发信服务器（mail.yaml）。",
                   "请写好 mail.yaml，或把名单里的改为 account、print。", 422, "bulletin_desk.yaml"};
  common.changes = std::make_shared<catalog::Changes>(common.catalog);
  common.changes->add(casework::warnings_kind(common.warnings, common.warning_book));
  YI_CHECK(common.changes->read_four_eyes(data_root + "/" + province + "/four_eyes.yaml"));
  return common;
}

hall::TicketGround ticket_ground(const Common& common) {
  return {common.lines, [c = common.catalog](const WindowCode& w) { return c->find_window(w) != nullptr; }, [c = common.catalog](const MatterCode& m) { return c->find_matter(m) != nullptr; },
          [c = common.calendar](CivilDay d) { const auto w = c->next_working_day(d); return w.ok() ? *w == d : d.weekday() <= 5; }};  // a year that is not announced: Monday to Friday
}

hall::FollowUpGround follow_up_ground(const Common& common) { return {common.follow_ups, common.catalog, common.calendar}; }

namespace {
// Without a book (replay, rebuild) nobody is a colleague: what was decided is not decided again.
std::function<std::optional<staff::Colleague>(const std::string&)> colleague_in(std::shared_ptr<identity::AccountBook> book) {
  return [book](const std::string& account) -> std::optional<staff::Colleague> {
    const auto a = book ? book->find(account) : nullptr;
    if (!a || a->state.kind != identity::AccountKind::staff || a->state.suspended) return std::nullopt;
    return staff::Colleague{a->state.name, DepartmentCode{a->state.department}, a->state.pair, a->state.roles};
  };
}
}  // namespace

staff::LeaveGround leave_ground(const Common& common, std::shared_ptr<identity::AccountBook> book) { return {common.leave, common.calendar, colleague_in(std::move(book))}; }

conduct::ConductGround conduct_ground(const Common& common, std::shared_ptr<identity::AccountBook> book) {
  return {common.conduct,
          [colleague = colleague_in(std::move(book))](const std::string& account) -> std::optional<conduct::ConductPerson> {
            const auto c = colleague(account);
            return c ? std::optional(conduct::ConductPerson{c->name, c->department}) : std::nullopt;
          },
          [catalog = common.catalog](const DepartmentCode& code) { return catalog->find_department(code) != nullptr; }};
}

bulletin::Names bulletin_names(const Common& common) {
  return bulletin::names_of(common.catalog, [calendar = common.calendar](CivilDay day) { return !staff::is_rest(*calendar, day); });
}

staff::AttendanceGround attendance_ground(const Common& common, std::shared_ptr<identity::AccountBook> book) {
  return {common.attendance, common.calendar, colleague_in(std::move(book)), [](store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to) {
            std::vector<staff::NumbersOf> out;
            for (auto& n : hall::number_counts(reader, centre, from, to)) out.push_back({std::move(n.account), std::move(n.window), n.called, n.finished, n.skipped, n.passed_on});
            return out;
          }};
}

bulletin::DeskGround desk_ground(const Common& common, std::shared_ptr<identity::AccountBook> book, std::shared_ptr<const identity::RoleTable> roles) {
  return {common.desk, common.word_lists, [c = common.catalog](const DepartmentCode& code) { return c->find_department(code) != nullptr; }, common.catalog->settings().department,
          [book](const std::string& account) -> std::optional<std::string> {
            const auto a = book ? book->find(account) : nullptr;
            if (!a || a->state.kind != identity::AccountKind::staff || a->state.suspended) return std::nullopt;
            return std::string(std::string_view(a->state.name));
          },
          [book, roles](const std::string& account) {
            const auto a = book ? book->find(account) : nullptr;
            return a && roles && roles->reach(roles->closure(a->state.roles), identity::right_of(identity::Question::read_internal_edition)) == identity::Reach::centre;
          },
          common.sends_mail};
}

casework::Ground Common::ground() const {
  casework::Ground g{catalog, calendar, warnings};
  g.warning_book = warning_book;
  return g;
}

engine::RegistryFactory all_rooms(const Common& common, std::shared_ptr<identity::AccountBook> book, std::shared_ptr<const identity::RoleTable> roles) {
  return [common, book, roles] {
    const auto known_department = [catalog = common.catalog](const DepartmentCode& code) { return catalog->find_department(code) != nullptr; };
    const auto known_bundle = [catalog = common.catalog](const catalog::BundleCode& code) { return catalog->find_bundle(code) != nullptr; };
    const auto known_window = [catalog = common.catalog](const WindowCode& code) { return catalog->find_window(code) != nullptr; };
    engine::Registry r;
    catalog::declare(r, common.changes);
    const auto subjects = identity::declare_subjects(r);
    const auto cases = casework::declare(r, common.ground(), subjects);
    casework::declare_papers(r, cases);
    casework::declare_deliveries(r, cases, subjects);
    // Without a book (replay, rebuild) nobody is asked: what was decided is not decided again.
    casework::declare_house(r, {common.catalog, subjects, [book](const std::string& account) {
                                  const auto a = book ? book->find(account) : nullptr;
                                  return a && a->state.kind == identity::AccountKind::staff && !a->state.suspended;
                                }});
    onething::declare(r, known_bundle);
    enterprise::declare(r);
    hall::declare(r, known_department, known_window);
    hall::declare_messages(r, hall::declare_tickets(r, ticket_ground(common), subjects), subjects, {common.lines->rules.links_per_number, common.lines->rules.links_per_account});
    hall::declare_follow_ups(r, follow_up_ground(common), subjects);
    // Working days of a span, both days included; nothing where the calendar has no such year.
    const auto working_days = [calendar = common.calendar](CivilDay from, CivilDay to) -> std::optional<int> {
      const auto n = calendar->count_working_days(from - 1, to);
      return n ? std::optional(n->value) : std::nullopt;
    };
    staff::declare(r, staff::RecordGround{known_department, working_days, common.leave, colleague_in(book)});
    auto& leaves = staff::declare_leave(r, leave_ground(common, book), subjects);
    staff::declare_attendance(r, attendance_ground(common, book), subjects, leaves);
    conduct::declare(r, conduct_ground(common, book), subjects);
    // A milestone that is a bundle's plan or guide is recorded by that command's own rule, in the same turn.
    const auto plan = r.find_command("onething.record_plan")->parse, guide = r.find_command("onething.record_guide")->parse;
    reform::declare(r, {known_department, [colleague = colleague_in(book)](const std::string& account) { return colleague(account).has_value(); }, known_bundle},
                    [plan, guide](engine::Turn& turn, reform::Product product, const catalog::BundleCode& bundle, CivilDay on, const std::string& source) -> Checked {
                      const bool is_plan = product == reform::Product::plan;
                      YI_TRY(const auto act, is_plan ? plan(json::write(onething::RecordPlan{bundle, on, Text<200>(source), false})) : guide(json::write(onething::RecordGuide{bundle, on, Text<200>(source), false, {}})));
                      return act(turn);
                    });
    const auto room = bulletin::declare(r, known_department);
    bulletin::declare_desk(r, room, desk_ground(common, book, roles), subjects);
    exchange::declare(r, common.catalog, subjects, cases);
    identity::declare(r, {known_department, known_window}, book, subjects);
    return r;
  };
}

}  // namespace yi::app
