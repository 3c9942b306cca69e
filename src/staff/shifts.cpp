#include "staff/shifts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/yaml.h"

namespace yi::staff {
namespace {
constexpr const char* kBad = "staff.bad_attendance";

// "08:20" as minutes of the day; YAML 1.1 would read a bare 08:20 as a number in base 60, ours reads plain text.
std::optional<int> minutes_of(std::string_view s) {
  const auto digit = [&](std::size_t i) { return s[i] >= '0' && s[i] <= '9' ? s[i] - '0' : -1; };
  if (s.size() != 5 || s[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4})
    if (digit(i) < 0) return std::nullopt;
  const int h = digit(0) * 10 + digit(1), m = digit(3) * 10 + digit(4);
  return h < 24 && m < 60 ? std::optional(h * 60 + m) : std::nullopt;
}
}  // namespace

std::string clock_words(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

const Slot* Shift::find(std::string_view wanted) const {
  const auto it = std::find_if(slots.begin(), slots.end(), [&](const Slot& s) { return s.code == wanted; });
  return it == slots.end() ? nullptr : &*it;
}
const Shift* AttendanceRules::find(std::string_view code) const {
  const auto it = std::find_if(shifts.begin(), shifts.end(), [&](const Shift& s) { return s.code == code; });
  return it == shifts.end() ? nullptr : &*it;
}
bool AttendanceRules::counts(SignWay way) const { return std::find(ways.begin(), ways.end(), way) != ways.end(); }

Result<AttendanceRules> AttendanceRules::load(const std::filesystem::path& file) {
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields top(root, report);
  AttendanceRules all;
  const auto bad = [&](const yaml::Node& at, std::string sentence) { report.add(at, kBad, std::move(sentence), "请核对 attendance.yaml。"); };
  const auto number = [&](const char* name, int& out, int most) {
    const auto n = top.map(name);
    if (!n) return;
    yaml::Fields g(*n, report);
    out = static_cast<int>(g.integer("value", 0, most));
    g.text("basis");
    g.flag("unverified");
    g.finish();
  };
  number("correction_days", all.correction_days, 366);
  number("post_minutes", all.post_minutes, 24 * 60);
  for (const auto& word : top.texts("ways")) {
    SignWay w{};
    if (!json::enum_from(word, w)) bad(top.at("ways"), "没有打卡方式“" + word + "”，可写 desk、device、card、entered。");
    else all.ways.push_back(w);
  }
  for (const auto& word : top.texts("roles")) {
    identity::Role r{};
    if (!json::enum_from(word, r)) bad(top.at("roles"), "没有岗位“" + word + "”，岗位见 roles.yaml。");
    else all.roles = all.roles | identity::RoleSet{r};
  }
  for (const auto& node : top.list("shifts")) {
    yaml::Fields f(node, report);
    Shift shift{f.text("code"), f.text("name"), {}};
    f.text("basis");
    f.flag("unverified");
    int before = -1;
    for (const auto& item : f.list("slots")) {
      yaml::Fields g(item, report);
      Slot s{g.text("code"), g.text("name"), g.choice<SlotSide>("side"), 0, 0, 0};
      const auto minute = [&](const char* name, int& out) {
        const auto m = minutes_of(g.text(name));
        if (!m) bad(g.at(name), "时间应写成 '08:20'。");
        else out = *m;
      };
      minute("from", s.from);
      minute("due", s.due);
      minute("to", s.to);
      g.finish();
      if (s.from > s.due || s.due > s.to) bad(item, "时段的先后应是 from、due、to。");
      if (s.from <= before) bad(item, "时段要按先后写，后一段从前一段结束之后开始。");
      if (shift.find(s.code)) bad(item, "时段“" + s.code + "”写了两次。");
      before = s.to;
      shift.slots.push_back(std::move(s));
    }
    f.finish();
    if (shift.slots.empty()) bad(node, "班次“" + shift.name + "”没有时段。");
    if (all.find(shift.code)) bad(node, "班次“" + shift.code + "”写了两次。");
    all.shifts.push_back(std::move(shift));
  }
  top.finish();
  if (all.shifts.empty()) bad(root, "没有班次。");
  if (auto refusal = report.refusal()) return *refusal;
  return all;
}

DayRecord judge(const DayOf& day) {
  DayRecord out;
  if (!day.shift) {
    out.mark = day.outside ? DayMark::outside : DayMark::rest;
    return out;
  }
  out.shift = day.shift->name;
  bool open = false, amiss = false, any = false;
  for (const auto& slot : day.shift->slots) {
    SlotRecord r{slot.code, slot.name, slot.side, SlotMark::open, clock_words(slot.due), {}, 0};
    std::optional<int> at;
    // The first who comes, the last who goes: whoever looks in twice is not late by it.
    for (const int m : day.signs)
      if (m >= slot.from && m <= slot.to && (slot.side == SlotSide::leave || !at)) at = m;
    if (at) r.signed_at = clock_words(*at);
    if (const auto it = day.corrections.find(slot.code); it != day.corrections.end()) {
      r.mark = it->second;
    } else if (at) {
      const int late = slot.side == SlotSide::arrive ? *at - slot.due : slot.due - *at;
      r.mark = late <= 0 ? SlotMark::on_time : slot.side == SlotSide::arrive ? SlotMark::late : SlotMark::early;
      r.minutes = std::max(late, 0);
      // Who has signed at 16:30 has not left early yet: they may go at 17:00.
      if (r.mark == SlotMark::early && day.now <= slot.to) r.mark = SlotMark::open;
    } else if (day.outside) {
      r.mark = SlotMark::outside;
    } else if (day.on_leave) {
      r.mark = SlotMark::on_leave;
    } else {
      r.mark = day.now > slot.to ? SlotMark::missing : SlotMark::open;
    }
    if (r.mark == SlotMark::open) r.minutes = 0;
    open |= r.mark == SlotMark::open;
    amiss |= r.mark == SlotMark::late || r.mark == SlotMark::early || r.mark == SlotMark::missing;
    any |= r.mark != SlotMark::missing && r.mark != SlotMark::open;
    out.slots.push_back(std::move(r));
  }
  if (day.outside) out.mark = DayMark::outside;
  else if (day.on_leave) out.mark = DayMark::on_leave;
  else if (amiss) out.mark = any || open ? DayMark::irregular : DayMark::absent;
  else out.mark = open ? DayMark::running : DayMark::present;
  return out;
}

}  // namespace yi::staff
