#pragma once
// For tests of the pages: a small week that went through the engine, and its doors without a socket.
#include <gtest/gtest.h>

#include "base/text.h"
#include "bulletin/declare.h"
#include "bulletin/names.h"
#include "bulletin/routes.h"
#include "calendar/calendar.h"
#include "casework/views.h"
#include "enterprise/declare.h"
#include "hall/declare.h"
#include "onething/declare.h"
#include "staff/declare.h"
#include "store/temporary_directory.h"

namespace yi::bulletin::test {

inline constexpr int kConsultations = 117;  // three pages of evidence, the last one short
inline constexpr const char* kSickPerson = "病十一";
inline constexpr const char* kOnLeave = "休十二";

struct Site {
  store::TemporaryDirectory directory;
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const calendar::Calendar> calendar;
  BulletinContext context;
  std::unique_ptr<engine::Engine> engine;
  http::Router router;

  explicit Site(bool with_week = true) {
    catalog = std::make_shared<const catalog::Catalog>(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan").value());
    calendar =
        std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value());
    context.names = names_of(catalog, {});
    context.hall = [name = catalog->settings().hall_name] { return name; };
    context.window = [c = catalog](const WindowCode& code) -> std::optional<std::string> {
      const auto* w = c->find_window(code);
      return w ? std::optional(w->name) : std::nullopt;
    };
    context.templates = std::make_shared<const Templates>(
        Templates::load(YI_SOURCE_DIR "/data/sichuan/templates/bulletin.yaml", "bulletin.yaml").value());
    context.reports = std::make_shared<const ReportTemplates>(ReportTemplates::load(YI_SOURCE_DIR "/data/sichuan/templates/reports").value());
    context.fonts.configured = YI_SOURCE_DIR "/.deps/fonts";
    open();
    if (with_week) {
      fill();
      engine.reset();  // the next start stands at the pinned instant
      open();
    }
    add_doors(router, *engine, context);
  }

  void open() {
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    engine = engine::Engine::open(directory.path(), rooms(), o).value();
  }

  engine::RegistryFactory rooms() const {
    return [c = catalog, k = calendar] {
      const auto department = [c](const DepartmentCode& code) { return c->find_department(code) != nullptr; };
      const auto bundle = [c](const catalog::BundleCode& code) { return c->find_bundle(code) != nullptr; };
      engine::Registry r;
      casework::declare(r, casework::Ground{c, k}, identity::declare_subjects(r));
      onething::declare(r, bundle);
      enterprise::declare(r);
      hall::declare(r, department);
      staff::declare(r, department);
      bulletin::declare(r, department);
      return r;
    };
  }

  engine::Answer run(std::string_view command, const std::string& body, Instant when) {
    auto a = engine->run(command, body, {"w01", "operator"}, when);
    if (!a) throw std::logic_error(std::string(command) + ": " + a.error().code + " " + a.error().where + " " + body);
    return std::move(a).value();
  }

  void fill() {
    const CivilDay monday = CivilDay::of(2024, 6, 17);
    Instant t = at(monday, 8, 30);
    const auto next = [&] { return t = t + 60'000; };
    run("bulletin.set_period", R"({"from":"2024-06-10","to":"2024-06-14"})", next());
    run("bulletin.set_period", R"({"from":"2024-06-17","to":"2024-06-21"})", next());
    run("bulletin.enter_opening_balance",
        R"({"before":"2024-06-10","consulted":41000,"accepted":9000,"issued":52000,"transferred":71000,"source":"上一年度台账"})",
        next());
    facts(next);
    people(next);
    for (int i = 0; i < kConsultations; ++i)
      run("casework.consult",
          std::string(R"({"department":")") + (i % 3 ? "scjgj" : "gat") + R"(","window":")" + (i % 3 ? "W01" : "W13") +
              R"(","channel":"window"})",
          next());
    lives(next);
    engine->wait_followed(engine->position(), std::chrono::seconds(5));
  }

