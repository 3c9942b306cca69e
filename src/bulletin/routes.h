#pragma once
// The bulletin's doors: pages for people (HTML, text, PDF) and the same figures as JSON.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "bulletin/desk_rules.h"
#include "bulletin/material.h"
#include "bulletin/report_template.h"
#include "engine/engine.h"
#include "http/router.h"
#include "publish/font_book.h"

namespace yi::bulletin {

// What the doors need beside the engine; app fills it once and it never changes.
struct BulletinContext {
  Names names;
  std::function<std::optional<std::string>(const WindowCode&)> window;  // "综窗01"; without it the code is shown
  std::function<std::string()> hall;  // today's: "四川省政务服务大厅", the pages' own title
  std::shared_ptr<const Templates> templates;
  std::shared_ptr<const ReportTemplates> reports = std::make_shared<const ReportTemplates>();  // of other periods
  publish::FontPlaces fonts;
  // The bulletin desk.
  std::shared_ptr<const DeskRules> desk = {};
  std::shared_ptr<const WordLists> word_lists = {};
  DepartmentCode own = {};         // the centre's own department
  std::vector<DepartmentCode> departments = {};  // all of the catalogue, in its order
  bool sends_mail = false;         // a mail server is configured
};

// Pages: /week, /bulletin/{week}, /figures/{week}/{figure}, /reports/{template}/{period}; papers as files under them:
// …/text, /pdf, /docx, /ofd, /xlsx.
// JSON: /api/bulletin/weeks[/{week}[/warnings | /figures/{figure}[/evidence]]].
// For those who have bulletin.read_counts: /api/bulletin/counts[/{figure}/records], /api/bulletin/trend,
// /api/bulletin/reports[/{template}/{period}].
// A page's refusal is a page in the reader's language; that of a JSON door is a problem reply. The engine and the
// context outlive the router.
void add_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context);

}  // namespace yi::bulletin
