// The way to the mail server, by libcurl (docs/decisions/0039).
#include <curl/curl.h>

#include <memory>
#include <mutex>

#include "identity/secret_file.h"
#include "notice/mail.h"

namespace yi::notice {
namespace {

struct Upload {
  std::string_view bytes;
  std::size_t at = 0;
};
std::size_t give(char* buffer, std::size_t size, std::size_t n, void* of) {
  auto& u = *static_cast<Upload*>(of);
  const auto piece = u.bytes.substr(u.at, size * n);
  piece.copy(buffer, piece.size());
  u.at += piece.size();
  return piece.size();
}
// What the server says: the last line, and the last that was a no (4yz, 5yz), because it still says goodbye after that.
struct Heard {
  std::string last, no;
};
std::size_t hear(char* line, std::size_t size, std::size_t n, void* of) {
  auto& h = *static_cast<Heard*>(of);
  h.last.assign(line, size * n);
  if (h.last.size() > 3 && (h.last[0] == '4' || h.last[0] == '5')) h.no = h.last;
  return size * n;
}
std::size_t pass_over(char*, std::size_t size, std::size_t n, void*) { return size * n; }

struct Closing {
  void operator()(CURL* c) const { curl_easy_cleanup(c); }
};

void begin_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

Result<MailServer> MailServer::open(MailSettings settings) {
  begin_once();
  crypto::Secret password;
  if (!settings.password_file.empty()) {
    YI_TRY(password, identity::read_secret_file(settings.password_file));
  }
  return MailServer(std::move(settings), std::move(password));
}

Outcome MailServer::send(const Mail& mail, Instant date) const {
  const std::unique_ptr<CURL, Closing> handle(curl_easy_init());
  if (!handle) return {false, false, "发信的组件没有启动。"};
  CURL* c = handle.get();
  const auto letter = to_mime(mail, settings_, date);
  Upload upload{letter, 0};
  Heard heard;
  const auto url = std::string(settings_.security == Security::tls ? "smtps://" : "smtp://") + settings_.host + ":" + std::to_string(settings_.port);
  const auto from = "<" + settings_.from + ">", to = "<" + mail.to + ">";
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> receivers(curl_slist_append(nullptr, to.c_str()), curl_slist_free_all);
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_PROXY, "");  // the configured server and no other
  curl_easy_setopt(c, CURLOPT_USE_SSL, static_cast<long>(settings_.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!settings_.ca_file.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (!settings_.user.empty()) {
    curl_easy_setopt(c, CURLOPT_USERNAME, settings_.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, std::string(password_.reveal()).c_str());
  }
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.timeout_seconds));
  curl_easy_setopt(c, CURLOPT_TIMEOUT, static_cast<long>(settings_.timeout_seconds) * 4);
  curl_easy_setopt(c, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(c, CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(c, CURLOPT_READDATA, &upload);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &heard);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, pass_over);
  const auto result = curl_easy_perform(c);
  if (result == CURLE_OK) return {true, false, without_addresses(heard.last)};
  // A log-in that is refused is the centre's own setting, which somebody will mend; the receiver has said nothing yet.
  const auto code = heard.no.substr(0, 3);
  const bool no = result != CURLE_LOGIN_DENIED && code.starts_with("5") && code != "530" && code != "534" && code != "535";
  return {false, no, without_addresses(heard.no.empty() ? std::string(curl_easy_strerror(result)) : heard.no)};
}

}  // namespace yi::notice
