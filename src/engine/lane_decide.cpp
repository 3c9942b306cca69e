// One command of a group: whether it has been done before, what its rule says, and its facts.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "engine/lane.h"
#include "engine/lane_answer.h"

namespace yi::engine {

void Lane::decide(Taken& t, std::size_t index) {
  Submission& s = t.submission;
  const std::string id(store::bytes(s.id));
  if (auto it = ids_of_group_.find(id); it != ids_of_group_.end()) {
    t.same_as = it->second;
    return;
  }
  if (auto before = from_before(s)) {
    t.early = std::move(before);
    return;
  }
  if (s.at) clock_.drive(*s.at);
  Turn turn(options_.centre, std::max(clock_.now(), Instant{head_.recorded_at}), s.actor, &keys_, head_.seq);
  try {
    if (auto done = s.act(turn); !done.ok()) {
      t.early = std::move(done).error();
      return;
    }
    if (turn.facts().empty()) throw std::logic_error("a command was neither refused nor did it give a fact");
  } catch (const store::Failure&) {
    throw;
  } catch (const std::exception& e) {  // this command alone; nothing was recorded for it yet
    spdlog::error("a command threw: {}", e.what());
    t.early = internal_error();
    return;
  }
  t.first = pending_.size();
  t.count = turn.facts().size();
  record(turn, s);
  ids_of_group_.emplace(id, index);
}

// Whichever of the group's ids are not known to be new, in one question: on a server each question is a way there and back.
void Lane::look_for_repeated(const std::vector<Taken>& group) {
  taken_ids_.clear();
  store::Row asked;
  const auto ask = [&] {
    if (asked.empty()) return;
    auto c = writer_.reader().select_keys(command_view(), command_view().name, options_.centre, asked);
    while (c->next()) taken_ids_.emplace(c->bytes(1), std::pair(c->integer(2), c->integer(3)));
    asked.clear();
  };
  for (const auto& t : group) {
    const auto id = store::bytes(t.submission.id);
    if (id > greatest_id_ && is_time_ordered(id)) continue;
    asked.emplace_back(id);
    if (asked.size() == kAskedAtOnce) ask();
  }
  ask();
}

// What the group's commands are going to look for, in one question a table.
void Lane::look_ahead(const std::vector<Taken>& group) {
  if (group.size() < 2) return;
  for (const auto& t : group) {
    if (!t.submission.act.expect) continue;
    try {
      t.submission.act.expect({keys_, t.submission.actor});
    } catch (const std::exception& e) {  // its turn will ask
      spdlog::error("a command could not say what it will look for: {}", e.what());
    }
  }
  for (auto& g : registry_.guards) {
    try {
      g->load_expected();
    } catch (const store::Failure&) {
      throw;
    } catch (const std::exception& e) {  // a row that does not read: whose turn needs it will say so, nobody else's
      spdlog::error("rows of {} could not be read ahead: {}", g->view().name, e.what());
    }
  }
}

std::optional<Result<Answer>> Lane::from_before(const Submission& s) {
  const auto taken = taken_ids_.find(std::string(store::bytes(s.id)));
  if (taken == taken_ids_.end()) return std::nullopt;
  const auto [first, count] = taken->second;
  std::vector<std::string> kept;
  writer_.reader().events(options_.centre, first, first + count - 1, [&](const store::LedgerRow& row) {
    kept.emplace_back(row.record);
    return true;
  });
  if (static_cast<std::int64_t>(kept.size()) != count) throw store::Failure(store::FailureKind::other, "records of a repeated command are not in the ledger");  // a year that was carried away
  std::vector<RecordedFact> facts;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    RecordedFact f{options_.centre, first + static_cast<std::int64_t>(i), {}};
    store::decode(kept[i], f.record);
    facts.push_back(f);
  }
  // Of a command about a person only what their key can tell again is kept; when it is gone, the id alone decides.
  std::optional<store::CommandDigest> digest = s.digest;
  const auto sealed = std::find_if(facts.begin(), facts.end(), [](const RecordedFact& f) { return f.record.sealed_under != 0; });
  if (sealed != facts.end()) digest = keys_.bind(s.digest, {sealed->record.sealed_under});
  if (digest && facts.front().record.digest != *digest) return Result<Answer>(id_conflict());
  auto a = make_answer(facts);
  a.repeated = true;
  return Result<Answer>(std::move(a));
}

// A digest of a short form with a person's number in it could be guessed; bound to their key, it goes with the key.
store::CommandDigest Lane::bound_digest(const Turn& turn, const Submission& s) const {
  for (const auto& f : turn.facts())
    if (f.sealed_under) return keys_.bind(s.digest, f.sealed_under).value_or(store::CommandDigest{});
  return s.digest;
}

void Lane::record(const Turn& turn, const Submission& s) {
  const auto digest = bound_digest(turn, s);
  // One fact of a command would tell who gave the others: the subject that a report brings stands right behind it.
  const bool nameless = std::any_of(turn.facts().begin(), turn.facts().end(), [&](const Turn::NewFact& f) { return std::find(registry_.nameless.begin(), registry_.nameless.end(), f.name) != registry_.nameless.end(); });
  for (const auto& f : turn.facts()) {
    store::Record r;
    r.name = f.name;
    r.stream = f.stream;
    r.actor = nameless ? std::string_view() : std::string_view(s.actor.account);
    r.effective_at = f.effective_at;
    r.recorded_at = turn.now();
    r.command = s.id;
    r.digest = digest;
    r.sealed_under = f.sealed_under.value;
    r.body = f.body;
    KeptRecord p{++head_.seq, {}};
    p.record.reserve(96 + f.name.size() + f.stream.size() + f.body.size());
    store::encode(r, p.record);
    head_.recorded_at = turn.now().ms;
    const RecordedFact fact{options_.centre, p.seq, r, &keys_};
    if (f.name == registry_.erasure.fact) {
      erased_.push_back(registry_.erasure.subject(fact));
      keys_.close(erased_.back());
    }
    if (auto it = guards_of_.find(f.name); it != guards_of_.end())
      for (Guard* g : it->second) g->apply(fact);
    pending_.push_back(std::move(p));
  }
}

}  // namespace yi::engine
