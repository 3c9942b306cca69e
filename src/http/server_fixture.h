#pragma once
// For tests: a server with one door for each thing that can happen, on a port that the system chooses.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "base/json.h"
#include "http/server.h"
#include "http/test_client.h"

namespace yi::http::test {

// "Bearer secret" is the operator; nobody else passes an operator's door.
class TestGatekeeper : public Gatekeeper {
 public:
  Result<Caller> admit(const Request& request, const Door& door) const override {
    if (request.authorization == "secret") return Caller{"operator", "operator"};
    if (request.authorization == "throw") throw std::runtime_error("gatekeeper out of order");
    if (door.right == "public") return Caller{"public", ""};
    return Refusal{"http.unknown", "请先登录。", "请打开启动时给出的链接。", 401, ""};
  }
};

// A thread that answers what it is given, as the engine's lane does: a whole group at once.
class Lane {
 public:
  Lane() : thread_([this] { run(); }) {}
  ~Lane() { stop(); }
  void take(std::string word, Responder r) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace_back(std::move(word), std::move(r));
    wake_.notify_one();
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }
  std::size_t largest_group() const { return largest_; }

 private:
  void run() {
    std::mt19937 random(3);
    for (;;) {
      std::vector<std::pair<std::string, Responder>> group;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        group.swap(waiting_);
      }
      largest_ = std::max(largest_.load(), group.size());
      std::shuffle(group.begin(), group.end(), random);
      for (auto& [word, responder] : group) {
        Response r;
        r.body = "{\"word\":\"" + word + "\"}";
        responder(std::move(r));
      }
    }
  }
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::pair<std::string, Responder>> waiting_;
  bool stopping_ = false;
  std::atomic<std::size_t> largest_{0};
  std::thread thread_;
};

class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options.port = 0;
    add_plain_doors();
    add_waiting_doors();
  }
  void add_plain_doors() {
    add("fixed.get", "/fixed", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = R"({"ok":true})";
      r(std::move(reply));
    });
    add("echo.post", "/echo", Method::post, [](const Request& q, const Caller& c, Responder r) {
      Response reply;
      reply.body = json::write(std::vector<std::string>{q.body, q.idempotency_key, c.role});
      r(std::move(reply));
    }).request_schema = R"({"type":"object"})";
    add("boom.get", "/boom", Method::get, [](const Request&, const Caller&, Responder) {
      throw std::runtime_error("the secret of the house");
    });
    add("plain_503.get", "/plain_503", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.status = 503;
      r(std::move(reply));
    });
    add("forgot.get", "/forgot", Method::get, [](const Request&, const Caller&, Responder) {});
    add("page.get", "/page", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.content_type = "text/html; charset=utf-8";
      reply.body = "<p>你好</p>";
      reply.headers = {{"etag", "\"v1\""}, {"cache-control", "max-age=60"}};
      r(std::move(reply));
    });
    add("split.get", "/split", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.headers = {{"location", "/\r\nset-cookie: a=b"}};
      r(std::move(reply));
    });
    add("big.get", "/big", Method::get, [](const Request&, const Caller&, Responder r) {
      Response reply;
      reply.body = std::string(20'000'000, 'x');
      r(std::move(reply));
    });
    add("operator.get", "/operator", Method::get, [](const Request&, const Caller& c, Responder r) {
      Response reply;
      reply.body = c.role;
      r(std::move(reply));
    }).right = "operator";
  }
  void add_waiting_doors() {
    add("lane.get", "/lane/{word}", Method::get, [this](const Request& q, const Caller&, Responder r) {
      lane.take(q.path_parameters.at("word"), std::move(r));
    }).parameters = {{"word", "一个词", R"({"type":"string"})", true, true}};
    add("slow.get", "/slow", Method::get, [this](const Request&, const Caller&, Responder r) {
      std::unique_lock lock(gate_mutex);
      ++entered;
      gate.notify_all();
      gate.wait(lock, [this] { return open; });
      r(Response{});
    }).runs_on = RunsOn::worker;
    add("worker_boom.get", "/worker_boom", Method::get, [](const Request&, const Caller&, Responder) {
      throw std::runtime_error("worker out of order");
    }).runs_on = RunsOn::worker;
    add("hold.get", "/hold", Method::get, [this](const Request&, const Caller&, Responder r) {
      const std::lock_guard lock(gate_mutex);
      held.push_back(std::move(r));
      gate.notify_all();
    });
  }
  void TearDown() override {
    let_go();
    if (server) server->stop(1);
  }
  Door& add(std::string name, std::string pattern, Method method,
            std::function<void(const Request&, const Caller&, Responder)> handle) {
    Door d;
    d.method = method;
    d.name = std::move(name);
    d.pattern = std::move(pattern);
    d.summary = "试验";
    d.right = "public";
    d.audit_class = "none";
    d.replies = {{200, "成功", "application/json", ""}};
    d.body_limit = 1'000;
    d.handle = std::move(handle);
    doors.push_back(std::move(d));
    return doors.back();
  }
  std::uint16_t start() {
    for (auto& d : doors) router.add(std::move(d));
    doors.clear();
    server = std::make_unique<Server>(options, router, gatekeeper);
    auto started = server->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().sentence);
    return server->port();
  }
  void let_go() {
    const std::lock_guard lock(gate_mutex);
    open = true;
    gate.notify_all();
  }
  void wait_entered(int n) {
    std::unique_lock lock(gate_mutex);
    gate.wait(lock, [&] { return entered >= n; });
  }
  void wait_held(std::size_t n) {
    std::unique_lock lock(gate_mutex);
    gate.wait(lock, [&] { return held.size() >= n; });
  }
  static std::string code(const Reply& r) {
    EXPECT_EQ(r.header("content-type"), "application/problem+json; charset=utf-8") << r.body;
    json::Parser parser;
    auto n = parser.parse(r.body);
    if (!n || !n->find("code") || n->find("next_step")->string().empty()) return "no problem: " + r.body;
    EXPECT_EQ(n->find("status")->integer(), r.status);
    return std::string(n->find("code")->string());
  }

  ServerOptions options;
  std::deque<Door> doors;
  Router router;
  TestGatekeeper gatekeeper;
  Lane lane;
  std::mutex gate_mutex;
  std::condition_variable gate;
  bool open = false;
  int entered = 0;
  std::vector<Responder> held;
  std::unique_ptr<Server> server;
};

}  // namespace yi::http::test
