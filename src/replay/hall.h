#pragma once
// The demonstration's own hall (data/demonstration/hall.yaml): people with accounts, and the cases, questions and complaints that wait on
// their desks on the morning the demonstration opens. Each line is an act that somebody gave at a time; the rooms judge it like every
// other, and their timers make the lights, cards and supervision orders of it.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "identity/accounts.h"
#include "identity/role_table.h"
#include "replay/pipeline.h"
#include "replay/replay.h"

namespace yi::replay {

struct HallPerson {
  std::string account, name;           // invented, all of them
  std::vector<identity::Role> roles;   // none: an applicant
  std::optional<std::string> department;
  std::vector<std::string> windows;
  std::string place;                   // in words, where they are offered
  std::optional<std::string> citizen, uscc;  // what an applicant is bound to: one of the two
  std::string where;
};

struct HallAct {
  Instant at;
  std::string by, command;
  std::string fields;   // JSON members without the id of what it is about
  std::size_t life = 0; // acts of one life are about what its first act opened
  bool first = false;
  std::string where;
};

// What somebody has begun to fill in (网上暂存): beside the ledger, so kept when the centre is first served.
struct HallDraft {
  std::string by, matter, title, content;  // the page's own form, as JSON
};

struct HallScript {
  Instant opened;                  // when the accounts are opened; before every act
  std::vector<HallPerson> people;  // in the order in which they are offered
  std::vector<HallAct> acts;       // in order of time
  std::vector<HallDraft> drafts;
};

// Refusals of base/yaml.h, "replay.bad_hall" with file and line: an account twice, an act by nobody, an unknown matter, times that go back.
Result<HallScript> load_hall(const std::filesystem::path& path, std::string file_name, const catalog::Catalog& catalog);
Result<HallScript> parse_hall(std::string_view text, std::string file_name, const catalog::Catalog& catalog);

class Hall final : public Meanwhile {
 public:
  // `book` hears of the engine's accounts. All of them outlive the hall.
  Hall(engine::Engine& engine, const HallScript& script, const identity::AccountBook& book, const identity::RoleTable& roles)
      : engine_(engine), script_(script), book_(book), roles_(roles), pipeline_(engine, 1) {}
  bool due(Instant until) const override;
  // Refusals of the commands, with the line of the act.
  Checked run_until(Instant until) override;

 private:
  Checked open_accounts();
  Result<engine::Actor> actor(const std::string& account) const;
  Checked give(const HallAct& act);
  Result<engine::Answer> command(const std::string& name, const std::string& body, Instant at, const engine::Actor& by, const std::string& where);

  engine::Engine& engine_;
  const HallScript& script_;
  const identity::AccountBook& book_;
  const identity::RoleTable& roles_;
  Pipeline pipeline_;
  bool open_ = false;
  std::size_t next_ = 0;
  std::map<std::size_t, std::map<std::string, std::string>> opened_;  // life: the JSON members that later acts name what it opened by, where they have them
};

}  // namespace yi::replay
