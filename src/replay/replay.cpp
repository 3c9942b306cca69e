#include "replay/replay.h"

#include "base/text.h"
#include "bulletin/commands.h"
#include "bulletin/figure_views.h"
#include "bulletin/week_views.h"
#include "casework/rules.h"
#include "enterprise/commands.h"
#include "enterprise/views.h"
#include "hall/commands.h"
#include "onething/commands.h"
#include "onething/views.h"
#include "replay/pipeline.h"
#include "staff/commands.h"

namespace yi::replay {
namespace {

std::string shown(const bulletin::Counts& c) {
  return "咨询 " + std::to_string(c[0]) + "、受理 " + std::to_string(c[1]) + "、颁发 " + std::to_string(c[2]) + "、流转 " + std::to_string(c[3]);
}

class Driver {
 public:
  Driver(engine::Engine& engine, const std::vector<WeekFile>& files, const catalog::Catalog& catalog, const calendar::Calendar& calendar, std::uint32_t seed, const ReplayProgress& progress, Meanwhile* meanwhile)
      : engine_(engine), files_(files), catalog_(catalog), calendar_(calendar), seed_(seed), progress_(progress), meanwhile_(meanwhile), pipeline_(engine) {}

  Result<ReplayedWeek> run(const WeekFile& file, bool first) {
    out_ = {};
    out_.file = file.name;
    out_.from = file.week.from;
    out_.to = file.week.to;
    at_ = start_of(file.week.from);
    YI_CHECK(check_names(file));
    YI_CHECK(let_in(at_));
    if (first) YI_CHECK(opening(file));
    YI_CHECK(standing_facts(file.week.from - 1));
    YI_CHECK(command("bulletin.set_period", bulletin::SetPeriod{file.week.from, file.week.to}, file.week_where));
    YI_CHECK(windows(file, first));
    at_ = at(file.week.to, 17, 30);
    YI_CHECK(let_in(at_));
    YI_CHECK(standing_facts(file.week.to));
    YI_CHECK(facts_of(file));
    YI_CHECK(news(file));
    YI_CHECK(sections(file));
    YI_CHECK(people(file));
    YI_CHECK(imprint(file));
    YI_CHECK(check(file, first));
    return out_;
  }

 private:
  // What happens besides, up to the instant; recorded in its place between the week's own acts.
  Checked let_in(Instant until) {
    if (!meanwhile_ || !meanwhile_->due(until)) return Done{};
    YI_CHECK(pipeline_.finish());
    return meanwhile_->run_until(until);
  }
  template <class C>
  Checked command(const char* name, const C& c, const std::string& where) {
    const auto body = json::write(c);
    at_ = at_ + 1;
    ++out_.commands;
    // Not Engine::run, whose command ids are random: the same files must give the same records.
    auto done = pipeline_.send({at_, name, body, {}});
    if (done.ok()) done = pipeline_.finish();
    if (!done.ok() && !where.empty()) {
      auto r = std::move(done).error();
      r.where = where;
      return r;
    }
    return done;
  }

  Result<DepartmentCode> department(const std::string& name, const std::string& where) const {
    if (const auto* d = catalog_.find_department_by_name(name)) return d->code;
    return Refusal{"replay.unknown_department", "目录里没有这个部门：" + name + "。", "请改用部门的全称或简称，或在目录中增加这个部门。", 422, where};
  }
  Result<const catalog::Bundle*> bundle(const std::string& name, const std::string& where) const {
    if (const auto* b = catalog_.find_bundle_by_name(name)) return b;
    return Refusal{"replay.unknown_bundle", "目录里没有这个“一件事”：" + name + "。", "请改用目录中的名称或别名。", 422, where};
  }

  // Before anything is recorded: every name that must be known.
  Checked check_names(const WeekFile& file) {
    for (const auto& n : file.news)
      if (n.department) YI_CHECK(department(*n.department, n.where));
    for (const auto& d : file.duties) YI_CHECK(department(d.department, d.where));
    for (const auto& l : file.leaves) YI_CHECK(department(l.department, l.where));
    for (const auto& g : file.guides) YI_CHECK(bundle(g.name, g.where));
    if (file.one_thing)
      for (const auto& p : file.one_thing->pushed)
        if (!catalog_.find_bundle_by_name(p.name))
          out_.warnings.push_back(p.where + "：重点推进的“" + p.name + "”不在“一件事”目录中，按原文印出。");
    return Done{};
  }

