#pragma once
// 来稿: the items of an issue's news, from a department's hand to the paper (docs/decisions/0038). Facts, wishes, state.
// Stream: "bulletin_item:<n>", n the ledger position of what brought it in. What bulletin.news_entered enters is an item too, taken at once.
#include <optional>
#include <string>
#include <vector>

#include "bulletin/events.h"
#include "engine/guard.h"

namespace yi::bulletin {

using ItemId = Id<struct ItemTag>;

struct ItemSubmitted {
  static constexpr std::string_view kName = "bulletin.item_submitted/1";
  CivilDay week;
  std::optional<DepartmentCode> department;  // none: the centre's own
  std::optional<CivilDay> on;
  Text<2000> text;
  bool late = false;                         // after the deadline
  std::vector<Text<80>> acknowledged;        // keys of the warnings that whoever sent it has seen
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemSubmitted, (), (week, department, on, text, late, acknowledged, by))
struct ItemRevised {
  static constexpr std::string_view kName = "bulletin.item_revised/1";
  ItemId item;
  CivilDay week;
  std::int32_t version = 0;                  // that this makes
  std::optional<CivilDay> on;
  Text<2000> text;
  bool sent_again = false;                   // it had been returned
  std::vector<Text<80>> acknowledged;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemRevised, (), (item, week, version, on, text, sent_again, acknowledged, by))
struct ItemReturned {
  static constexpr std::string_view kName = "bulletin.item_returned/1";
  ItemId item;
  CivilDay week;
  Text<500> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemReturned, (), (item, week, reason, by))
struct ItemWithdrawn {
  static constexpr std::string_view kName = "bulletin.item_withdrawn/1";
  ItemId item;
  CivilDay week;
  std::optional<Text<500>> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemWithdrawn, (), (item, week, reason, by))
struct ItemTaken {
  static constexpr std::string_view kName = "bulletin.item_taken/1";
  ItemId item;
  CivilDay week;
  std::int32_t rank = 0;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemTaken, (), (item, week, rank, by))
// 不采用; one that had been taken leaves the paper.
struct ItemDeclined {
  static constexpr std::string_view kName = "bulletin.item_declined/1";
  ItemId item;
  CivilDay week;
  Text<500> reason;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemDeclined, (), (item, week, reason, by))
struct ItemsMerged {
  static constexpr std::string_view kName = "bulletin.items_merged/1";
  ItemId into;
  CivilDay week;
  std::vector<ItemId> from;                  // without `into`
  std::int32_t version = 0;                  // of `into`
  std::optional<CivilDay> on;
  Text<2000> text;
  std::vector<Text<80>> acknowledged;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemsMerged, (), (into, week, from, version, on, text, acknowledged, by))
struct ItemsOrdered {
  static constexpr std::string_view kName = "bulletin.items_ordered/1";
  CivilDay week;
  std::vector<ItemId> order;                 // every item that is taken, first to last
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(ItemsOrdered, (), (week, order, by))

struct SubmitItem {
  CivilDay week;
  std::optional<DepartmentCode> department;
  std::optional<CivilDay> on;
  Text<2000> text;
  std::vector<Text<80>> acknowledged;
};
BOOST_DESCRIBE_STRUCT(SubmitItem, (), (week, department, on, text, acknowledged))
struct ReviseItem {
  ItemId item;
  std::int32_t version = 0;                  // that was read
  std::optional<CivilDay> on;
  Text<2000> text;
  std::vector<Text<80>> acknowledged;
};
BOOST_DESCRIBE_STRUCT(ReviseItem, (), (item, version, on, text, acknowledged))
struct ReturnItem {
  ItemId item;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ReturnItem, (), (item, reason))
struct WithdrawItem {
  ItemId item;
  std::optional<Text<500>> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawItem, (), (item, reason))
struct TakeItem {
  ItemId item;
  std::int32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(TakeItem, (), (item, version))
struct DeclineItem {
  ItemId item;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(DeclineItem, (), (item, reason))
struct MergeItems {
  std::vector<ItemId> items;                 // two or more; the first takes the others in
  std::optional<CivilDay> on;
  Text<2000> text;
  std::vector<Text<80>> acknowledged;
};
BOOST_DESCRIBE_STRUCT(MergeItems, (), (items, on, text, acknowledged))
struct OrderItems {
  CivilDay week;
  std::vector<ItemId> order;
};
BOOST_DESCRIBE_STRUCT(OrderItems, (), (week, order))

enum class ItemStage { submitted, returned, taken, merged, declined, withdrawn };
BOOST_DESCRIBE_ENUM(ItemStage, submitted, returned, taken, merged, declined, withdrawn)

struct ItemState {
  CivilDay week{};
  ItemStage stage = ItemStage::submitted;
  std::int32_t rank = 0;      // of one that is taken; those of equal rank stand by number
  std::string department;     // "": the centre's own
  std::optional<CivilDay> on;
  std::string text;
  std::int32_t version = 1;
  std::string by;             // who sent it; "": entered
  bool late = false;
  std::int64_t into = 0;      // of one that was merged
  static const store::View& view();
  void append_row(store::Row& r) const;
  static ItemState from(const store::Row& r);
};
class ItemGuard : public engine::GuardTable<std::int64_t, ItemState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // The numbers of the week's items that are taken, in order; of committed state.
  std::vector<std::int64_t> taken(CivilDay week);
};

// Every fact that changes what an issue says: each has a member `week`.
const std::vector<std::string_view>& item_facts();

}  // namespace yi::bulletin
