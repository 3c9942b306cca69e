// settings: the centre, its hall and hours, and what casework takes where a matter has no own.
#include "catalog/reading.h"

namespace yi::catalog {

int read_minute(yaml::Fields& f, std::string_view name, Loading& in) {
  const std::string text = f.text(name);
  if (!has_shape(text, "99:99") || text > "24:00" || text[3] > '5') {
    if (!text.empty()) in.add(f.at(name), Problem::bad_code, "时刻“" + text + "”的写法不对，应如 09:00。");
    return -1;
  }
  return ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + (text[3] - '0') * 10 + (text[4] - '0');
}

namespace {

void read_office_hours(yaml::Fields& top, Loading& in) {
  int last = 0;
  for (const auto& node : top.list("office_hours")) {
    yaml::Fields f(node, in.report);
    const OfficeHours h{read_minute(f, "from", in), read_minute(f, "to", in)};
    f.finish();
    if (h.from_minute < 0 || h.to_minute < 0) continue;
    if (h.from_minute < last || h.to_minute <= h.from_minute)
      in.add(node, Problem::inconsistent, "办公时间要从早到晚排列，互不重叠。");
    last = h.to_minute;
    in.data.settings.office_hours.push_back(h);
  }
  if (in.data.settings.office_hours.empty()) in.add(top.at("office_hours"), Problem::inconsistent, "没有写办公时间。");
}

// {value, basis, unverified}: no law gives the value, so that its certainty stands beside it.
template <class T, class Read>
void setting(yaml::Fields& f, std::string_view name, Loading& in, Setting<T>& out, Read read) {
  const auto node = f.map(name);
  if (!node) return;
  yaml::Fields g(*node, in.report);
  out.value = read(g);
  out.basis = g.text("basis");
  out.unverified = g.flag("unverified");
  g.finish();
}

void read_casework(yaml::Fields& top, Loading& in) {
  const auto node = top.map("casework");
  if (!node) return;
  yaml::Fields f(*node, in.report);
  CaseworkSettings& c = in.data.settings.casework;
  const auto text = [](yaml::Fields& g) { return g.text("value"); };
  setting(f, "correction_days", in, c.correction_days, [](yaml::Fields& g) { return static_cast<int>(g.integer("value", 1, 366)); });
  setting(f, "second_notice_flag", in, c.second_notice_flag, [](yaml::Fields& g) { return g.boolean("value"); });
  setting(f, "correction_restarts_notice", in, c.correction_restarts_notice, [](yaml::Fields& g) { return g.boolean("value"); });
  setting(f, "forward_pauses", in, c.forward_pauses, [](yaml::Fields& g) { return g.choice<ForwardPauses>("value"); });
  setting(f, "extension_moves_promise", in, c.extension_moves_promise, [](yaml::Fields& g) { return g.boolean("value"); });
  setting(f, "online_cutoff", in, c.online_cutoff, [&](yaml::Fields& g) { return read_minute(g, "value", in); });
  setting(f, "review_body", in, c.review_body, text);
  setting(f, "court", in, c.court, text);
  setting(f, "consultation_phone", in, c.consultation_phone, text);
  setting(f, "supervision_phone", in, c.supervision_phone, text);
  f.finish();
  if (c.online_cutoff.value == 0) in.add(f.at("online_cutoff"), Problem::inconsistent, "网上截止时刻 online_cutoff 应是 00:01 至 24:00。");
}

}  // namespace

void read_settings(const yaml::Node& root, Loading& in) {
  yaml::Fields top(root, in.report);
  Settings& s = in.data.settings;
  if (const auto node = top.map("centre")) {
    yaml::Fields f(*node, in.report);
    const std::string code = in.code(f, "code", "999999");
    if (!code.empty()) s.centre.value = std::stoi(code);
    s.region.value = f.text("region");
    if (!s.region.empty() && !in.regions.has(s.region.value))
      in.add(f.at("region"), Problem::unknown_region, "区划“" + s.region.value + "”不存在。");
    s.department = in.department(f);
    s.name = f.text("name");
    s.short_name = f.text("short");
    f.finish();
  }
  if (const auto node = top.map("hall")) {
    yaml::Fields f(*node, in.report);
    s.hall_name = f.text("name");
    s.hall_short_name = f.text("short");
    s.hall_address = f.text("address");
    s.complaint_phone = f.text("complaint_phone");
    s.online_address = f.optional_text("online_address").value_or("http://127.0.0.1:8080");
    in.provenance(f);
    f.finish();
  }
  read_office_hours(top, in);
  if (const auto node = top.map("bulletin")) {
    yaml::Fields f(*node, in.report);
    s.issuer = f.text("issuer");
    s.masthead = f.text("masthead");
    in.provenance(f);
    f.finish();
  }
  read_casework(top, in);
  top.finish();
}

}  // namespace yi::catalog