  Checked opening(const WeekFile& file) {
    if (!file.windows || (!file.windows->opening && !file.windows->year_to_date)) return Done{};
    bulletin::EnterOpeningBalance c;
    c.before = file.week.from;
    bulletin::Counts n{};
    if (file.windows->opening) n = *file.windows->opening;
    else if (!file.crosses_new_year())
      for (std::size_t i = 0; i < n.size(); ++i) n[i] = (*file.windows->year_to_date)[i] - file.windows->week[i];
    if (n == bulletin::Counts{}) return Done{};
    c.consulted = n[0];
    c.accepted = n[1];
    c.issued = n[2];
    c.transferred = n[3];
    c.source = short_name<200>(file.name + " 的期初数");
    return command("bulletin.enter_opening_balance", c, file.windows->opening ? file.windows->opening_where : file.windows->year_where);
  }

  // Whether one of the files dates a fact of the catalogue anew.
  bool replaced(const catalog::DatedFact& f) const {
    for (const auto& file : files_)
      for (const auto& own : file.facts) {
        if (f.kind == catalog::FactKind::service_list_published && own.kind == FactKind::list_published) return true;
        if (f.kind != catalog::FactKind::plan_issued || own.kind != FactKind::plan_issued) continue;
        const auto* b = catalog_.find_bundle_by_name(own.name);
        if (b && f.bundle && b->code == *f.bundle) return true;
      }
    return false;
  }
  // The catalogue's dated facts up to and with a day, each once.
  Checked standing_facts(CivilDay up_to) {
    for (const auto& f : catalog_.facts()) {
      if (f.on > up_to || f.on <= standing_until_ || replaced(f)) continue;
      if (f.kind == catalog::FactKind::plan_issued) {
        YI_CHECK(command("onething.record_plan", onething::RecordPlan{*f.bundle, f.on, source_of(f.from), !f.from.unverified}, ""));
      } else {
        enterprise::PublishList c;
        c.version = Text<60>(*f.version);
        c.on = f.on;
        c.source = source_of(f.from);
        c.verified = !f.from.unverified;
        for (const auto& n : f.categories) c.categories.push_back({catalog_.get_category(n.category).name, n.count});
        YI_CHECK(command("enterprise.publish_list", c, ""));
      }
    }
    standing_until_ = up_to;
    return Done{};
  }
  // A file's name as the version or the source of what it says.
  template <int Max>
  static Text<Max> short_name(const std::string& name) {
    auto wide = to_utf32(name);
    if (wide.size() > Max) wide.resize(Max);
    return Text<Max>(to_utf8(wide));
  }
  Text<200> source_of(const catalog::Provenance& p) const {
    const auto* s = p.source.empty() ? nullptr : catalog_.find_source(p.source.front());
    return s ? short_name<200>(s->title) : Text<200>("未注明");
  }