  template <class Next>
  void facts(Next next) {
    for (const char* code : {"QYXXBG", "KBYSQY", "TX"})
      run("onething.record_plan",
          std::string(R"({"bundle":")") + code + R"(","on":"2024-06-14","source":"试验来源","verified":)" +
              (*code == 'T' ? "true" : "false") + "}",
          next());
    run("onething.record_guide", R"({"bundle":"TX","on":"2024-06-14","source":"试验来源","verified":true})", next());
    run("enterprise.publish_list",
        R"({"version":"2024-06","on":"2024-06-14","categories":[{"name":"项目服务","count":36},{"name":"法律服务","count":18}],"source":"试验网页","verified":true})",
        next());
    run("enterprise.plan_zone", R"({"on":"2024-06-14","plates":["政策","融资"]})", next());
    run("enterprise.list_chain", R"({"on":"2024-06-14","chain":"晶硅光伏"})", next());
    run("bulletin.write_section",
        R"({"week":"2024-06-17","section":"one_thing","entries":["印发{plans_issued}个“一件事”实施方案，发布{guides}{guides_count}个图解，重点推进{pushed}。"],"pushed":["退休"]})",
        next());
    run("bulletin.write_section",
        R"({"week":"2024-06-17","section":"value_added","entries":["梳理涉企服务事项{list_total}项（其中，{categories}），拟设{plates}{plates_count}个板块，形成{chains}{chains_count}类产业链清单。"],"pushed":[]})",
        next());
  }

  template <class Next>
  void people(Next next) {
    run("bulletin.enter_news",
        R"({"week":"2024-06-17","on":"2024-06-18","text":"召开会议<script>alert(1)</script>&\"讨论\"窗口工作。","rank":1})",
        next());
    run("bulletin.enter_news",
        R"({"week":"2024-06-17","department":"scjgj","text":"《甲》《乙》等3项措施落地。","rank":2})", next());
    run("hall.record_duty",
        R"({"department":"jtt","post":"副厅长","name":"值甲","from":"2024-06-18","to":"2024-06-18","rank":1})", next());
    run("staff.record_leave",
        std::string(R"({"department":"gat","name":")") + kSickPerson +
            R"(","kind":"sick","from":"2024-06-17","to":"2024-06-21","count_mode":"calendar","days":5,"rank":1})",
        next());
    run("staff.record_leave",
        std::string(R"({"department":"gat","name":")") + kOnLeave +
            R"(","kind":"annual","from":"2024-06-17","to":"2024-06-21","count_mode":"working","days":5,"rank":2})",
        next());
    run("bulletin.set_imprint",
        R"({"week":"2024-06-17","issued_on":"2024-07-04","issuer":"试验中心","copies":100,"report_to":["甲部门"],"send_to":["乙部门"],"distribute_to":[["丙","丁"]],"layout_hints":[],"number":25,"total_number":300})",
        next());
  }

  // Two cases of their own through to the issue, one result of another system.
  template <class Next>
  void lives(Next next) {
    const auto& m = *catalog->find_matter(MatterCode{"SC-SCJGJ-0001"});
    std::string papers;
    for (const auto& paper : m.materials)
      if (paper.required && paper.provider != catalog::Provider::government) {
        papers += papers.empty() ? "" : ",";
        json::append_string(papers, paper.name);
      }
    for (int i = 0; i < 2; ++i) {
      const auto id = run("casework.receive",
                          R"({"matter":")" + m.code.value +
                              R"(","window":"W01","applicant_kind":"legal","applicant":"试验一号公司","materials":[)" + papers + "]}",
                          next())
                          .stream.substr(5);
      const auto act = [&](const char* command, const std::string& rest) {
        run(command, R"({"case_id":")" + id + "\"," + rest + "}", next());
      };
      act("casework.accept", R"("window":"W01")");
      act("casework.transfer", R"("window":"W01","to":"department","signed_by":"乙")");
      act("casework.decide", R"("decision":"grant")");
      act("casework.transfer", R"("window":"W15","to":"issue_window","signed_by":"丙")");
      act("casework.issue", R"("window":"W15","delivery":"window","received_by":"甲")");
    }
    run("casework.receive_result",
        R"({"matter":")" + m.code.value +
            R"(","window":"W15","foreign_number":"甲-1","decided_on":"2024-06-14","handed_over":["执照一份"],"signed_by":"丙"})",
        next());
  }

  // A request as the server would hand it over; `target` is a path with its query, not encoded.
  http::Response get(const std::string& target, bool as_operator = false, const std::string& if_none_match = "") {
    http::Request r;
    const auto question = target.find('?');
    r.path = target.substr(0, question);
    r.if_none_match = if_none_match;
    if (question != target.npos)
      for (const auto& pair : split(std::string_view(target).substr(question + 1), '&')) {
        const auto equals = pair.find('=');
        r.query[pair.substr(0, equals)] = equals == pair.npos ? "" : pair.substr(equals + 1);
      }
    const auto door = router.find(r);
    if (!door) return http::problem(door.error());
    if (const auto good = router.check_parameters(**door, r); !good) return http::problem(good.error());
    const http::Caller caller = as_operator ? http::Caller{"operator", "operator"} : http::Caller{"public", ""};
    if ((*door)->right != "public" && !as_operator) return http::problem({"identity.not_signed_in", "", "", 401, ""});
    http::Response out;
    (*door)->handle(r, caller, http::Responder([&](http::Response reply) { out = std::move(reply); }));
    return out;
  }
};

}  // namespace yi::bulletin::test
