#include "casework/papers.h"

#include "casework/documents.h"
#include "casework/rules.h"

namespace yi::casework {
namespace {
using store::Type;
using store::ViewKind;

// With the subject's key goes the paper, and with it its row: that it was printed stays in the ledger.
const store::View& paper_view() {
  static const store::View v{"casework_paper", 2, ViewKind::report, 3,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"position", Type::integer}, {"document", Type::integer},
                              {"format", Type::integer}, {"fact", Type::integer}, {"digest", Type::text}, {"size", Type::integer}, {"file", Type::text},
                              {"printed_at", Type::integer}, {"actor", Type::text}, {"subject", Type::integer}},
                             {{"centre", "subject"}, {"centre", "file"}},
                             "subject"};
  return v;
}

class PaperReport : public engine::Report {
 public:
  const store::View& view() const override { return paper_view(); }
  std::vector<std::string_view> listens_to() const override { return {PaperPrinted::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    const auto p = f.as<PaperPrinted>();
    out.put({f.centre.value, p.case_id.value, f.seq, static_cast<int>(p.document), static_cast<int>(p.format), p.of, std::string_view(p.digest), p.size,
             std::string_view(p.file), f.record.recorded_at.ms, f.record.actor, p.subject.value_or(SubjectId{}).value});
  }
};

}  // namespace

void declare_papers(engine::Registry& registry, const CaseRegister& cases) {
  registry.add_report<PaperReport>();
  auto spec = engine::command<RecordPaper>(kRecordPaper, "登记打印的文书", {"casework.unknown_case", "casework.person_erased"}, [cases](engine::Turn& turn, const RecordPaper& c) -> Checked {
    const auto* s = cases.find(c.case_id);
    if (!s) return refusal(Refused::unknown_case);
    if (s->subject && turn.keys().erased(s->subject)) return refusal(Refused::person_erased);  // while the paper was made
    PaperPrinted f{c.case_id, s->number, s->department, c.document, c.format, c.of, c.digest, c.size, c.file, {}, c.window, c.serves};
    if (s->subject) f.subject = s->subject;
    turn.fact("papers:" + std::to_string(c.case_id.value), f);
    return Done{};
  });
  spec.has_door = false;
  registry.commands.push_back(std::move(spec));
}

bool paper_names(store::Reader& reader, CentreCode centre, const std::string& file) {
  return reader.select("SELECT position FROM casework_paper WHERE centre=$1 AND file=$2 LIMIT 1", {centre.value, file})->next();
}

Result<std::vector<PaperView>> list_papers(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id) {
  YI_CHECK(read_case(reader, viewer, centre, id));
  std::vector<PaperView> out;
  auto c = reader.select("SELECT position, document, format, fact, digest, size, file, printed_at, actor FROM casework_paper "
                         "WHERE centre=$1 AND case_id=$2 ORDER BY position",
                         {centre.value, id.value});
  while (c->next()) {
    const auto kind = static_cast<DocumentKind>(c->integer(1));
    const auto& row = row_of(kind);
    if (!viewer.is_staff() && !row.to_applicant) continue;
    PaperView p{{c->integer(0)}, kind, row.name, static_cast<PaperFormat>(c->integer(2)), {c->integer(3)}, std::string(c->bytes(4)), c->integer(5),
                std::string(c->bytes(6)), Instant{c->integer(7)}, viewer.is_staff() ? std::string(c->bytes(8)) : std::string()};
    out.push_back(std::move(p));
  }
  return out;
}

Result<PaperView> find_paper(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, std::int64_t position) {
  YI_TRY(const auto s, read_case(reader, viewer, centre, id));
  YI_CHECK(may_hold_papers(viewer, s));
  YI_TRY(auto all, list_papers(reader, viewer, centre, id));
  for (auto& p : all)
    if (p.position.value == position) return std::move(p);
  return Refusal{"casework.no_such_paper", "这个办件没有这份文书，或者它已随个人信息一起删除。", "请在办件的文书列表里选择。", 404, "paper"};
}

}  // namespace yi::casework
