#include "bulletin/issue_paper.h"

#include <algorithm>
#include <set>

#include "bulletin/compose.h"

namespace yi::bulletin {
namespace {

SectionWritten section_from(const DraftSection& s, CivilDay week) { return {week, s.section, s.entries, s.pushed}; }

Checked lay_over(WeekMaterial& m, const IssueDraft& draft, const PaperAsk& q) {
  if (draft.news_typed) {
    m.news.clear();
    for (const auto& n : draft.news) m.news.push_back({n.department ? q.names.department(*n.department).value_or(n.department->value) : "", n.on, n.text});
  }
  for (const auto& s : draft.sections) {
    auto& place = s.section == Section::one_thing ? m.one_thing : m.value_added;
    if (s.entries.empty()) {
      place.reset();
      continue;
    }
    YI_TRY(const auto checked, decide(WriteSection{q.week, s.section, s.entries, s.pushed}, true));
    static_cast<void>(checked);
    place = section_from(s, q.week);
  }
  if (draft.imprint) {
    const auto& i = *draft.imprint;
    YI_TRY(const auto imprint, decide(SetImprint{q.week, i.issued_on, i.issuer, i.copies, i.report_to, i.send_to, i.distribute_to, {}, {}, {}}, true));
    m.imprint = imprint;
  }
  return Done{};
}

DepartmentCounts counts_by_department(const PaperAsk& q) {
  DepartmentCounts out;
  for (const Figure f : kFigures)
    for (const auto reach : {Reach::week, Reach::year})
      if (const auto units = breakdown(q.reader, q.centre, q.viewer, q.week, f, reach))
        for (const auto& u : *units) {
          auto& [week, year] = out[q.names.department(u.department).value_or(u.department.value)];
          of(reach == Reach::week ? week : year, f) += u.n;
        }
  return out;
}

// Each part's paragraphs without their figures, by title.
std::vector<std::pair<std::string, std::string>> parts_of(const publish::Document& d) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& p : d.body) {
    if (p.kind == publish::Paragraph::Kind::heading) {
      const auto title = p.text();
      const auto at = title.find("、");
      out.emplace_back(at == std::string::npos ? title : title.substr(at + std::string_view("、").size()), "");
      continue;
    }
    if (out.empty()) out.emplace_back("", "");
    for (const auto& r : p.runs) out.back().second += r.link.empty() ? r.text : "{}";
    out.back().second += "\n";
  }
  return out;
}
}  // namespace

Result<WeekPaper> compose_now(const PaperAsk& q, Edition edition, const IssueDraft* draft) {
  WeekPaper p;
  p.issue = find_issue(q.reader, q.centre, q.week);
  auto words = p.issue ? words_of_issue(q.reader, q.centre, q.week) : std::vector<IssueWord>{};
  if (draft && draft->words) words = *draft->words;
  YI_TRY(p.words, with_words(q.templates, words));
  YI_TRY(p.material, gather(q.reader, q.centre, q.viewer, edition, q.week, q.names, p.words));
  if (draft) YI_CHECK(lay_over(p.material, *draft, q));
  YI_TRY(p.document, compose(p.material, edition, p.words));
  return p;
}

Result<WeekPaper> paper_of_week(const PaperAsk& q, const store::KeyVault& keys, Edition edition, bool drafts_too) {
  const auto issue = find_issue(q.reader, q.centre, q.week);
  if (issue && issue->stage != IssueStage::issued && !drafts_too)
    return Refusal{"bulletin.not_issued_yet", "这一期周报还没有签发。", "签发后在这里公布；在此之前可以看以前各期。", 404, ""};
  auto p = compose_now(q, edition);
  if (!issue || issue->stage != IssueStage::issued) return p;
  YI_TRY(auto issued, issued_paper(q.reader, q.centre, q.viewer, keys, q.week, edition));
  if (!p.ok()) {
    // What was issued can be read, whatever has become of its sources.
    WeekPaper alone;
    alone.words = q.templates;
    YI_TRY(alone.material, gather(q.reader, q.centre, q.viewer, edition, q.week, q.names, q.templates));
    p = std::move(alone);
  }
  p->issue = issue;
  p->document = std::move(issued->document);
  return p;
}

Result<std::vector<Warning>> warnings_of(const PaperAsk& q, const WeekPaper& p, Edition edition, const WordLists& lists) {
  auto all = lint(p.material, p.document, edition, p.words);
  const auto add = [&](std::vector<Warning> more) { std::move(more.begin(), more.end(), std::back_inserter(all)); };
  add(lint_typed_figures(p.material, counts_by_department(q)));
  for (const auto& n : p.material.news) add(check_words(n.text, "动态", lists));
  for (const auto* section : {&p.material.one_thing, &p.material.value_added})
    if (*section)
      for (const auto& e : (*section)->entries) add(check_words(e, section == &p.material.one_thing ? "一件事" : "增值化", lists));
  std::set<std::string> seen;
  std::erase_if(all, [&](const Warning& w) { return !seen.insert(key_of(w)).second; });
  return all;
}

std::map<std::string, std::string> printed_figures(const publish::Document& d) {
  std::map<std::string, std::string> out;
  for (const auto& p : d.body)
    for (const auto& r : p.runs)
      if (!r.link.empty()) out[r.link.substr(r.link.rfind('/') + 1)] = r.text;
  return out;
}

SinceIssued since_issued(const publish::Document& issued, const publish::Document& now) {
  SinceIssued out;
  const auto then = printed_figures(issued), present = printed_figures(now);
  for (const auto& [id, printed] : then) {
    const auto it = present.find(id);
    const auto* info = find_figure(id);
    if (info && it != present.end() && it->second != printed) out.figures.push_back({id, info->name, printed, it->second});
  }
  const auto before = parts_of(issued), after = parts_of(now);
  for (const auto& [title, text] : before) {
    const auto it = std::find_if(after.begin(), after.end(), [&title = title](const auto& x) { return x.first == title; });
    if (it == after.end() || it->second != text) out.parts.push_back(title);
  }
  for (const auto& [title, text] : after)
    if (std::none_of(before.begin(), before.end(), [&title = title](const auto& x) { return x.first == title; })) out.parts.push_back(title);
  return out;
}

}  // namespace yi::bulletin
