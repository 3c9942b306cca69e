#include "casework/material_files.h"

#include "base/text.h"
#include "casework/rules_shared.h"

namespace yi::casework {
namespace {
using store::Type;
using store::Value;

// With the applicant goes the row: no column is declared personal, so that it is not only emptied. Filed again under another material, the same file has the newer one.
const store::View& material_view() {
  static const store::View v{"casework_material_file", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer}, {"case_id", Type::integer}, {"file", Type::text}, {"position", Type::integer},
                              {"material", Type::integer}, {"media_type", Type::text}, {"size", Type::integer}, {"filed_at", Type::integer},
                              {"actor", Type::text}, {"owner", Type::integer}, {"subject", Type::integer}, {"sealed", Type::text}},
                             {{"centre", "subject"}, {"centre", "file"}},
                             "subject"};
  return v;
}

std::string files_stream(CaseId id) { return "files:" + std::to_string(id.value); }

class MaterialFileReport : public engine::Report {
 public:
  const store::View& view() const override { return material_view(); }
  std::vector<std::string_view> listens_to() const override { return {MaterialFiled::kName, MaterialUnfiled::kName}; }
  void project(const engine::RecordedFact& f, store::RowBuffer& out) const override {
    if (f.record.name == MaterialUnfiled::kName) {
      const auto u = f.as<MaterialUnfiled>();
      return out.remove({f.centre.value, u.case_id.value, std::string_view(u.file)});
    }
    const auto m = f.as<MaterialFiled>();
    out.put({f.centre.value, m.case_id.value, std::string_view(m.file), f.seq, m.material, std::string_view(m.media_type), m.size, f.record.recorded_at.ms,
             f.record.actor, m.owner.value_or(SubjectId{}).value, m.subject.value_or(SubjectId{}).value, m.sealed ? Value(std::string_view(*m.sealed)) : Value()});
  }
};

Refusal ended(const CaseState& s) { return refusal(Refused::illegal_act, std::string(chinese_name(s.at.stage, s.permit())) + "，不再登记或撤下材料文件"); }

Checked file_it(engine::Turn& turn, const RecordMaterial& c, const Ground& ground, const CaseRegister& cases) {
  const auto* s = cases.find(c.case_id);
  if (!s) return refusal(Refused::unknown_case);
  if (is_end(s->at.stage)) return ended(*s);
  const auto* m = matter_of(*s, *ground.catalog);
  if (!m) return refusal(Refused::unknown_matter, s->matter.value);
  YI_TRY(const auto places, places_of({c.material}, *m));
  const auto owner = c.owner.value_or(SubjectId{});
  if (!may_own_files_of(*s, owner)) return refusal(Refused::file_of_other);
  for (const auto whose : {s->subject, owner})
    if (whose && turn.keys().erased(whose)) return refusal(Refused::person_erased);
  MaterialFiled f{c.case_id, s->number, s->department, places.front(), c.file, c.media_type, c.size, {}, {}, {}};
  if (s->subject) f.subject = s->subject;
  const auto stream = files_stream(c.case_id);
  if (!owner) {
    turn.fact(stream, f);
    return Done{};
  }
  f.owner = owner;
  turn.fact(stream, turn.now(), f, MaterialFileName{c.name}, owner);
  return Done{};
}

}  // namespace

bool may_own_files_of(const CaseState& s, SubjectId owner) { return owner == s.subject || (owner && owner == s.agent); }

void declare_material_files(engine::Registry& registry, const Ground& ground, const CaseRegister& cases) {
  registry.add_report<MaterialFileReport>();
  auto file = engine::command<RecordMaterial>(kRecordMaterial, "登记材料文件", refusal_codes(),
                                              [ground, cases](engine::Turn& turn, const RecordMaterial& c) { return file_it(turn, c, ground, cases); });
  file.has_door = false;
  registry.commands.push_back(std::move(file));
  auto unfile = engine::command<RecordUnfiled>(kRecordUnfiled, "撤下材料文件", refusal_codes(), [cases](engine::Turn& turn, const RecordUnfiled& c) -> Checked {
    const auto* s = cases.find(c.case_id);
    if (!s) return refusal(Refused::unknown_case);
    if (is_end(s->at.stage)) return ended(*s);
    if (blank(c.reason)) return refusal(Refused::reason_required);
    turn.fact(files_stream(c.case_id), MaterialUnfiled{c.case_id, s->department, c.file, c.reason});
    return Done{};
  });
  unfile.has_door = false;
  registry.commands.push_back(std::move(unfile));
}

std::vector<MaterialFile> files_of_case(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, CaseId id,
                                        const catalog::Matter* matter) {
  std::vector<MaterialFile> out;
  const auto stream = files_stream(id);
  auto c = reader.select("SELECT file, material, media_type, size, filed_at, actor, owner, sealed FROM casework_material_file "
                         "WHERE centre=$1 AND case_id=$2 ORDER BY position",
                         {centre.value, id.value});
  while (c->next()) {
    MaterialFile f;
    f.file = c->bytes(0);
    f.material = static_cast<std::int32_t>(c->integer(1));
    if (const auto at = static_cast<std::size_t>(f.material); matter && at < matter->materials.size()) f.material_name = matter->materials[at].name;
    f.media_type = c->bytes(2);
    f.size = c->integer(3);
    f.filed_at = Instant{c->integer(4)};
    if (viewer.is_staff()) f.by = c->bytes(5);
    if (!c->is_null(7))
      if (const auto told = keys.open<MaterialFileName>(c->bytes(7), SubjectId{c->integer(6)}, {centre, MaterialFiled::kName, stream})) f.name = std::string_view(told->name);
    out.push_back(std::move(f));
  }
  return out;
}

std::vector<CaseId> cases_naming(store::Reader& reader, CentreCode centre, const std::string& file) {
  std::vector<CaseId> out;
  auto c = reader.select("SELECT case_id FROM casework_material_file WHERE centre=$1 AND file=$2 ORDER BY case_id", {centre.value, file});
  while (c->next()) out.push_back({c->integer(0)});
  return out;
}

}  // namespace yi::casework
