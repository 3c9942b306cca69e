#include "walked.h"

#include <algorithm>

#include "casework/case_state.h"
#include "store/database.h"
#include "store/record.h"

namespace yi::story {
namespace {
using casework::Act;
using casework::CaseState;
using engine::RecordedFact;

// The act behind a fact; only the table tells who extended a joint case.
Act act_of(const RecordedFact& f, const CaseState& before, bool joint) {
  const auto act = casework::act_of(f, before);
  if (!act) throw Broken("no act writes " + std::string(f.record.name));
  return *act == Act::extend && joint ? Act::extend_joint : *act;
}

std::size_t row_of(const CaseState& before, const CaseState& after, Act act) {
  const auto rows = casework::kActs;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& r = rows[i];
    const bool leads = act == Act::reverse || r.to.value_or(before.at.stage) == after.at.stage;
    const bool handed = act != Act::transfer || r.receiver == after.at.holder;
    // What opens a case finds none: its type and kind are those of the case that it opens.
    const auto& of = before.at.stage == casework::Stage::none ? after : before;
    if (r.act == act && r.from.has(before.at.stage) && leads && handed && casework::fits(r, of.type, before.at.holder, of.permit())) return i;
  }
  throw Broken("the table has no row for " + std::string(chinese_name(act)) + " from " + std::string(chinese_name(before.at.stage)) + " to " +
               std::string(chinese_name(after.at.stage)));
}

}  // namespace

std::set<Walk> walks_of(Stage& stage) {
  std::set<Walk> out;
  if (stage.cases().empty()) return out;
  std::map<std::string, CaseState> states;
  for (const auto& [name, id] : stage.cases()) states["case:" + id];
  auto opened = store::open_sqlite(stage.data(), store::Mode::read);
  if (!opened) throw Broken(opened.error().sentence);
  const auto reader = (*opened)->open_reader();
  CentreCode centre{};
  reader->next_centre(centre);
  reader->events(centre, 1, reader->head(centre).seq, [&](const store::LedgerRow& row) {
    RecordedFact f{centre, row.seq, {}};
    if (!store::decode(row.record, f.record)) throw Broken("a record of the ledger cannot be read");
    const auto it = states.find(std::string(f.record.stream));
    if (it == states.end()) return true;
    const auto before = it->second;
    casework::fold(it->second, f);
    const auto act = act_of(f, before, stage.joint(before.matter.value));
    const auto place = row_of(before, it->second, act);
    if (f.record.actor != "operator") out.insert({place, before.at.stage});
    return true;
  });
  for (const auto& [name, id] : stage.cases())
    if (const auto& state = states["case:" + id]; stage.serves() && json_at(stage.case_json(name), "stage") != json::enum_name(state.at.stage))
      throw Broken("case " + name + " stands in the ledger at " + std::string(json::enum_name(state.at.stage)) + " and reads " + stage.case_json(name));
  return out;
}

std::vector<std::string> not_walked(const std::set<Walk>& walked) {
  std::vector<std::string> out;
  const auto rows = casework::kActs;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& r = rows[i];
    const auto say = [&](const std::string& from) {
      out.push_back("row " + std::to_string(i + 1) + ": " + std::string(chinese_name(r.act)) + " from " + from +
                    (r.to ? " to " + std::string(chinese_name(*r.to)) : "") + (r.receiver ? " into the hands of " + std::string(chinese_name(*r.receiver)) : ""));
    };
    const bool moves = r.to || r.receiver;
    bool some = false;
    for (int s = 0; s < casework::kStages; ++s) {
      const auto from = static_cast<casework::Stage>(s);
      if (!r.from.has(from)) continue;
      const bool there = walked.contains({i, from});
      some = some || there;
      if (moves && !there) say(std::string(chinese_name(from)));
    }
    if (!moves && !some) say("any of its stages");
  }
  return out;
}

}  // namespace yi::story
