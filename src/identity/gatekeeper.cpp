#include "identity/gatekeeper.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/random.h"

namespace yi::identity {
namespace {

constexpr std::int64_t kCodeMs = 10 * 60'000;            // a link is for the person who has just started the program
constexpr std::int64_t kSessionMs = 12 * 60 * 60'000;    // a working day

Refusal unreadable(const std::string& file) {
  return {"identity.token_unreadable", "无法读写操作员令牌文件。", "请检查该文件和目录的权限。", 500, file};
}

Refusal damaged(const std::string& file) {
  return {"identity.token_damaged", "操作员令牌文件不是一窗写成的样子（应为本人所有的普通文件，内容是 64 位十六进制数）。",
          "请核实后删除该文件再启动，程序会生成新的令牌；使用旧令牌的程序需要换成新的。", 500, file};
}

bool is_token(std::string_view s) { return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == s.npos; }

// "" when there is no such file. Never waits: a pipe of that name has nobody at its other end.
Result<std::string> read_token(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT) return std::string();
  if (fd < 0) return errno == ELOOP ? damaged(file) : unreadable(file);
  struct stat st {};
  char buffer[80];
  const bool stated = ::fstat(fd, &st) == 0;
  const auto n = stated && S_ISREG(st.st_mode) ? ::read(fd, buffer, sizeof buffer) : 0;
  ::close(fd);
  if (!stated || n < 0) return unreadable(file);
  if (!S_ISREG(st.st_mode) || st.st_uid != ::geteuid()) return damaged(file);
  if (st.st_mode & 077)
    return Refusal{"identity.token_exposed", "操作员令牌文件可被其他用户读取。",
                   "请执行 chmod 600 后重新启动；若令牌可能已泄露，请删除该文件，程序会生成新的令牌。", 500, file};
  const auto token = trim(std::string_view(buffer, static_cast<std::size_t>(n)));
  if (!is_token(token)) return damaged(file);
  return std::string(token);
}

bool sync_directory_of(const std::string& file) {
  const int fd = ::open(std::filesystem::path(file).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return good;
}

// Whole under its name or not there at all. Whoever opens a Gatekeeper holds the data directory's lock.
Result<std::string> make_token(const std::string& file) {
  const auto token = crypto::random_token();
  const auto fresh = file + ".new";
  ::unlink(fresh.c_str());  // of a start that was interrupted
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return unreadable(file);
  const std::string line = token + "\n";
  const bool written = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!written || ::rename(fresh.c_str(), file.c_str()) != 0) {
    ::unlink(fresh.c_str());
    return unreadable(file);
  }
  if (!sync_directory_of(file)) return unreadable(file);
  return token;
}

// Browsers do not tell ports apart: two installations of one machine would take each other's cookie away. The port is
// the one that the browser knows, which need not be the server's own.
std::string cookie_name(std::string_view host) {
  std::string name = "yichuang_operator";
  const auto colon = host.rfind(':');
  if (colon == host.npos || colon + 1 == host.size()) return name;
  const auto port = host.substr(colon + 1);
  if (port.size() > 5 || port.find_first_not_of("0123456789") != port.npos) return name;  // "[::1]" has none
  return name + "_" + std::string(port);
}

std::string_view cookie_value(const http::Request& request) {
  std::string_view header = request.cookie;
  const auto name = cookie_name(request.host) + "=";
  while (!header.empty()) {
    const auto end = header.find(';');
    const auto part = trim(header.substr(0, end));
    if (part.starts_with(name)) return part.substr(name.size());
    if (end == header.npos) break;
    header.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Gatekeeper>> Gatekeeper::open(const std::string& directory) {
  const std::string file = directory + "/operator.token";
  YI_TRY(auto token, read_token(file));
  if (token.empty()) {
    YI_TRY(token, make_token(file));
  }
  return std::unique_ptr<Gatekeeper>(new Gatekeeper(std::move(token)));
}

bool Gatekeeper::session_is_open(const http::Request& request) const {
  const auto value = cookie_value(request);
  if (value.size() != 64) return false;
  std::lock_guard lock(m_);
  const auto it = sessions_.find(std::string(value));
  return it != sessions_.end() && system_now() < it->second;
}

Result<http::Caller> Gatekeeper::admit(const http::Request& request, const http::Door& door) const {
  const bool by_token = !request.authorization.empty();
  if (by_token && !crypto::equal_in_constant_time(request.authorization, token_))
    return Refusal{"identity.bad_token", "令牌不对。", "请使用数据目录中 operator.token 的内容。", 401, ""};
  if (by_token || (!request.cookie.empty() && session_is_open(request))) {
    http::Caller caller{"operator", "operator"};
    caller.roles = ~0u;
    return caller;
  }
  if (door.right == "public") return http::Caller{"public", ""};
  return Refusal{"identity.not_signed_in", "这部分内容只对中心工作人员开放。",
                 "请用启动时打印的一次性链接登录；程序调用请带上 Authorization: Bearer 令牌。", 401, ""};
}

std::string Gatekeeper::new_one_time_code() {
  const auto code = crypto::random_token();
  std::lock_guard lock(m_);
  codes_[code] = system_now() + kCodeMs;
  return code;
}

std::optional<std::string> Gatekeeper::enter(std::string_view code) {
  std::lock_guard lock(m_);
  const auto now = system_now();
  std::erase_if(sessions_, [&](const auto& s) { return s.second <= now; });
  const auto it = codes_.find(std::string(code));
  if (it == codes_.end()) return std::nullopt;
  const bool fresh = now < it->second;
  codes_.erase(it);
  if (!fresh) return std::nullopt;
  auto session = crypto::random_token();
  sessions_[session] = now + kSessionMs;
  return session;
}

void Gatekeeper::leave(const http::Request& request) {
  std::lock_guard lock(m_);
  sessions_.erase(std::string(cookie_value(request)));
}

Viewer viewer_of(const http::Caller& caller) {
  return caller.role == "operator" ? Viewer::operator_named(caller.account) : Viewer::anonymous();
}

void add_doors(http::Router& router, Gatekeeper& gatekeeper) {
  const auto cookie = [](const http::Request& request, const std::string& value, int seconds) {
    return cookie_name(request.host) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
  };
  http::Door enter;
  enter.pattern = "/operator/enter";
  enter.name = "identity.enter";
  enter.summary = "用一次性链接登录";
  enter.right = "public";
  enter.audit_class = "command";
  enter.parameters = {{"code", "启动时打印的一次性编码", R"({"type":"string","minLength":64,"maxLength":64})", false, true}};
  enter.replies = {{303, "已登录，转到首页", "text/plain", ""}, {200, "HEAD：不登录，编码仍可使用", "text/plain", ""}};
  enter.refusal_codes = {"identity.code_used"};
  enter.handle = [&gatekeeper, cookie](const http::Request& request, const http::Caller&, http::Responder reply) {
    if (request.head_only) {  // a program that looks at a link before a person follows it
      http::Response r;
      r.content_type = "text/plain; charset=utf-8";
      return reply(std::move(r));
    }
    const auto session = gatekeeper.enter(request.query.at("code"));
    if (!session)
      return reply(http::problem({"identity.code_used", "这个登录链接已经用过或已过期。",
                                  "请重新启动程序取得新的链接，或使用数据目录中的 operator.token。", 403, ""}));
    http::Response r;
    r.status = 303;
    r.content_type = "text/plain; charset=utf-8";
    r.headers = {{"location", "/"}, {"set-cookie", cookie(request, *session, static_cast<int>(kSessionMs / 1000))}};
    reply(std::move(r));
  };
  router.add(std::move(enter));

  http::Door leave;
  leave.method = http::Method::post;
  leave.pattern = "/operator/leave";
  leave.name = "identity.leave";
  leave.summary = "退出登录";
  leave.right = "public";
  leave.audit_class = "command";
  leave.replies = {{303, "已退出，转到首页", "text/plain", ""}};
  leave.handle = [&gatekeeper, cookie](const http::Request& request, const http::Caller&, http::Responder reply) {
    gatekeeper.leave(request);
    http::Response r;
    r.status = 303;
    r.content_type = "text/plain; charset=utf-8";
    r.headers = {{"location", "/"}, {"set-cookie", cookie(request, "", 0)}};
    reply(std::move(r));
  };
  router.add(std::move(leave));
}

}  // namespace yi::identity
