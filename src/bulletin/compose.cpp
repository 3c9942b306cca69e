#include "bulletin/compose.h"

#include <algorithm>

#include "base/text.h"

namespace yi::bulletin {
namespace {

Runs plain(std::string_view s) {
  Runs r;
  r.text(s);
  return r;
}
Runs plain(std::int64_t n) { return plain(std::to_string(n)); }

class Composer {
 public:
  Composer(const WeekMaterial& m, Edition edition, const Templates& t) : m_(m), edition_(edition), t_(t) {}

  Result<publish::Document> compose() {
    publish::Document d;
    d.masthead = {m_.masthead, number()};
    d.period = t_.period
                   .expand([&](std::string_view slot) {
                     const CivilDay day = slot[1] == '1' ? m_.figures.from : m_.figures.to;
                     return plain(slot[0] == 'm' ? day.month() : day.day());
                   })
                   .plain();
    d.issuer = m_.imprint ? std::string(m_.imprint->issuer) : m_.issuer;
    if (m_.imprint) d.date = date(m_.imprint->issued_on);
    d.title = m_.masthead + d.period;
    d.ledger_head = m_.ledger_head;
    for (const auto& part : t_.parts) {
      YI_TRY(auto paragraphs, paragraphs_of(part.part));
      if (paragraphs.empty()) continue;
      ++headings_;
      d.body.push_back({publish::Paragraph::Kind::heading, {{chinese_number(headings_) + "、" + part.title, "", ""}}});
      for (auto& p : paragraphs) d.body.push_back({publish::Paragraph::Kind::body, std::move(p).take()});
    }
    if (m_.imprint) imprint(*m_.imprint, d.imprint);
    return d;
  }

 private:
  Result<std::vector<Runs>> paragraphs_of(PartKind part) {
    switch (part) {
      case PartKind::news: return numbered(news());
      case PartKind::duty: return duty();
      case PartKind::one_thing: return section(m_.one_thing);
      case PartKind::value_added: return section(m_.value_added);
      case PartKind::windows: return windows();
      case PartKind::leave: return leave();
    }
    return std::vector<Runs>{};
  }

  // （一） only where there are two or more.
  static std::vector<Runs> numbered(std::vector<Runs> items) {
    if (items.size() < 2) return items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      Runs r = plain("（" + chinese_number(static_cast<int>(i) + 1) + "）");
      r.add(items[i]);
      items[i] = std::move(r);
    }
    return items;
  }

  std::vector<Runs> news() const {
    std::vector<Runs> items;
    std::string digest;
    for (const auto& n : m_.news) {
      if (!n.department.empty()) {
        digest += t_.digest_item.expand([&](std::string_view s) { return plain(s == "text" ? n.text : n.department); }).plain();
      } else if (!n.on) {
        items.push_back(plain(n.text));
      } else {
        items.push_back(t_.news_own.expand([&](std::string_view s) {
          return s == "text" ? plain(n.text) : plain(s == "month" ? n.on->month() : n.on->day());
        }));
      }
    }
    if (!digest.empty()) items.push_back(plain(t_.digest_lead + digest));
    return items;
  }

  // A leader who came twice is named once, where first named; posts that differ join.
  std::vector<WeekMaterial::DutyItem> leaders() const {
    std::vector<WeekMaterial::DutyItem> out;
    for (const auto& d : m_.duties) {
      const auto same = std::find_if(out.begin(), out.end(), [&](const auto& x) {
        return x.department == d.department && x.name == d.name;
      });
      if (same == out.end()) out.push_back(d);
      else same->post = joined_posts(same->post, d.post);
    }
    return out;
  }
  // "党组成员、副厅长" and "副厅长" are two posts together, not three.
  static std::string joined_posts(std::string_view first, std::string_view second) {
    std::vector<std::string> out;
    for (auto list : {first, second})
      for (auto& post : split(replace_all(std::string(list), "、", "\n"), '\n'))
        if (std::find(out.begin(), out.end(), post) == out.end()) out.push_back(std::move(post));
    return join(out, "、");
  }

  std::vector<Runs> duty() const {
    std::vector<std::string> persons;
    for (const auto& d : leaders())
      persons.push_back(t_.duty_person
                            .expand([&](std::string_view s) {
                              return plain(s == "department" ? d.department : s == "post" ? d.post : d.name);
                            })
                            .plain());
    if (persons.empty()) return {};
    return {t_.duty_sentence.expand([&](std::string_view slot) {
      if (slot == "hall") return plain(m_.hall.empty() ? std::string_view(kDefaultHall) : std::string_view(m_.hall));
      return plain(join(persons, t_.duty_separator));
    })};
  }

  Runs figure(std::string_view id, std::int64_t n) const {
    Runs r;
    r.figure({std::to_string(n), figure_link(m_.figures.from, id), find_figure(id)->definition});
    return r;
  }

  std::vector<Runs> windows() const {
    const auto zero = [](const Counts& c) { return std::all_of(c.begin(), c.end(), [](auto n) { return n == 0; }); };
    if (zero(m_.figures.week) && zero(m_.figures.year)) return {};
    return {t_.windows_sentence.expand([&](std::string_view slot) {
      const FigureInfo* info = find_figure(slot);  // the template's slots are figures' ids
      return figure(slot, of(info->reach == Reach::week ? m_.figures.week : m_.figures.year, info->figure));
    })};
  }

