#include "notice/mail.h"

#include <algorithm>

#include "base/text.h"
#include "base/yaml.h"
#include "crypto/encoding.h"
#include "crypto/sm3.h"

namespace yi::notice {
namespace {

// RFC 2045: lines of 76 characters.
std::string folded_base64(std::string_view bytes) {
  const auto all = crypto::base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\r\n";
  return out;
}

// RFC 2047: encoded words of whole characters, at most 75 bytes each.
std::string encoded_words(std::string_view text) {
  std::string out, piece;
  const auto end_piece = [&] {
    if (piece.empty()) return;
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + crypto::base64(piece) + "?=");
    piece.clear();
  };
  for (const char32_t c : to_utf32(text)) {
    std::string one;
    append_utf8(one, c < 0x20 ? U' ' : c);
    if (piece.size() + one.size() > 42) end_piece();
    piece += one;
  }
  end_piece();
  return out;
}

// RFC 5322, 3.3: at UTC+8.
std::string date_line(Instant t) {
  static constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = civil_day(t);
  const auto iso = to_iso(t);  // 2024-07-04T09:00:00.000+08:00
  return std::string(days[day.weekday() - 1]) + ", " + std::to_string(day.day()) + " " + months[day.month() - 1] + " " + std::to_string(day.year()) + " " + iso.substr(11, 8) + " +0800";
}

bool this_machine(std::string_view host) { return host == "localhost" || host == "127.0.0.1" || host == "::1"; }

}  // namespace

std::string without_addresses(std::string_view words) {
  std::string out;
  for (auto& word : split(std::string(words), ' ')) {
    for (auto& c : word)
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    out += (out.empty() ? "" : " ") + (word.find('@') == std::string::npos ? word : std::string("<…>"));
  }
  return excerpt(trim(out), 299);
}

Result<std::optional<MailSettings>> MailSettings::load(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::optional<MailSettings>();
  YI_TRY(const auto root, yaml::load(file, file.filename().string()));
  yaml::Report report;
  yaml::Fields f(root, report);
  const auto bad = [&](const char* at, const char* sentence) { report.add(f.at(at), "notice.bad_mail_settings", sentence, "请核对 mail.yaml。"); };
  MailSettings s;
  s.host = f.text("host");
  s.port = static_cast<int>(f.integer("port", 1, 65535));
  s.security = f.choice<Security>("security");
  s.user = f.optional_text("user").value_or("");
  s.password_file = f.optional_text("password_file").value_or("");
  s.ca_file = f.optional_text("ca_file").value_or("");
  s.from = f.text("from");
  s.from_name = f.optional_text("from_name").value_or("");
  s.timeout_seconds = static_cast<int>(f.integer("timeout_seconds", 1, 300));
  for (const auto& node : f.list("retry_minutes")) {
    int n = 0;
    for (const char c : node.scalar()) n = c >= '0' && c <= '9' && n < 100'000 ? n * 10 + (c - '0') : 1'000'000;
    if (node.scalar().empty() || n > 10'080) bad("retry_minutes", "重发的间隔应为 0 到 10080 的分钟数。");
    s.retry_minutes.push_back(n);
  }
  f.finish();
  if (s.retry_minutes.size() > 20) bad("retry_minutes", "最多重发 20 次。");
  if (s.user.empty() != s.password_file.empty()) bad("user", "user 和 password_file 要么都写，要么都不写。");
  if (!s.password_file.empty() && s.password_file[0] != '/') bad("password_file", "password_file 应是以 / 开头的完整路径；文件中只有密码，权限 0600。");
  if (s.security == Security::none && !s.user.empty() && !this_machine(s.host)) bad("security", "密码不能在没有加密的连接上发送。请用 starttls 或 tls。");
  if (s.from.find('@') == std::string::npos || s.from.find_first_of(" <>\r\n") != std::string::npos) bad("from", "发信地址写得不对。");
  if (s.host.find_first_of("/ @?#") != std::string::npos) bad("host", "host 只写主机名。");
  if (auto refusal = report.refusal()) return *refusal;
  return std::optional(std::move(s));
}

std::string to_mime(const Mail& mail, const MailSettings& settings, Instant date) {
  // Two letters with one boundary are one letter: it comes of what the letter says.
  const auto boundary = "yichuang-" + hex(crypto::bytes(crypto::sm3(mail.message_id + mail.text))).substr(0, 24);
  std::string out = "Date: " + date_line(date) + "\r\nFrom: " + (settings.from_name.empty() ? "" : encoded_words(settings.from_name) + " ") + "<" + settings.from + ">\r\nTo: <" + mail.to +
                    ">\r\nMessage-ID: <" + mail.message_id + ">\r\nSubject: " + encoded_words(mail.subject) + "\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n";
  const std::string text = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + folded_base64(mail.text);
  if (mail.enclosures.empty()) return out + text;
  out += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n" + text;
  for (const auto& a : mail.enclosures)
    out += "--" + boundary + "\r\nContent-Type: " + a.media_type + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8''" + crypto::percent_encoded(a.name) + "\r\n\r\n" +
           folded_base64(a.bytes);
  return out + "--" + boundary + "--\r\n";
}

}  // namespace yi::notice
