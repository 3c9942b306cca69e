#include "benchmark/conversations.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/json.h"

namespace yi::bench {
namespace {

class Client : public Conversation {
 public:
  Client(const Door& door, int connection) : door_(door), random_(static_cast<unsigned>(connection) + 1) {
    fixed_ = "Authorization: Bearer " + door.token + "\r\nIdempotency-Key: ";
  }

 protected:
  void post(std::string& out, std::string_view path, std::string_view json) {
    const auto ms = static_cast<std::uint64_t>(system_now().ms);
    ++count_;
    const auto more = fmt::format("{}{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}\r\n", fixed_, ms >> 16, ms & 0xFFFF,
                                  (count_ >> 12) & 0xFFF, count_ & 0xFFF, random_() & 0xFFFFFFFFFFFF);
    append_post(out, path, json, more);
  }
  // "stream":"case:20240617000001" → the number.
  static std::string case_of(std::string_view body) {
    const auto at = body.find("\"case:");
    if (at == body.npos) return {};
    const auto end = body.find('"', at + 6);
    return std::string(body.substr(at + 6, end - at - 6));
  }
  std::string receive_body() const {
    return R"({"matter":")" + door_.subject.matter + R"(","window":")" + door_.subject.reception +
           R"(","applicant_kind":"legal","applicant":"示例企业第0001号","materials":)" + door_.subject.materials + "}";
  }
  const Door& door_;
  std::mt19937_64 random_;

 private:
  std::string fixed_;
  std::uint64_t count_ = 0;
};

class Create : public Client {
 public:
  Create(const Door& door, int connection, std::vector<std::string>* made) : Client(door, connection), made_(made) {}
  bool next(std::string& out) override {
    post(out, "/api/casework/receive", receive_body());
    return true;
  }
  void reply(int, std::string_view body) override {
    if (made_) made_->push_back(case_of(body));
  }

 private:
  std::vector<std::string>* made_;
};

class Step : public Client {
 public:
  Step(const Door& door, int connection, std::vector<std::string> cases) : Client(door, connection), cases_(std::move(cases)), at_department_(cases_.size(), true) {}
  bool next(std::string& out) override {
    now_ = random_() % cases_.size();
    post(out, "/api/casework/transfer",
         R"({"case_id":")" + cases_[now_] + R"(","window":")" + door_.subject.reception + R"(","to":")" +
             (at_department_[now_] ? "reception_window" : "department") + R"(","signed_by":"物料员甲"})");
    return true;
  }
  void reply(int status, std::string_view) override {
    if (status == 200) at_department_[now_] = !at_department_[now_];
  }

 private:
  std::vector<std::string> cases_;
  std::vector<bool> at_department_;
  std::size_t now_ = 0;
};

class WholeCase : public Client {
 public:
  WholeCase(const Door& door, int connection, std::int64_t* finished) : Client(door, connection), finished_(finished) {}
  bool next(std::string& out) override {
    const auto about = [&](const std::string& rest) { return R"({"case_id":")" + id_ + "\"," + rest + "}"; };
    const std::string in = R"("window":")" + door_.subject.reception + "\"", issue = R"("window":")" + door_.subject.issue + "\"";
    switch (stage_) {
      case 0: post(out, "/api/casework/receive", receive_body()); break;
      case 1: post(out, "/api/casework/accept", about(in)); break;
      case 2: post(out, "/api/casework/transfer", about(in + R"(,"to":"department","signed_by":"物料员甲")")); break;
      case 3: post(out, "/api/casework/decide", about(R"("decision":"grant")")); break;
      case 4: post(out, "/api/casework/transfer", about(issue + R"(,"to":"issue_window","signed_by":"物料员乙")")); break;
      default: post(out, "/api/casework/issue", about(issue + R"(,"delivery":"window","received_by":"申请人")"));
    }
    return true;
  }
  void reply(int status, std::string_view body) override {
    if (status != 200) return;  // the same step again
    if (stage_ == 0) id_ = case_of(body);
    if (++stage_ == 6) {
      stage_ = 0;
      ++*finished_;
    }
  }

 private:
  std::int64_t* finished_;
  std::string id_;
  int stage_ = 0;
};

class Get : public Conversation {
 public:
  Get(const Door& door, std::string path) : more_("Authorization: Bearer " + door.token + "\r\n"), path_(std::move(path)) {}
  bool next(std::string& out) override {
    append_get(out, path_, more_);
    return true;
  }
  void reply(int, std::string_view) override {}

 private:
  std::string more_, path_;
};

class Fixed : public Conversation {
 public:
  bool next(std::string& out) override {
    append_get(out, "/fixed");
    return true;
  }
  void reply(int, std::string_view) override {}
};

}  // namespace

Subject Subject::of(const catalog::Catalog& catalog) {
  for (const auto& m : catalog.matters()) {
    if (m.kind != catalog::MatterKind::permit || m.case_type != catalog::CaseType::promised) continue;
    Subject s{m.code.value, "", ""};
    for (const auto& w : catalog.windows()) {
      if (s.reception.empty() && w.receives(m.department)) s.reception = w.code.value;
      if (s.issue.empty() && w.kind == catalog::WindowKind::issue && w.issues(m.department)) s.issue = w.code.value;
    }
    for (const auto& paper : m.materials)
      if (paper.required && paper.provider == catalog::Provider::applicant) {
        s.materials += s.materials.empty() ? "[" : ",";
        json::append_string(s.materials, paper.name);
      }
    s.materials += s.materials.empty() ? "[]" : "]";
    if (!s.reception.empty() && !s.issue.empty()) return s;
  }
  throw std::runtime_error("the catalogue has no promised permit");
}

std::unique_ptr<Conversation> create_conversation(const Door& door, int connection, std::vector<std::string>* made) {
  return std::make_unique<Create>(door, connection, made);
}
std::unique_ptr<Conversation> step_conversation(const Door& door, int connection, std::vector<std::string> cases) {
  return std::make_unique<Step>(door, connection, std::move(cases));
}
std::unique_ptr<Conversation> whole_case_conversation(const Door& door, int connection, std::int64_t* finished) {
  return std::make_unique<WholeCase>(door, connection, finished);
}
std::unique_ptr<Conversation> get_conversation(const Door& door, std::string path) {
  return std::make_unique<Get>(door, std::move(path));
}
std::unique_ptr<Conversation> fixed_conversation() { return std::make_unique<Fixed>(); }

}  // namespace yi::bench
