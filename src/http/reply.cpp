// The reply's side of the wire.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/text.h"
#include "http/page_policy.h"
#include "http/wire.h"

namespace yi::http {
namespace {

struct StatusText {
  int status;
  const char* reason;
  const char* title;
};
constexpr StatusText kStatuses[] = {
    {200, "OK", "成功"},
    {201, "Created", "已创建"},
    {202, "Accepted", "已接收"},
    {204, "No Content", "没有内容"},
    {301, "Moved Permanently", "已移动"},
    {302, "Found", "已移动"},
    {303, "See Other", "请看别处"},
    {304, "Not Modified", "没有变化"},
    {307, "Temporary Redirect", "暂时移动"},
    {308, "Permanent Redirect", "已移动"},
    {400, "Bad Request", "请求有误"},
    {401, "Unauthorized", "需要登录"},
    {403, "Forbidden", "没有权限"},
    {404, "Not Found", "没有找到"},
    {405, "Method Not Allowed", "不支持这种操作"},
    {406, "Not Acceptable", "没有这种格式"},
    {408, "Request Timeout", "请求超时"},
    {409, "Conflict", "内容有冲突"},
    {410, "Gone", "已不存在"},
    {412, "Precondition Failed", "条件不符"},
    {413, "Content Too Large", "内容过大"},
    {415, "Unsupported Media Type", "内容格式不符"},
    {417, "Expectation Failed", "无法满足请求头"},
    {421, "Misdirected Request", "访问的主机名不对"},
    {422, "Unprocessable Content", "不能办理"},
    {428, "Precondition Required", "缺少前提条件"},
    {429, "Too Many Requests", "操作过于频繁"},
    {431, "Request Header Fields Too Large", "请求头过大"},
    {500, "Internal Server Error", "系统内部错误"},
    {501, "Not Implemented", "系统不认识这种操作"},
    {503, "Service Unavailable", "系统正忙"},
    {505, "HTTP Version Not Supported", "HTTP 版本不支持"},
    {507, "Insufficient Storage", "存储空间不足"},
};

const StatusText* find_status(int status) {
  for (const auto& s : kStatuses)
    if (s.status == status) return &s;
  return nullptr;
}

// Of a page whose writer named no style (page_policy.h): no script, no style, no frame, no foreign source.
const std::string& plain_policy() {
  static const std::string policy = page_policy({});
  return policy;
}

bool has_header(const Response& r, std::string_view name) {
  for (const auto& h : r.headers)
    if (h.first == name) return true;
  return false;
}

void append_number(std::string& out, std::size_t n) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
  out.append(digits.data(), end);
}

bool plain(std::string_view s) {
  for (const unsigned char c : s)
    if (c < 0x20 || c == 0x7f) return false;
  return true;
}

bool token(std::string_view s) {
  for (const unsigned char c : s)
    if (c <= 0x20 || c >= 0x7f || c == ':') return false;
  return !s.empty();
}

std::string_view opaque(std::string_view tag) {
  tag = trim(tag);
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

const char* status_reason(int status) {
  const auto* s = find_status(status);
  return s ? s->reason : "Unknown";
}

const char* status_title(int status) {
  const auto* s = find_status(status);
  return s ? s->title : "请求没有完成";
}

Refusal internal_error(std::uint64_t reference) {
  return {"http.internal", "系统内部出错，这一步没有得到确认。",
          reference > 0 ? fmt::format("请稍后查询办理结果；如仍有问题，请将编号 {} 告知管理员。", reference)
                        : std::string("请稍后查询办理结果；如仍有问题，请告知管理员。"),
          500, ""};
}

std::string http_date(Instant t) {
  static constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  // The wire speaks UTC; civil days count at UTC+8, so the offset is taken off first.
  const Instant utc{t.ms - kCivilOffsetMs};
  const CivilDay day = civil_day(utc);
  const auto seconds = (utc.ms - start_of(day).ms) / 1'000;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[day.weekday() - 1], day.day(),
                     kMonths[day.month() - 1], day.year(), seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match.empty() || etag.empty()) return false;
  for (const auto& part : split(if_none_match, ',')) {
    if (trim(part) == "*" || opaque(part) == opaque(etag)) return true;
  }
  return false;
}

void apply_etag(Response& r, std::string_view if_none_match) {
  if (if_none_match.empty() || r.status != 200) return;
  for (const auto& h : r.headers) {
    if (h.first == "etag" && etag_matches(if_none_match, h.second)) {
      r.status = 304;
      r.body.clear();
      r.produce = nullptr;
      return;
    }
  }
}

bool sendable(const Response& r) {
  if (r.status < 200 || r.status > 599 || !plain(r.content_type)) return false;
  for (const auto& h : r.headers)
    if (!token(h.first) || !plain(h.second)) return false;
  return true;
}

void write_head(std::string& out, const Response& r, const Framing& framing, std::string_view date) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(r.status));
  out += ' ';
  out += status_reason(r.status);
  out += "\r\ndate: ";
  out += date;
  const bool bodyless = r.status == 304 || r.status == 204;
  if (!bodyless) {
    if (!r.content_type.empty()) {
      out += "\r\ncontent-type: ";
      out += r.content_type;
    }
    if (!r.produce && !r.events) {
      out += "\r\ncontent-length: ";
      append_number(out, r.body.size());
    } else if (framing.chunked) {
      out += "\r\ntransfer-encoding: chunked";
    }
  }
  const bool html = r.content_type.starts_with("text/html");
  if (r.headers.empty()) {
    out += "\r\nx-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\ncache-control: no-store";
    if (html) {
      out += "\r\ncontent-security-policy: ";
      out += plain_policy();
    }
  } else {
    if (!has_header(r, "x-content-type-options")) out += "\r\nx-content-type-options: nosniff";
    if (!has_header(r, "referrer-policy")) out += "\r\nreferrer-policy: no-referrer";
    if (!has_header(r, "cache-control")) out += "\r\ncache-control: no-store";
    if (html && !has_header(r, "content-security-policy")) {
      out += "\r\ncontent-security-policy: ";
      out += plain_policy();
    }
    for (const auto& [name, value] : r.headers) {
      // Framing is the server's alone.
      if (name == "content-length" || name == "connection" || name == "transfer-encoding" || name == "date") continue;
      out += "\r\n";
      out += name;
      out += ": ";
      out += value;
    }
  }
  // Who is told to come again is told when, whoever made the answer.
  if ((r.status == 503 || r.status == 429) && !has_header(r, "retry-after")) out += "\r\nretry-after: 2";
  if (framing.close) out += "\r\nconnection: close";
  else if (framing.say_keep_alive) out += "\r\nconnection: keep-alive";
  out += "\r\n\r\n";
}

void append_chunk(std::string& out, std::string_view piece) {
  if (piece.empty()) return;  // an empty chunk would end the body
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), piece.size(), 16).ptr;
  out.append(digits.data(), end);
  out += "\r\n";
  out += piece;
  out += "\r\n";
}

}  // namespace yi::http
