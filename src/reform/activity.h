#pragma once
// Activities (活动): facts, wishes, state. docs/decisions/0037. Stream: "activity:<n>", n the ledger position of its first fact.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/guard.h"

namespace yi::reform {

using ActivityId = Id<struct ActivityTag>;

enum class ActivityKind { meeting, training, inspection, education, other };
BOOST_DESCRIBE_ENUM(ActivityKind, meeting, training, inspection, education, other)
struct Activity {
  ActivityKind kind{};
  Text<120> title;
  CivilDay on;
  std::optional<CivilDay> to;               // last day; none: one day
  Text<120> place;
  std::optional<DepartmentCode> organiser;  // none: the centre
  Text<120> who;                            // 窗口和机关党员干部
  std::int32_t people = 0;                  // how many, 1..100,000
  bool over = false;                        // 余: so many and more
  std::vector<Text<64>> accounts;           // of the staff, invited
  std::vector<Text<120>> material;          // names of papers
};
BOOST_DESCRIBE_STRUCT(Activity, (), (kind, title, on, to, place, organiser, who, people, over, accounts, material))
struct ActivityRecorded : Activity {
  static constexpr std::string_view kName = "reform.activity_recorded/1";
};
BOOST_DESCRIBE_STRUCT(ActivityRecorded, (Activity), ())
struct SheetTaken {
  static constexpr std::string_view kName = "reform.sheet_taken/1";
  ActivityId activity;
  std::vector<Text<64>> present, excused;   // of its accounts; the others did not come
};
BOOST_DESCRIBE_STRUCT(SheetTaken, (), (activity, present, excused))
struct NewsOffered {
  static constexpr std::string_view kName = "reform.news_offered/1";
  ActivityId activity;
  CivilDay week;                            // its Monday
  Text<2000> text;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(NewsOffered, (), (activity, week, text, by))
struct OfferSettled {
  static constexpr std::string_view kName = "reform.offer_settled/1";
  ActivityId activity;
  bool taken = false;
  std::optional<Text<500>> note;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(OfferSettled, (), (activity, taken, note, by))

struct RecordActivity : Activity {};
BOOST_DESCRIBE_STRUCT(RecordActivity, (Activity), ())
struct TakeSheet {
  ActivityId activity;
  std::vector<Text<64>> present, excused;
};
BOOST_DESCRIBE_STRUCT(TakeSheet, (), (activity, present, excused))
struct OfferNews {
  ActivityId activity;
  CivilDay week;
  Text<2000> text;
};
BOOST_DESCRIBE_STRUCT(OfferNews, (), (activity, week, text))
struct SettleOffer {
  ActivityId activity;
  bool taken = false;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(SettleOffer, (), (activity, taken, note))

enum class OfferStage { none, offered, taken, let_go };
BOOST_DESCRIBE_ENUM(OfferStage, none, offered, taken, let_go)
struct ActivityState {
  std::string organiser;
  CivilDay on{};
  std::vector<std::string> accounts;
  bool sheet = false;
  OfferStage offer = OfferStage::none;
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ActivityState from(const store::Row& r);
};
class ActivityGuard : public engine::GuardTable<std::int64_t, ActivityState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {ActivityRecorded::kName, SheetTaken::kName, NewsOffered::kName, OfferSettled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

}  // namespace yi::reform
