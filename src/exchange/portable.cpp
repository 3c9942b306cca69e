#include "exchange/portable.h"

#include <algorithm>

#include "exchange/refusals.h"

namespace yi::exchange {
namespace {
using namespace casework;
using engine::RecordedFact;

template <class T>
struct Kind {
  using type = T;
};
using Kinds = boost::mp11::mp_list<Kind<Received>, Kind<Submitted>, Kind<ResultReceivedForIssue>, Kind<CarriedOver>, Kind<CorrectionRequested>,
                                   Kind<MaterialsSupplied>, Kind<Accepted>, Kind<AcceptanceRefused>, Kind<Transferred>, Kind<Suspended>, Kind<Resumed>,
                                   Kind<Extended>, Kind<Decided>, Kind<Issued>, Kind<Withdrawn>, Kind<Reversed>, Kind<Evaluated>, Kind<CardGiven>,
                                   Kind<DuesRecounted>>;

// The name as the program holds it for ever; "" when no fact of a case has it.
std::string_view lasting_name(std::string_view name) {
  const auto& all = case_facts();
  const auto it = std::find(all.begin(), all.end(), name);
  return it == all.end() ? std::string_view{} : *it;
}

bool is_step(std::string_view name) {
  for (int i = 0; i < kActKinds; ++i)
    if (const auto* step = step_name(static_cast<Act>(i)); step && name == step) return true;
  return false;
}

// Calls f(Kind<F>) with the shape of the fact. False: no fact that travels has this name.
template <class F>
bool with_kind(std::string_view name, F f) {
  bool found = false;
  boost::mp11::mp_for_each<Kinds>([&](auto kind) {
    if (found || name != decltype(kind)::type::kName) return;
    found = true;
    f(kind);
  });
  if (found) return true;
  if (!is_step(name)) return false;
  f(Kind<Step>{});
  return true;
}

template <class F>
Standing* standing(F& f) {
  if constexpr (requires { f.after.stage; }) return &f.after;
  else return f.after ? &*f.after : nullptr;
}

SubjectId presence(SubjectId id) { return {id ? 1 : 0}; }

// What names persons goes beside the body; a subject of whom nothing is left is told as erased.
void take_persons(Opening& f, const RecordedFact& r, PortableFact& p) {
  if (f.sealed && f.subject) p.applicant = r.open<ApplicantPerson>(f.sealed, *f.subject);
  else if (f.applicant) p.applicant = ApplicantPerson{*f.applicant, f.applicant_id, {}, {}, {}};
  if (!p.applicant && f.subject) p.applicant_erased = true;
  if (f.agent_sealed && f.agent) p.agent = r.open<AgentPerson>(f.agent_sealed, *f.agent, "agent_sealed");
  if (!p.agent && f.agent) p.agent_erased = true;
  f.subject.reset();
  f.agent.reset();
  f.sealed.reset();
  f.agent_sealed.reset();
  f.applicant.reset();
  f.applicant_id.reset();
}
void take_persons(Issued& f, const RecordedFact& r, PortableFact& p, SubjectId applicant) {
  if (const auto person = r.open<ReceiverPerson>(f.sealed, f.subject.value_or(applicant))) p.receiver = person->name;
  else if (f.received_by) p.receiver = f.received_by;
  f.sealed.reset();
  f.subject.reset();
  f.received_by.reset();
}
void take_persons(Step& f, const RecordedFact& r, PortableFact& p) {
  if (const auto told = f.subject ? r.open<ThirdParties>(f.sealed, *f.subject) : std::optional<ThirdParties>()) p.informed = told->names;
  f.sealed.reset();
  f.subject.reset();
}

// The reversed fact and the state without it, by order instead of by position.
void make_relative(Reversed& f, const std::vector<KeptFact>& kept) {
  const auto order = [&](std::int64_t position) -> std::int64_t {
    for (std::size_t i = 0; i < kept.size(); ++i)
      if (kept[i].seq == position) return static_cast<std::int64_t>(i) + 1;
    return 0;
  };
  f.fact = order(f.fact);
  auto restored = json::read<CaseState>(f.restored);
  if (!restored) return;
  restored->last_fact = order(restored->last_fact);
  restored->subject = presence(restored->subject);
  restored->agent = presence(restored->agent);
  f.restored = Text<4000>(json::write(*restored));
}

}  // namespace

bool travels(std::string_view fact_name) {
  return with_kind(fact_name, [](auto) {});
}

Result<std::vector<PortableFact>> pack(const std::vector<KeptFact>& kept, CentreCode centre, const store::KeyVault& keys) {
  std::vector<PortableFact> out;
  SubjectId applicant;
  for (const auto& k : kept) {
    auto read = k.fact(centre);
    const RecordedFact r(centre, k.seq, read.record, &keys);
    PortableFact p;
    p.order = static_cast<std::int32_t>(out.size()) + 1;
    p.name = Text<60>(r.record.name);
    p.effective_at = r.record.effective_at;
    p.recorded_at = r.record.recorded_at;
    p.actor = Text<255>(r.record.actor);
    bool told = false;
    with_kind(r.record.name, [&](auto kind) {
      using F = typename decltype(kind)::type;
      auto f = r.as<F>();
      auto* after = standing(f);
      if (!after) return;
      told = true;
      if (after->origin) {
        p.recorded_at = after->origin->recorded_at;
        p.actor = after->origin->actor;
      }
      after->previous.reset();
      after->origin.reset();
      if constexpr (std::is_base_of_v<Opening, F>) {
        applicant = f.subject.value_or(SubjectId{});
        take_persons(f, r, p);
      }
      if constexpr (std::is_same_v<F, Issued>) take_persons(f, r, p, applicant);
      if constexpr (std::is_same_v<F, Step>) take_persons(f, r, p);
      if constexpr (std::is_same_v<F, Reversed>) make_relative(f, kept);
      p.body.text = json::write(f);
    });
    if (!told) return refusal(Refused::too_old);
    out.push_back(std::move(p));
  }
  return out;
}

Checked check_body(const PortableFact& fact, const std::vector<PortableFact>& before) {
  Checked checked = Done{};
  const auto wrong = [&](std::string where, std::string why) { checked = refusal(Refused::broken_row, std::move(why), std::move(where)); };
  const bool known = with_kind(fact.name, [&](auto kind) {
    using F = typename decltype(kind)::type;
    auto f = json::read<F>(fact.body.text);
    if (!f) return wrong("body" + f.error().where, f.error().sentence);
    if (!standing(*f)) return wrong("body/after", "没有写明办件此后的状态。");
    if constexpr (std::is_same_v<F, Reversed>) {
      if (f->fact < 1 || f->fact >= fact.order || f->fact_name != before[static_cast<std::size_t>(f->fact - 1)].name)
        return wrong("body/fact", "所冲正的不是本办件此前的一步。");
      auto restored = json::read<CaseState>(f->restored);
      if (!restored) return wrong("body/restored", "冲正后的状态无法读取。");
      // What a reversal restores is the case before the reversed fact; of a receipt in error, the case that it closes.
      const bool opening = f->fact == 1;
      const auto end = before.begin() + (opening ? fact.order - 1 : static_cast<std::ptrdiff_t>(f->fact) - 1);
      auto expected = state_of({before.begin(), end});
      if (opening) expected.at = restored->at;
      if (json::write(expected) != json::write(*restored)) return wrong("body/restored", "冲正后的状态不是此前办件的状态。");
    }
  });
  if (!known) wrong("name", "没有这种记录：" + excerpt_of(fact.name));
  return checked;
}

RecordedFact as_fact(const PortableFact& fact, std::string_view stream) {
  store::Record r;
  r.name = fact.name;
  r.stream = stream;
  r.actor = fact.actor;
  r.effective_at = fact.effective_at;
  r.recorded_at = fact.recorded_at;
  r.body = fact.body.text;
  return {CentreCode{}, fact.order, r};
}

CaseState state_of(const std::vector<PortableFact>& facts) {
  CaseState s;
  for (const auto& f : facts) {
    fold(s, as_fact(f, ""));
    if (f.order == 1) {
      s.subject = {f.applicant || f.applicant_erased ? 1 : 0};
      s.agent = {f.agent || f.agent_erased ? 1 : 0};
    }
  }
  return s;
}

namespace {

// A case on its way into the ledger.
class Arrival {
 public:
  Arrival(engine::Turn& turn, const std::string& stream, const SubjectOf& subject_of) : turn_(turn), stream_(stream), subject_of_(subject_of) {}

