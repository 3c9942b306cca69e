#pragma once
// A room with personal fields, small enough to see through: people who ask for something, perhaps with an agent.
#include "base/text.h"
#include "identity/subjects.h"

namespace yi::identity {

struct ToyPerson {
  std::string name;
  std::string phone;
};
BOOST_DESCRIBE_STRUCT(ToyPerson, (), (name, phone))

struct ToyAsked {
  static constexpr std::string_view kName = "toy.asked/1";
  std::int64_t number = 0;
  SubjectId applicant;
  std::optional<SubjectId> agent;
  std::optional<store::SealedText> agent_sealed;
  std::optional<store::SealedText> sealed;
};
BOOST_DESCRIBE_STRUCT(ToyAsked, (), (number, applicant, agent, agent_sealed, sealed))
struct ToyAnswered {
  static constexpr std::string_view kName = "toy.answered/1";
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(ToyAnswered, (), (number))

struct ToyAsk {
  std::int64_t number = 0;
  Text<64> id;
  Text<64> name;
  Text<64> phone;
  std::optional<Text<64>> agent_id;
  std::optional<Text<64>> agent_name;
};
BOOST_DESCRIBE_STRUCT(ToyAsk, (), (number, id, name, phone, agent_id, agent_name))
struct ToyAnswer {
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(ToyAnswer, (), (number))

// One row a request: the fields are emptied, the row stays and counts.
class ToyList : public engine::Report {
 public:
  const store::View& view() const override {
    using store::Type;
    static const store::View v{"toy_list", 1, store::ViewKind::report, 2,
                               {{"centre", Type::integer},
                                {"number", Type::integer},
                                {"subject", Type::integer, store::Merge::keep},
                                {"name", Type::text, store::Merge::keep, store::Personal::name},
                                {"answered", Type::integer, store::Merge::add}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {ToyAsked::kName, ToyAnswered::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    if (f.record.name == ToyAnswered::kName) return out.put({f.centre.value, f.as<ToyAnswered>().number, {}, {}, 1});
    const auto a = f.as<ToyAsked>();
    const auto person = f.open<ToyPerson>(a.sealed, a.applicant);
    out.put({f.centre.value, a.number, a.applicant.value, person ? store::Value(person->name) : store::Value(), 0});
  }
};

// Finds requests by phone: the key is personal, so the row goes.
class ToySearch : public engine::Report {
 public:
  const store::View& view() const override {
    using store::Type;
    static const store::View v{"toy_search", 1, store::ViewKind::report, 3,
                               {{"centre", Type::integer},
                                {"blind", Type::bytes, store::Merge::replace, store::Personal::sealed},
                                {"number", Type::integer},
                                {"subject", Type::integer}},
                               {{"centre", "subject"}},
                               "subject"};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {ToyAsked::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto a = f.as<ToyAsked>();
    if (const auto person = f.open<ToyPerson>(a.sealed, a.applicant))
      out.put({f.centre.value, f.keys->blind(IdKind::phone, person->phone), a.number, a.applicant.value});
  }
};

inline engine::RegistryFactory toy_rooms(std::vector<SubjectId>* told = nullptr) {
  return [told] {
    engine::Registry r;
    const auto subjects = declare_subjects(r);
    if (told) r.erasure.listeners.push_back([told](SubjectId s) { told->push_back(s); });
    r.add_report<ToyList>();
    r.add_report<ToySearch>();
    r.commands.push_back(engine::command<ToyAsk>("toy.ask", "提出", {}, [subjects](engine::Turn& turn, const ToyAsk& c) -> Checked {
      const auto stream = "toy:" + std::to_string(c.number);
      ToyAsked f{c.number, subjects.subject_of(turn, IdKind::citizen, c.id), {}, {}, {}};
      if (c.agent_id) {
        f.agent = subjects.subject_of(turn, IdKind::citizen, *c.agent_id);
        f.agent_sealed = turn.seal<ToyAsked>(stream, ToyPerson{c.agent_name.value_or(Text<64>("")), ""}, *f.agent, "agent_sealed");
      }
      turn.fact(stream, turn.now(), f, ToyPerson{c.name, c.phone}, f.applicant);
      return Done{};
    }));
    r.commands.push_back(engine::command<ToyAnswer>("toy.answer", "答复", {}, [](engine::Turn& turn, const ToyAnswer& c) -> Checked {
      turn.fact("toy:" + std::to_string(c.number), ToyAnswered{c.number});
      return Done{};
    }));
    return r;
  };
}

}  // namespace yi::identity
