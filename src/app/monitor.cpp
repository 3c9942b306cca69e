#include "app/monitor.h"

#include <spdlog/spdlog.h>

#include "base/clock.h"
#include "base/host_port.h"
#include "base/text.h"
#include "crypto/private_file.h"
#include "crypto/random.h"
#include "http/exposition.h"

namespace yi::app {
namespace {

Refusal bad_address(const std::string& address) {
  return {"app.metrics_address", "监控地址 " + address + " 不能使用。", "请写本机地址和端口，例如 127.0.0.1:9464；从别处读取请经代理。", 400, address};
}

Refusal bad_token(const std::string& file, const std::string& why) {
  return {"app.metrics_token", "监控令牌文件不能使用：" + why, "请准备一个只有服务账号可读（0600）的文件，内容是至少 16 个字符的令牌，一行。", 400, file};
}

Result<http::ServerOptions> options_of(const std::string& address) {
  http::ServerOptions o;
  const auto place = host_port_of(address);
  if (!place) return bad_address(address);
  o.address = place->host;
  o.port = place->port;
  // A few scrapers; a flood of others takes nothing from the centre's own server.
  o.connections = 16;
  o.worker_threads = 1;
  o.worker_queue = 4;
  return o;
}

}  // namespace

// Whoever reaches the address, with the token where there is one.
class Monitor::Gate : public http::Gatekeeper {
 public:
  explicit Gate(crypto::Secret token) : token_(std::move(token)) {}
  Result<http::Caller> admit(const http::Request& request, const http::Door&) const override {
    if (token_.empty() || crypto::equal_in_constant_time(request.authorization, token_.reveal())) return http::Caller{"operator", ""};
    return Refusal{"app.metrics_token_needed", "读取监控数据需要令牌。", "请在 Authorization: Bearer 中带上监控令牌文件的内容。", 401, ""};
  }

 private:
  crypto::Secret token_;
};

Monitor::Monitor(const MonitorOptions& options, Installation& installation) : options_(options), installation_(installation) {}

Result<std::unique_ptr<Monitor>> Monitor::open(const MonitorOptions& options, Installation& installation) {
  YI_TRY(auto server, options_of(options.address));
  crypto::Secret token;
  if (!options.token_file.empty()) {
    crypto::Secret text;
    switch (crypto::read_private(options.token_file, text)) {
      case crypto::PrivateFile::good: break;
      case crypto::PrivateFile::missing: return bad_token(options.token_file, "文件不存在。");
      case crypto::PrivateFile::foreign:
      case crypto::PrivateFile::unreadable: return bad_token(options.token_file, "文件读不出来。");
      case crypto::PrivateFile::exposed: return bad_token(options.token_file, "文件可被他人读取。");
    }
    token = crypto::Secret(trim(text.reveal()));
    if (token.reveal().size() < 16) return bad_token(options.token_file, "令牌太短。");
  }
  std::unique_ptr<Monitor> m(new Monitor(options, installation));
  m->gate_ = std::make_unique<Gate>(std::move(token));
  m->add_door();
  m->server_ = std::make_unique<http::Server>(server, m->router_, *m->gate_);
  YI_CHECK(m->server_->start());
  m->thread_ = std::thread([raw = m.get()] { raw->look(); });
  return m;
}

Monitor::~Monitor() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  looked_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (server_) server_->stop(1);
}

void Monitor::add_door() {
  http::Door d;
  d.pattern = "/metrics";
  d.name = "app.metrics";
  d.summary = "监控数据（Prometheus 文本格式）";
  d.right = "public";
  d.audit_class = "none";
  d.any_query = true;  // a scraper may be configured with parameters of its own
  d.replies = {{200, "监控数据", "text/plain", ""}};
  d.handle = [this](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.content_type = http::kExpositionType;
    r.body = metrics_text(installation_, answer());
    reply(std::move(r));
  };
  router_.add(std::move(d));
}

DatabaseAnswer Monitor::answer() const {
  std::lock_guard lock(m_);
  return answer_;
}

void Monitor::look_now() {
  std::unique_lock lock(m_);
  const auto number = ++asked_;
  wake_.notify_all();
  looked_.wait(lock, [&] { return made_ >= number || stopping_; });
}

void Monitor::look() {
  std::unique_lock lock(m_);
  while (!stopping_) {
    const auto serves = asked_;
    lock.unlock();
    const auto began = monotonic_ns();
    bool up = true;
    try {
      auto reader = installation_.engine().reader();
      up = reader->meta(installation_.engine().centre(), "clock").has_value();
    } catch (const std::exception&) {  // the engine's own failures say why in the log
      up = false;
    }
    const auto took = static_cast<double>(monotonic_ns() - began) / 1e9;
    lock.lock();
    answer_ = {up, took, answer_.failed + (up ? 0 : 1)};
    made_ = serves;
    looked_.notify_all();
    wake_.wait_for(lock, std::chrono::milliseconds(options_.look_ms), [&] { return stopping_ || asked_ > made_; });
  }
}

}  // namespace yi::app
