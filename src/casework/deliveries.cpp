#include "casework/deliveries.h"

#include <algorithm>

#include "base/text.h"
#include "casework/documents.h"
#include "casework/paper_facts.h"
#include "casework/queue.h"
#include "casework/rules.h"

namespace yi::casework {
namespace {
using store::Type;
using store::ViewKind;

bool said(const auto& text) { return text && !trim(*text).empty(); }

// Where the deliveries of a case stand in the ledger; what they say is read there.
const store::View& delivery_view() {
  static const store::View v{"casework_delivery", 1, ViewKind::report, 3,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"position", Type::integer}, {"subject", Type::integer}},
                             {{"centre", "subject"}},
                             "subject"};
  return v;
}

class DeliveryReport : public engine::Report {
 public:
  const store::View& view() const override { return delivery_view(); }
  std::vector<std::string_view> listens_to() const override { return {PaperDelivered::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto d = f.as<PaperDelivered>();
    out.put({f.centre.value, d.case_id.value, f.seq, d.subject.value_or(SubjectId{}).value});
  }
};

// Which papers of a case have reached whom they are for, as the lane knows it: the last delivery of each.
struct DeliveredPaper {
  std::optional<DocumentKind> document;  // none: the result
  std::int64_t position = 0;             // of the delivery in the ledger
};
BOOST_DESCRIBE_STRUCT(DeliveredPaper, (), (document, position))
struct DeliveredState {
  std::vector<DeliveredPaper> papers;
  static const store::View& view() {
    static const store::View v{"casework_delivered", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"case_id", Type::integer}, {"papers", Type::text}}};
    return v;
  }
  void append_row(store::Row& r) const { r.emplace_back(json::write(papers)); }
  static DeliveredState from(const store::Row& r) {
    DeliveredState s;
    if (auto papers = json::read<std::vector<DeliveredPaper>>(r[2].s)) s.papers = std::move(papers).value();
    return s;
  }
};
class DeliveredGuard : public engine::GuardTable<std::int64_t, DeliveredState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {PaperDelivered::kName}; }
  void apply(const engine::RecordedFact& f) override {
    const auto d = f.as<PaperDelivered>();
    auto& papers = change(d.case_id.value).papers;
    std::erase_if(papers, [&](const DeliveredPaper& p) { return p.document == d.document; });
    papers.push_back({d.document, f.seq});
  }
  // Whether one of the papers that the fact gave has been delivered since.
  bool any_of(CaseId id, const engine::RecordedFact& fact, const CaseState& before, const CaseState& after) {
    const auto* s = find(id.value);
    if (!s) return false;
    const auto given = papers_of(fact, before, after);
    return std::any_of(s->papers.begin(), s->papers.end(), [&](const DeliveredPaper& p) {
      return p.position > fact.seq && p.document && std::find(given.begin(), given.end(), *p.document) != given.end();
    });
  }
};

template <int N>
std::optional<std::string> plain(const std::optional<Text<N>>& t) {
  return t ? std::optional(std::string(std::string_view(*t))) : std::nullopt;
}

}  // namespace

std::string_view chinese_name(Delivery way) {
  static constexpr std::string_view names[] = {"窗口领取（直接送达）", "邮寄", "电子送达", "自助柜", "留置送达", "委托送达", "公告送达"};
  return names[static_cast<std::size_t>(way)];
}

Checked check_delivery(const RecordDelivery& c, CivilDay today) {
  if (c.delivered_on > today || c.delivered_on < c.made_on)
    return Refusal{"casework.delivery_day", "送达日期晚于今天，或者早于文书作出的日期。", "请按回证上签收的日期填写。", 422, "delivered_on"};
  if (c.way == Delivery::post && !said(c.tracking_number)) return refusal(Refused::tracking_required);
  const bool without_signature = c.way == Delivery::left || c.way == Delivery::announced || c.way == Delivery::entrusted;
  if (without_signature && !said(c.remark))
    return Refusal{"casework.delivery_unexplained", "留置、委托、公告送达要写明情况：拒收的理由和见证人、受委托的机关，或者公告的地方和期间。", "请填写 remark。", 422, "remark"};
  if (!without_signature && !said(c.received_by))
    return Refusal{"casework.delivery_unsigned", "没有写签收人。", "请按回证填写签收人；拒绝签收的，按留置送达登记，并写明理由和见证人。", 422, "received_by"};
  return Done{};
}

void declare_deliveries(engine::Registry& registry, const CaseRegister& cases, const identity::Subjects& subjects) {
  registry.add_report<DeliveryReport>();
  auto& delivered = registry.add_guard<DeliveredGuard>();
  cases.answer_for_deliveries([&delivered](CaseId id, const engine::RecordedFact& fact, const CaseState& before, const CaseState& after) { return delivered.any_of(id, fact, before, after); });
  auto spec = engine::command<RecordDelivery>(
      kRecordDelivery, "登记文书的送达", {"casework.unknown_case", "casework.tracking_required", "casework.delivery_day", "casework.delivery_unsigned", "casework.delivery_unexplained"},
      [cases, subjects](engine::Turn& turn, const RecordDelivery& c) -> Checked {
        const auto* s = cases.find(c.case_id);
        if (!s) return refusal(Refused::unknown_case);
        YI_CHECK(check_delivery(c, civil_day(turn.now())));
        PaperDelivered f;
        f.case_id = c.case_id;
        f.number = s->number;
        f.department = s->department;
        f.document = c.document;
        f.way = c.way;
        f.tracking_number = c.tracking_number;
        f.delivered_on = c.delivered_on;
        f.signed_for = said(c.received_by);
        f.window = c.window;
        const auto stream = "papers:" + std::to_string(c.case_id.value);
        const bool names = said(c.received_by) || said(c.relation) || said(c.remark);
        if (!names || (s->subject && !subjects.known(s->subject))) turn.fact(stream, f);  // erased: nobody's name is written down any more
        else {
          const auto subject = s->subject ? s->subject : subjects.anonymous(turn);  // 代颁: the case came without people
          f.subject = subject;
          turn.fact(stream, turn.now(), std::move(f), DeliveryPerson{c.received_by, c.relation, c.remark}, subject);
        }
        return Done{};
      });
  spec.has_door = false;
  registry.commands.push_back(std::move(spec));
}

std::vector<DeliveryView> list_deliveries(store::Reader& reader, const store::KeyVault& keys, CentreCode centre, CaseId id) {
  std::vector<std::int64_t> positions;
  auto c = reader.select("SELECT position FROM casework_delivery WHERE centre=$1 AND case_id=$2 ORDER BY position", {centre.value, id.value});
  while (c->next()) positions.push_back(c->integer(0));
  c.reset();
  std::vector<DeliveryView> out;
  for (const auto at : positions)
    reader.events(centre, at, at, [&](const store::LedgerRow& row) {
      const KeptFact kept{at, std::string(row.record)};
      auto fact = kept.fact(centre);
      fact.keys = &keys;
      const auto d = fact.as<PaperDelivered>();
      const auto person = fact.open<DeliveryPerson>(d.sealed, d.subject.value_or(SubjectId{})).value_or(DeliveryPerson{d.received_by, d.relation, d.remark});
      out.push_back({{at}, d.document, d.document ? row_of(*d.document).name : "办理结果", d.way, std::string(chinese_name(d.way)), plain(d.tracking_number), d.delivered_on,
                     d.signed_for, plain(person.received_by), plain(person.relation), plain(person.remark)});
      return true;
    });
  return out;
}

}  // namespace yi::casework