  // A week across 1 January is planned in two parts, so that the days from 1 January give the year's figures.
  Checked windows(const WeekFile& file, bool first) {
    if (!file.windows) return Done{};
    const auto& n = file.windows->week;
    if (!file.crosses_new_year() || !file.windows->year_to_date) return part(file, n, file.week.from, file.week.to, first);
    const auto& year = *file.windows->year_to_date;
    bulletin::Counts before{};
    for (std::size_t i = 0; i < n.size(); ++i) before[i] = n[i] - year[i];
    const auto new_year = CivilDay::of(file.week.to.year(), 1, 1);
    YI_CHECK(part(file, before, file.week.from, new_year - 1, first));
    return part(file, year, new_year, file.week.to, false);
  }
  Checked part(const WeekFile& file, const bulletin::Counts& n, CivilDay from, CivilDay to, bool first) {
    PlanRequest q;
    q.figures = {n[0], n[1], n[2], n[3]};
    q.from = from;
    q.to = to;
    q.first_week = first;
    q.seed = seed_ + static_cast<std::uint32_t>(from.days);
    if (!first) q.open_cases = open_cases();
    bool instant = false;
    for (const auto& m : catalog_.matters()) instant |= m.case_type == catalog::CaseType::instant;
    auto mixture = mix(q, instant);
    if (!mixture) return located(std::move(mixture).error(), file.windows->where);
    out_.mixture.add(*mixture);
    auto steps = plan(q, *mixture, catalog_, calendar_);
    if (!steps) return located(std::move(steps).error(), file.windows->where);
    const auto all = static_cast<std::int64_t>(steps->size());
    std::int64_t done = 0;
    for (const auto& s : *steps) {
      YI_CHECK(let_in(s.at));
      YI_CHECK(pipeline_.send(s));
      if (progress_ && ++done % 500 == 0) progress_(done, all);
    }
    YI_CHECK(pipeline_.finish());
    if (progress_) progress_(all, all);
    out_.commands += all;
    return Done{};
  }
  static Refusal located(Refusal r, const std::string& where) {
    r.where = where;
    return r;
  }

  std::vector<OpenCase> open_cases() {
    std::vector<OpenCase> out;
    auto reader = engine_.reader();
    auto c = reader->select("SELECT case_id, department, type, stage, holder, next_due FROM casework_case WHERE centre=$1 ORDER BY case_id", {engine_.centre().value});
    while (c->next()) {
      const auto stage = static_cast<casework::Stage>(c->integer(3));
      if (!casework::is_end(stage))
        out.push_back({CaseId{c->integer(0)}, {std::string(c->bytes(1))}, stage, static_cast<casework::CaseType>(c->integer(2)),
                       static_cast<casework::Holder>(c->integer(4)),
                       c->is_null(5) ? std::nullopt : std::optional(CivilDay{static_cast<std::int32_t>(c->integer(5))})});
    }
    return out;
  }

  // The file's own facts, dated on the week's last day unless they say otherwise. What is known already stays.
  Checked facts_of(const WeekFile& file) {
    const auto day = file.week.to;
    const auto source = short_name<200>(file.name);
    const auto known = [](Checked c, std::string_view code) -> Checked {
      if (!c.ok() && c.error().code == code) return Done{};
      return c;
    };
    bool list_given = false, zone_given = false;
    for (const auto& f : file.facts) {
      YI_CHECK(one_fact(file, f));
      list_given |= f.kind == FactKind::list_published;
      zone_given |= f.kind == FactKind::zone_planned;
    }
    for (const auto& g : file.guides) {
      YI_TRY(const auto* b, bundle(g.name, g.where));
      // The file does not say on which day: the week's last, unverified.
      onething::RecordGuide c{b->code, day, source, false, {}};
      if (b->name != g.name) c.title = Text<60>(g.name);
      YI_CHECK(known(command("onething.record_guide", c, g.where), "onething.guide_already_published"));
    }
    if (!file.categories.empty() && !list_given) {
      enterprise::PublishList c;
      c.version = short_name<60>(file.name);
      c.on = day;
      c.source = source;
      for (const auto& n : file.categories) c.categories.push_back({Text<60>(n.name), n.count});
      YI_CHECK(command("enterprise.publish_list", c, file.categories_where));
    }
    if (!file.plates.empty() && !zone_given) {
      enterprise::PlanZone c;
      c.on = day;
      c.source = source;
      for (const auto& p : file.plates) c.plates.push_back(Text<60>(p.name));
      YI_CHECK(command("enterprise.plan_zone", c, file.plates_where));
    }
    for (const auto& n : file.chains)
      YI_CHECK(known(list_chain(n.name, day, n.where), "enterprise.chain_already_listed"));
    return Done{};
  }
  Checked list_chain(const std::string& chain, CivilDay on, const std::string& where) {
    enterprise::ListChain c;
    c.on = on;
    c.chain = Text<60>(chain);
    return command("enterprise.list_chain", c, where);
  }
  Checked one_fact(const WeekFile& file, const WeekFile::Fact& f) {
    const auto source = short_name<200>(file.name);
    switch (f.kind) {
      case FactKind::plan_issued: {
        YI_TRY(const auto* b, bundle(f.name, f.where));
        return command("onething.record_plan", onething::RecordPlan{b->code, f.on, source, true}, f.where);
      }
      case FactKind::guide_published: {
        YI_TRY(const auto* b, bundle(f.name, f.where));
        onething::RecordGuide c{b->code, f.on, source, true, {}};
        if (b->name != f.name) c.title = Text<60>(f.name);
        return command("onething.record_guide", c, f.where);
      }
      case FactKind::chain_listed:
        return list_chain(f.name, f.on, f.where);
      case FactKind::list_published: {
        enterprise::PublishList c;
        c.version = Text<60>(f.name);
        c.on = f.on;
        for (const auto& n : file.categories) c.categories.push_back({Text<60>(n.name), n.count});
        return command("enterprise.publish_list", c, f.where);
      }
      case FactKind::zone_planned: {
        enterprise::PlanZone c;
        c.on = f.on;
        for (const auto& p : file.plates) c.plates.push_back(Text<60>(p.name));
        return command("enterprise.plan_zone", c, f.where);
      }
    }
    return Done{};
  }

