#pragma once
// Lists of cases by page: what a department, a supervisor or an applicant works through. A page costs the same wherever it
// begins: it continues behind a key, never behind a count.
#include <optional>
#include <string>
#include <vector>

#include "casework/views.h"

namespace yi::casework {

enum class ListOrder {
  due,       // the nearest running limit first; cases without one behind all others
  received,  // as they were opened, the oldest first
  number     // the newest number first
};
BOOST_DESCRIBE_ENUM(ListOrder, due, received, number)

// The place in a list behind which a page begins.
struct ListKey {
  std::int64_t due = 0;   // days since 1970; of ListOrder::due alone
  std::int64_t case_id = 0;
  auto operator<=>(const ListKey&) const = default;
};
std::string to_text(const ListKey& k);                     // "19891.20240617000001"
std::optional<ListKey> parse_list_key(std::string_view text);

struct ListQuestion {
  std::optional<Stage> stage;              // none: every stage in which a case is open
  std::optional<DepartmentCode> department;
  std::optional<Holder> holder;
  std::optional<Light> light;
  std::optional<CaseType> type;
  std::optional<ApplicantKind> applicant_kind;
  std::optional<MatterCode> matter;
  std::optional<bool> carded;               // a warning rule has given it a card
  std::optional<SupervisionState> supervision;
  std::optional<CivilDay> due_from, due_to;  // both included; cases without a running limit are then left out
  ListOrder order = ListOrder::due;
  std::optional<ListKey> after;
  int limit = 50;                          // 1..limits::kPageRows
};

struct ListEntry : People, DaysLeft {
  CaseId case_id;
  std::string number;
  MatterCode matter;
  std::string matter_name;
  DepartmentCode department;
  std::string department_name;
  CaseType type = CaseType::promised;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  Stage stage = Stage::none;
  std::string stage_name;
  Holder holder = Holder::reception_window;
  std::optional<CivilDay> received_on, accepted_on, due;
  std::optional<Light> light;
  bool permit = false;
  std::int32_t cards = 0;                   // warning rules that it has broken
  std::int32_t red_cards = 0;               // of them, those whose card was red
  SupervisionState supervision = SupervisionState::none;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ListEntry, (People, DaysLeft), (case_id, number, matter, matter_name, department, department_name, type, applicant_kind, stage, stage_name, holder, received_on,
  accepted_on, due, light, permit, cards, red_cards, supervision, version))

struct ListPage {
  std::vector<ListEntry> cases;
  // Behind this the list goes on. A page by light in order of due days, and one of cards or supervision orders, is full while there are
  // such cases; one by another rare filter may hold fewer rows than asked for, even none, and still go on: it stops after
  // kRowsLookedAt rows, so that no filter can hold a reader for long.
  std::optional<ListKey> next;
};
inline constexpr int kRowsLookedAt = 1'000;

// The viewer's part of the cases: the centre's, the department's, or an applicant's own. Refusals: identity.not_allowed (403),
// also for another department than one's own; casework.bad_page (422).
Result<ListPage> list_cases(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, const ListQuestion& q, const Ground& ground, CivilDay today);

struct StageCount {
  Stage stage = Stage::none;
  std::string stage_name;
  std::int64_t cases = 0;
};
BOOST_DESCRIBE_STRUCT(StageCount, (), (stage, stage_name, cases))
// How many cases of the viewer's part stand in each stage in which a case is open; of an applicant's own, in each stage. Refusals as above.
Result<std::vector<StageCount>> count_stages(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre);

// casework.open_cases_add_up: nothing vanishes. Every case that the lane holds open stands in exactly one queue. Only where the
// queues have followed as far as the ledger reaches can the two be held against each other.
struct AddUp {
  std::int64_t position = 0, followed = 0;  // of the ledger, of the queues
  std::int64_t open_cases = 0, in_queues = 0;
  bool behind() const { return followed < position; }
  bool holds() const { return behind() || open_cases == in_queues; }
};
// In one snapshot of its own; the caller holds none. From the lane's own count and the queues of open cases: it does not grow
// with the cases that have ended.
AddUp open_cases_add_up(store::Reader& reader, CentreCode centre);
// The same by reading every case that ever was, for `yichuang verify`: a wrong count is found too.
AddUp open_cases_read_one_by_one(store::Reader& reader, CentreCode centre);

}  // namespace yi::casework