  template <class F>
  void record(const PortableFact& p) {
    auto f = json::read<F>(p.body.text).value();
    auto* after = standing(f);
    after->previous = positions_.empty() ? std::optional<std::int64_t>() : positions_.back();
    after->origin = Origin{p.recorded_at, p.actor};
    SubjectId sealed_under;
    if constexpr (std::is_base_of_v<Opening, F>) sealed_under = give_persons(f, p);
    if constexpr (std::is_same_v<F, Issued>) sealed_under = give_receiver(f, p);
    if constexpr (std::is_same_v<F, Reversed>) make_absolute(f);
    positions_.push_back(turn_.next_position());
    if constexpr (requires { F::kName; }) turn_.fact(stream_, p.effective_at, f, sealed_under);
    else if (p.informed && p.name == ThirdPartyInformed::kName) give_informed(f, p);
    else turn_.fact_named(lasting_name(p.name), stream_, p.effective_at, f);
  }

 private:
  template <class F>
  SubjectId give_persons(F& f, const PortableFact& p) {
    const auto kind = f.applicant_kind == ApplicantKind::natural ? store::BlindKind::citizen : store::BlindKind::uscc;
    if (p.applicant || p.applicant_erased) f.subject = applicant_ = subject_of_(kind, p.applicant ? p.applicant->id_number : std::nullopt);
    if (p.agent || p.agent_erased) f.agent = agent_ = subject_of_(store::BlindKind::citizen, p.agent ? p.agent->id_number : std::nullopt);
    if (p.applicant) f.sealed = turn_.seal<F>(stream_, *p.applicant, applicant_);
    if (p.agent) f.agent_sealed = turn_.seal<F>(stream_, *p.agent, agent_, "agent_sealed");
    return p.applicant ? applicant_ : p.agent ? agent_ : SubjectId{};
  }
  SubjectId give_receiver(Issued& f, const PortableFact& p) {
    if (!p.receiver) return {};
    if (!applicant_) f.subject = subject_of_(store::BlindKind::citizen, std::nullopt);  // a result of another system: a key of its own
    const auto under = f.subject.value_or(applicant_);
    f.sealed = turn_.seal<Issued>(stream_, ReceiverPerson{*p.receiver}, under);
    return under;
  }
  void give_informed(const Step& step, const PortableFact& p) {
    ThirdPartyInformed f;
    static_cast<Step&>(f) = step;
    f.subject = subject_of_(store::BlindKind::citizen, std::nullopt);
    turn_.fact(stream_, p.effective_at, std::move(f), ThirdParties{*p.informed}, *f.subject);
  }
  void make_absolute(Reversed& f) {
    f.fact = positions_[static_cast<std::size_t>(f.fact - 1)];
    auto restored = json::read<CaseState>(f.restored).value();
    if (restored.last_fact > 0) restored.last_fact = positions_[static_cast<std::size_t>(restored.last_fact - 1)];
    if (restored.subject) restored.subject = applicant_;
    if (restored.agent) restored.agent = agent_;
    f.restored = Text<4000>(json::write(restored));
  }

  engine::Turn& turn_;
  const std::string& stream_;
  const SubjectOf& subject_of_;
  std::vector<std::int64_t> positions_;
  SubjectId applicant_, agent_;
};

}  // namespace

void unpack(engine::Turn& turn, const std::string& stream, const std::vector<PortableFact>& facts, const SubjectOf& subject_of) {
  Arrival arrival(turn, stream, subject_of);
  for (const auto& p : facts)
    with_kind(p.name, [&](auto kind) { arrival.template record<typename decltype(kind)::type>(p); });
}

}  // namespace yi::exchange