  Checked news(const WeekFile& file) {
    int rank = 0;
    for (const auto& n : file.news) {
      bulletin::EnterNews c;
      c.week = file.week.from;
      if (n.department) {
        YI_TRY(c.department, department(*n.department, n.where));
      }
      c.on = n.on;
      c.text = Text<2000>(n.text);
      c.rank = ++rank;
      YI_CHECK(command("bulletin.enter_news", c, n.where));
    }
    return Done{};
  }

  Checked sections(const WeekFile& file) {
    const auto write = [&](const std::optional<WeekFile::Section>& s, bulletin::Section which) -> Checked {
      if (!s) return Done{};
      bulletin::WriteSection c;
      c.week = file.week.from;
      c.section = which;
      for (const auto& e : s->entries) c.entries.push_back(Text<2000>(e));
      for (const auto& p : s->pushed) c.pushed.push_back(Text<60>(p.name));
      return command("bulletin.write_section", c, s->where);
    };
    YI_CHECK(write(file.one_thing, bulletin::Section::one_thing));
    return write(file.value_added, bulletin::Section::value_added);
  }

  Checked people(const WeekFile& file) {
    int rank = 0;
    for (const auto& d : file.duties) {
      YI_TRY(const auto code, department(d.department, d.where));
      YI_CHECK(command("hall.record_duty", hall::RecordDuty{code, Text<120>(d.post), Text<60>(d.name), d.from, d.to, ++rank}, d.where));
    }
    rank = 0;
    for (const auto& l : file.leaves) {
      YI_TRY(const auto code, department(l.department, l.where));
      staff::RecordLeave wish{code, Text<60>(l.name), l.kind, l.from, l.to, {}, {}, ++rank};
      if (l.mode_said) {
        wish.count_mode = l.count_mode;
        if (l.days > 0) wish.days = l.days;  // else the calendar counts them
      }
      YI_CHECK(command("staff.record_leave", wish, l.where));
    }
    return Done{};
  }

  Checked imprint(const WeekFile& file) {
    if (!file.issued_on) return Done{};
    bulletin::SetImprint c;
    c.week = file.week.from;
    c.issued_on = *file.issued_on;
    c.issuer = Text<60>(file.issuer);
    c.copies = file.copies;
    for (const auto& t : file.report_to) c.report_to.push_back(Text<60>(t));
    for (const auto& t : file.send_to) c.send_to.push_back(Text<60>(t));
    for (const auto& group : file.distribute_to) {
      c.distribute_to.emplace_back();
      for (const auto& t : group) c.distribute_to.back().push_back(Text<60>(t));
    }
    for (const auto& h : file.layout_hints) c.layout_hints.push_back(Text<60>(h));
    c.number = file.number;
    c.total_number = file.total_number;
    return command("bulletin.set_imprint", c, "");
  }

