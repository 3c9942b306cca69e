#include "benchmark/conversations.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/json.h"

namespace yi::bench {
namespace {

class Client : public Conversation {
 public:
  Client(const Door& door, int connection) : door_(door), random_(static_cast<unsigned>(connection) + 1), person_(connection * kPeople) {}

 protected:
  void post(std::string& out, const std::string& who, std::string_view path, std::string_view json) {
    const auto ms = static_cast<std::uint64_t>(system_now().ms);
    ++count_;
    const auto more = fmt::format("{}Idempotency-Key: {:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}\r\n", who, ms >> 16, ms & 0xFFFF,
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
  // Somebody new each time, which costs more than a person whom the register knows.
  void receive(std::string& out) { post(out, door_.staff.clerk, "/api/casework/receive", door_.subject.receive_body(person_++)); }
  const Door& door_;
  std::mt19937_64 random_;

 private:
  static constexpr std::int64_t kPeople = 100'000;  // of a connection
  std::int64_t person_;
  std::uint64_t count_ = 0;
};

class Create : public Client {
 public:
  Create(const Door& door, int connection) : Client(door, connection) {}
  bool next(std::string& out) override {
    receive(out);
    return true;
  }
  void reply(int, std::string_view) override {}
};

class Step : public Client {
 public:
  Step(const Door& door, int connection, std::vector<std::string> cases) : Client(door, connection), cases_(std::move(cases)), at_department_(cases_.size(), true) {}
  bool next(std::string& out) override {
    now_ = random_() % cases_.size();
    post(out, door_.staff.runner, "/api/casework/transfer",
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
    const auto& staff = door_.staff;
    const std::string in = R"("window":")" + door_.subject.reception + "\"", issue = R"("window":")" + door_.subject.issue + "\"";
    switch (stage_) {
      case 0: receive(out); break;
      case 1: post(out, staff.clerk, "/api/casework/accept", about(in)); break;
      case 2: post(out, staff.runner, "/api/casework/transfer", about(in + R"(,"to":"department","signed_by":"物料员甲")")); break;
      case 3: post(out, staff.chief_representative, "/api/casework/decide", about(R"("decision":"grant")")); break;
      case 4: post(out, staff.runner, "/api/casework/transfer", about(issue + R"(,"to":"issue_window","signed_by":"物料员乙")")); break;
      default: post(out, staff.issue_clerk, "/api/casework/issue", about(issue + R"(,"delivery":"window","received_by":"申请人")"));
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
  Get(std::string headers, std::vector<std::string> paths) : headers_(std::move(headers)), paths_(std::move(paths)) {}
  bool next(std::string& out) override {
    append_get(out, paths_[at_++ % paths_.size()], headers_);
    return true;
  }
  void reply(int, std::string_view) override {}

 private:
  std::string headers_;
  std::vector<std::string> paths_;
  std::size_t at_ = 0;
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
    Subject s{m.code.value, m.department.value, "", ""};
    for (const auto& w : catalog.windows()) {
      if (s.reception.empty() && w.receives(m.department)) s.reception = w.code.value;
      if (s.issue.empty() && w.kind == catalog::WindowKind::issue && w.issues(m.department)) s.issue = w.code.value;
    }
    for (const auto& paper : m.materials)
      if (paper.required && paper.provider != catalog::Provider::government) {
        s.materials += s.materials.empty() ? "[" : ",";
        json::append_string(s.materials, paper.name);
      }
    s.materials += s.materials.empty() ? "[]" : "]";
    if (!s.reception.empty() && !s.issue.empty()) return s;
  }
  throw std::runtime_error("the catalogue has no promised permit");
}

std::string Subject::receive_body(std::int64_t person) const {
  return fmt::format(R"({{"matter":"{}","window":"{}","applicant_kind":"natural","applicant":"示例申请人{}","applicant_id":"{}","phone":"{}","materials":{}}})",
                     matter, reception, person, invented_citizen(person), invented_phone(person), materials);
}

std::string invented_citizen(std::int64_t person) {
  constexpr int kDays = 20'000;  // of birth: 1950 to 2004
  const auto born = CivilDay::of(1950, 1, 1) + static_cast<int>(person / 1000 % kDays);
  auto text = fmt::format("{:06}{:04}{:02}{:02}{:03}", 990'000 + person / 1000 / kDays, born.year(), born.month(), born.day(), person % 1000);
  // GB 11643-1999: ISO 7064 MOD 11-2.
  int rest = 0;
  for (const char c : text) rest = (rest + (c - '0')) * 2 % 11;
  const int check = (12 - rest) % 11;
  return text += check == 10 ? 'X' : static_cast<char>('0' + check);
}
std::string invented_phone(std::int64_t person) { return fmt::format("1000{:07}", person % 10'000'000); }

std::unique_ptr<Conversation> create_conversation(const Door& door, int connection) { return std::make_unique<Create>(door, connection); }
std::unique_ptr<Conversation> step_conversation(const Door& door, int connection, std::vector<std::string> cases) {
  return std::make_unique<Step>(door, connection, std::move(cases));
}
std::unique_ptr<Conversation> whole_case_conversation(const Door& door, int connection, std::int64_t* finished) {
  return std::make_unique<WholeCase>(door, connection, finished);
}
std::unique_ptr<Conversation> get_conversation(std::string headers, std::vector<std::string> paths) {
  return std::make_unique<Get>(std::move(headers), std::move(paths));
}
std::unique_ptr<Conversation> fixed_conversation() { return std::make_unique<Fixed>(); }

}  // namespace yi::bench