  Result<std::vector<Runs>> section(const std::optional<SectionWritten>& s) const {
    std::vector<Runs> items;
    if (!s) return items;
    for (const auto& entry : s->entries) {
      YI_TRY(const auto phrase, parse_entry(entry));
      for (const auto& slot : phrase.slots())
        if (!has_facts(slot))
          return Refusal{"bulletin.figure_without_facts",
                         "周报文字用到了“{" + slot + "}”，但截至本期最后一日还没有登记相应的事实。",
                         "请先登记事实，或改写这段文字：" + excerpt(entry), 422, ""};
      items.push_back(phrase.expand([&](std::string_view slot) { return fill(slot, *s); }));
    }
    return numbered(std::move(items));
  }

  // A count of none is a figure; a list of none is no sentence.
  bool has_facts(std::string_view slot) const {
    if (slot == "guides") return !m_.guides.empty();
    if (slot == "chains") return !m_.chains.empty();
    if (slot == "plates" || slot == "plates_count") return !m_.plates.empty();
    if (slot == "list_total" || slot == "categories") return m_.list.has_value();
    return true;
  }

  Runs fill(std::string_view slot, const SectionWritten& s) const {
    const auto size = [](const auto& v) { return static_cast<std::int64_t>(v.size()); };
    if (slot == "pushed") return plain(join({s.pushed.begin(), s.pushed.end()}, t_.name_separator));
    if (slot == "plans_issued") return figure(slot, size(m_.plans));
    if (slot == "guides") return plain(join(m_.guides, t_.name_separator));
    if (slot == "guides_count") return figure(slot, size(m_.guides));
    if (slot == "plates") return plain(join(m_.plates, t_.name_separator));
    if (slot == "plates_count") return figure(slot, size(m_.plates));
    if (slot == "chains") return plain(join(m_.chains, t_.name_separator));
    if (slot == "chains_count") return figure(slot, size(m_.chains));
    std::int64_t total = 0;
    std::vector<std::string> categories;
    for (const auto& c : m_.list->categories) {
      total += c.count;
      categories.push_back(
          t_.category.expand([&](std::string_view x) { return x == "name" ? plain(c.name) : plain(c.count); }).plain());
    }
    return slot == "list_total" ? figure(slot, total) : plain(join(categories, t_.category_separator));
  }

  std::vector<Runs> leave() const {
    std::vector<std::string> lines;
    for (const auto& line : t_.leave_lines) {
      const auto people = people_on(line.kind);
      if (!people.empty()) lines.push_back(line.label + "：" + people);
    }
    if (lines.empty()) return {};
    lines.back() += "。";  // only the last line printed ends with it
    std::vector<Runs> out{t_.leave_lead.expand([&](std::string_view) { return plain(t_.min_days); })};
    for (const auto& l : lines) out.push_back(plain(l));
    return out;
  }

  // Departments in order of their first person; a person with two leaves of one kind is named once.
  std::string people_on(staff::LeaveKind kind) const {
    std::vector<std::pair<std::string, std::vector<std::string>>> departments;
    for (const auto& l : m_.leaves) {
      if (l.kind != kind) continue;
      // Gathered with the public's eyes it is not here at all; held once more, because it is the last word before paper.
      if (edition_ == Edition::public_ && !staff::disclosure_of(l.kind, l.disclosure).open) continue;
      auto d = std::find_if(departments.begin(), departments.end(), [&](const auto& x) { return x.first == l.department; });
      if (d == departments.end()) d = departments.insert(d, {l.department, {}});
      if (std::find(d->second.begin(), d->second.end(), l.name) == d->second.end()) d->second.push_back(l.name);
    }
    const bool several = std::any_of(departments.begin(), departments.end(), [](const auto& d) { return d.second.size() > 1; });
    std::vector<std::string> parts;
    for (const auto& [department, people] : departments) parts.push_back(department + join(people, "、"));
    return join(parts, several ? "，" : "、");
  }

  std::string number() const {
    if (!m_.imprint || !m_.imprint->number) return "";
    const auto& i = *m_.imprint;
    return (i.total_number ? t_.number : t_.number_alone)
        .expand([&](std::string_view s) { return plain(s == "number" ? *i.number : *i.total_number); })
        .plain();
  }

  std::string date(CivilDay day) const {
    return t_.date
        .expand([&](std::string_view s) {
          return plain(s == "year" ? day.year() : static_cast<int>(s == "month" ? day.month() : day.day()));
        })
        .plain();
  }

  void imprint(const ImprintSet& i, publish::Imprint& out) const {
    const auto line = [&](const Phrase& p, const std::string& who) {
      if (!who.empty()) out.lines.push_back(p.expand([&](std::string_view) { return plain(who); }).plain());
    };
    const auto names = [](const std::vector<Text<60>>& v) { return join({v.begin(), v.end()}, "、"); };
    line(t_.report, names(i.report_to));
    line(t_.send, names(i.send_to));
    std::vector<std::string> groups;
    for (const auto& g : i.distribute_to) groups.push_back(names(g));
    line(t_.distribute, join(groups, t_.group_separator));
    if (i.copies > 0) out.copies = t_.copies.expand([&](std::string_view) { return plain(i.copies); }).plain();
  }

  const WeekMaterial& m_;
  Edition edition_;
  const Templates& t_;
  int headings_ = 0;
};
}  // namespace

Result<publish::Document> compose(const WeekMaterial& m, Edition edition, const Templates& t) {
  return Composer(m, edition, t).compose();
}

Result<publish::Document> compose_week(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                       Edition edition, CivilDay week, const Names& names, const Templates& templates) {
  Snapshot snapshot(reader);
  YI_TRY(const auto material, gather(reader, centre, viewer, edition, week, names, templates));
  return compose(material, edition, templates);
}

}  // namespace yi::bulletin