  // What the ledger now says against what the file says.
  Checked check(const WeekFile& file, bool first) {
    if (!engine_.wait_followed(engine_.position(), std::chrono::seconds(60)))
      return Refusal{"replay.counts_differ", "统计没有跟上账本。", "请检查磁盘空间后重试。", 503, ""};
    auto reader = engine_.reader();
    const auto viewer = identity::Viewer::operator_named("replay");
    const auto centre = engine_.centre();
    if (file.windows) {
      YI_TRY(const auto figures, bulletin::figures_of_week(*reader, centre, viewer, file.week.from));
      if (figures.week != file.windows->week)
        return Refusal{"replay.counts_differ", "账本中本周为" + shown(figures.week) + "，文件为" + shown(file.windows->week) + "。",
                       "上期之后、本周之前如有办理，会计入本周；请核对起止日期。", 422, file.windows->where};
      if (file.windows->year_to_date && figures.year != *file.windows->year_to_date)
        return Refusal{"replay.balance_differs", "账本中今年以来为" + shown(figures.year) + "，文件为" + shown(*file.windows->year_to_date) + "。",
                       first ? "请核对期初数。" : "后一周的累计数应等于前一周的累计数加本周数；请核对。", 422, file.windows->year_where};
      if (!first && file.windows->opening && !file.crosses_new_year()) {
        bulletin::Counts before{};
        for (std::size_t i = 0; i < before.size(); ++i) before[i] = figures.year[i] - figures.week[i];
        if (before != *file.windows->opening)
          return Refusal{"replay.balance_differs", "账本中本周之前为" + shown(before) + "，文件的期初数为" + shown(*file.windows->opening) + "。",
                         "请核对期初数。", 422, file.windows->opening_where};
      }
    }
    FactCounts n;
    n.plans = static_cast<std::int64_t>(onething::plans_up_to(*reader, centre, viewer, file.week.to).size());
    n.guides = static_cast<std::int64_t>(onething::guides_up_to(*reader, centre, viewer, file.week.to).size());
    n.chains = static_cast<std::int64_t>(enterprise::chains_up_to(*reader, centre, viewer, file.week.to).size());
    if (const auto list = enterprise::list_as_of(*reader, centre, viewer, file.week.to))
      for (const auto& c : list->fact.categories) n.list_total += c.count;
    if (const auto zone = enterprise::zone_as_of(*reader, centre, viewer, file.week.to))
      n.plates = static_cast<std::int64_t>(zone->fact.plates.size());
    return check_expected(file, n);
  }

  engine::Engine& engine_;
  const std::vector<WeekFile>& files_;
  const catalog::Catalog& catalog_;
  const calendar::Calendar& calendar_;
  CivilDay standing_until_{INT32_MIN};  // the catalogue's facts up to this day are recorded
  std::uint32_t seed_;
  const ReplayProgress& progress_;
  Meanwhile* meanwhile_;
  Pipeline pipeline_;
  ReplayedWeek out_;
  Instant at_{};
};

}  // namespace

Result<std::vector<ReplayedWeek>> replay(engine::Engine& engine, const std::vector<WeekFile>& files, const catalog::Catalog& catalog,
                                         const calendar::Calendar& calendar, std::uint32_t seed, const ReplayProgress& progress, Meanwhile* meanwhile) {
  for (std::size_t i = 1; i < files.size(); ++i)
    if (files[i].week.from <= files[i - 1].week.to)
      return Refusal{"replay.out_of_order", "各周的文件应按日期先后给出，不能重叠：" + files[i].name + " 不在 " + files[i - 1].name + " 之后。",
                     "请调整 --week-file 的次序。", 422, files[i].week_where};
  Driver driver(engine, files, catalog, calendar, seed, progress, meanwhile);
  std::vector<ReplayedWeek> out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    YI_TRY(auto week, driver.run(files[i], i == 0));
    out.push_back(std::move(week));
  }
  return out;
}

Result<Instant> as_of(const std::vector<WeekFile>& files, const calendar::Calendar& calendar) {
  YI_TRY(const auto day, calendar.next_working_day(files.back().week.to + 1));
  return at(day, 9, 0);
}

}  // namespace yi::replay
