#include "benchmark/served.h"

#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "identity/sessions.h"

namespace yi::bench {
namespace {

using identity::Role;

// Without a password: to hash one takes 0.1 s, and log-in is not what is measured.
std::string headers_of(Served& s, Role role) {
  auto& house = *s.installation;
  const std::string name = json::enum_name(role), account = "bench." + name;
  auto& keeper = house.gatekeeper();
  if (!keeper.book().find(account)) {
    if (role == Role::applicant) {
      give(s, "identity.open_applicant", fmt::format(R"({{"account":"{}"}})", account));
    } else {
      give(s, "identity.open_account", fmt::format(R"({{"account":"{}","name":"某甲","department":"{}"}})", account, s.door.subject.department));
      give(s, "identity.grant_roles", fmt::format(R"({{"account":"{}","roles":["{}"]}})", account, name));
    }
  }
  const auto session = keeper.sessions().open(account, keeper.book().find(account)->state.version);
  return "Authorization: Bearer " + session + "\r\n";  // a program's way: it acts on cases that no page has shown it
}

}  // namespace

std::string give(Served& s, const std::string& command, const std::string& body) {
  return value_of(s.installation->engine().run(command, body, {"bench", "operator"})).stream;
}

namespace {
app::ServeOptions options_of(const std::string& directory, const std::string& data_root, const std::string& store_url, const std::string& node) {
  app::ServeOptions so;
  so.data_directory = directory;
  so.store_url = store_url;
  so.node = node;
  so.data_root = data_root;
  so.server.port = 0;
  so.clock_if_new = {true, at(CivilDay::of(2024, 6, 3), 9, 0)};
  return so;
}
}  // namespace

std::unique_ptr<app::Installation> serve_beside(const Served& first, const std::string& first_directory, const std::string& directory, const std::string& data_root,
                                                const std::string& store_url, const std::string& node) {
  std::filesystem::create_directories(directory);
  std::filesystem::copy(first_directory + "/keys", directory + "/keys", std::filesystem::copy_options::recursive);
  auto second = value_of(app::Installation::open(options_of(directory, data_root, store_url, node)));
  value_of(second->serve());
  auto& engine = second->engine();
  if (!engine.wait_followed(first.installation->engine().position(), std::chrono::seconds(10)) || engine.standing().leader_address.empty())
    throw std::runtime_error("the second node does not follow");
  return second;
}

Served serve(const std::string& directory, const std::string& data_root, const std::string& store_url, const std::string& node) {
  const auto so = options_of(directory, data_root, store_url, node);
  Served s{value_of(app::Installation::open(so)), {}, {}};
  value_of(s.installation->serve());
  std::string token;
  std::ifstream(directory + "/operator.token") >> token;
  s.door.subject = Subject::of(*s.installation->common().catalog);
  for (const auto& row : s.installation->roles().rows()) s.headers[row.role] = headers_of(s, row.role);
  s.door.staff = {"Authorization: Bearer " + token + "\r\n", s.headers.at(Role::clerk), s.headers.at(Role::runner), s.headers.at(Role::chief_representative),
                  s.headers.at(Role::issue_clerk)};
  return s;
}

std::vector<std::string> open_cases(Served& s, int n) {
  auto& engine = s.installation->engine();
  const auto& d = s.door.subject;
  std::vector<std::string> ids(static_cast<std::size_t>(n));
  std::atomic<std::size_t> answered{0};
  std::atomic<bool> any_refused{false};
  std::size_t sent = 0;
  std::string refused;
  const auto send = [&](const char* command, const std::string& body, Instant when, std::string* id) {
    engine::Submission x;
    x.id = engine::new_command_id();
    x.digest = engine::digest_of(command, body, "bench");
    x.actor = {"bench", "operator"};
    x.act = value_of(engine.registry().find_command(command)->parse(body));
    x.at = when;
    x.waiter = engine::waiter([&, id](Result<engine::Answer> a) {
      if (a.ok() && id) *id = a->stream.substr(5);
      if (!a.ok() && !any_refused) {
        refused = a.error().sentence;
        any_refused = true;
      }
      ++answered;
      answered.notify_one();
    });
    engine.wait_for_room();
    engine.submit(std::move(x));
    ++sent;
  };
  const auto drain = [&] {
    for (auto done = answered.load(); done < sent; done = answered.load()) answered.wait(done);
    if (any_refused) throw std::runtime_error(refused);
  };
  // Over fourteen working days from 3 June, so that limits end on many days.
  std::vector<CivilDay> days;
  for (CivilDay day = CivilDay::of(2024, 6, 3); days.size() < 14; ++day)
    if (value_of(s.installation->common().calendar->next_working_day(day)) == day) days.push_back(day);
  const auto share = (ids.size() + days.size() - 1) / days.size();
  for (std::size_t day = 0; day < days.size(); ++day) {
    const auto from = std::min(ids.size(), day * share), to = std::min(ids.size(), from + share);
    const auto when = [&](int hour) { return at(days[day], hour, 0); };
    for (auto i = from; i < to; ++i) send("casework.receive", d.receive_body(50'000'000 + static_cast<std::int64_t>(i)), when(9), &ids[i]);
    drain();
    for (auto i = from; i < to; ++i) send("casework.accept", fmt::format(R"({{"case_id":"{}","window":"{}"}})", ids[i], d.reception), when(10), nullptr);
    for (auto i = from; i < to; ++i)
      send("casework.transfer", fmt::format(R"({{"case_id":"{}","window":"{}","to":"department","signed_by":"物料员甲"}})", ids[i], d.reception), when(11), nullptr);
    drain();
  }
  engine.wait_followed(engine.position(), std::chrono::seconds(60));
  return ids;
}

}  // namespace yi::bench
