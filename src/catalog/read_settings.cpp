// settings: the centre, its hall and hours, and what casework takes where a matter has no own.
#include <algorithm>

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
  setting(f, "draft_days", in, c.draft_days, [](yaml::Fields& g) { return static_cast<int>(g.integer("value", 1, 366)); });
  setting(f, "review_body", in, c.review_body, text);
  setting(f, "court", in, c.court, text);
  setting(f, "consultation_phone", in, c.consultation_phone, text);
  setting(f, "supervision_phone", in, c.supervision_phone, text);
  f.finish();
  if (c.online_cutoff.value == 0) in.add(f.at("online_cutoff"), Problem::inconsistent, "网上截止时刻 online_cutoff 应是 00:01 至 24:00。");
}
bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// An address without query and fragment; nothing may stand behind "/" at the end.
bool is_address(std::string_view url, std::string_view scheme) {
  return url.starts_with(scheme) && url.size() > scheme.size() && url[scheme.size()] != '/' && url.back() != '/' && is_visible(url) && url.find_first_of("?#\\@\"<>") == url.npos;
}

bool is_on_this_machine(std::string_view url) {
  for (const std::string_view host : {"http://127.0.0.1", "http://localhost"})
    if (url == host || (url.starts_with(host) && (url[host.size()] == ':' || url[host.size()] == '/'))) return is_address(url, "http://");
  return false;
}

// The door of identity, two floors above, that the provider sends the browser to.
constexpr std::string_view kReturn = "/login/external/return";

void read_unified_identity(yaml::Fields& top, Loading& in) {
  const auto node = top.optional_map("unified_identity");
  if (!node) return;
  yaml::Fields f(*node, in.report);
  UnifiedIdentity u;
  const auto wrong = [&](const char* field, const char* sentence) { in.add(f.at(field), Problem::inconsistent, sentence); };
  u.issuer = f.text("issuer");
  u.gateway = f.optional_text("gateway").value_or("");
  u.client_id = f.text("client_id");
  u.client_secret_file = f.text("client_secret_file");
  u.redirect_address = f.optional_text("redirect_address").value_or(in.data.settings.online_address + std::string(kReturn));
  u.scope = f.optional_text("scope").value_or("openid");
  u.number_claim = f.optional_text("number_claim").value_or("");
  u.verified_claim = f.optional_text("verified_claim").value_or("");
  f.finish();
  if (!u.issuer.empty() && !is_on_this_machine(u.issuer) && !is_address(u.issuer, "https://"))
    wrong("issuer", "签发方 issuer 应是 https:// 网址（本机的可用 http://127.0.0.1:端口），末尾没有斜杠。");
  if (u.gateway.empty() ? !u.issuer.empty() && !is_on_this_machine(u.issuer) : !is_on_this_machine(u.gateway))
    wrong(u.gateway.empty() ? "issuer" : "gateway", "程序只访问本机：请在 gateway 写明本机转接网关的地址，如 http://127.0.0.1:9000。");
  if (!is_visible(u.client_id) || u.client_id.size() > 200) wrong("client_id", "client_id 应是平台发给的编号，不含空格和汉字。");
  if (!u.client_secret_file.empty() && u.client_secret_file[0] != '/') wrong("client_secret_file", "client_secret_file 应是以 / 开头的完整路径；文件中只有密钥，权限 0600。");
  if (!u.redirect_address.ends_with(kReturn) || (!is_address(u.redirect_address, "https://") && !is_address(u.redirect_address, "http://")))
    wrong(f.node().find("redirect_address") ? "redirect_address" : "issuer", "回跳地址应是群众访问本系统的网址加 /login/external/return；没有写 redirect_address 时由 hall.online_address 得出。");
  if ((" " + u.scope + " ").find(" openid ") == std::string::npos) wrong("scope", "scope 应含 openid，各项用一个空格隔开。");
  if (u.number_claim.empty() != u.verified_claim.empty())
    wrong(u.number_claim.empty() ? "verified_claim" : "number_claim", "number_claim 和 verified_claim 要么都写，要么都不写：未经核验的号码不作实名绑定。");
  in.data.settings.unified_identity = std::move(u);
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
  read_unified_identity(top, in);
  if (root.kind() == yaml::Kind::map) in.settings_entry = yaml::to_json_without(root, {"unified_identity"});
  top.finish();
}

}  // namespace yi::catalog
