#pragma once
// Files that stand for materials of a case, as facts (docs/decisions/0016). No act of the case: the facts have a stream of
// their own, and a scan moves no stage, clock or version.
#include <string>
#include <vector>

#include "casework/declare.h"
#include "identity/viewer.h"
#include "store/key_vault.h"

namespace yi::casework {

// What is personal in a file's fact: "张三身份证.pdf".
struct MaterialFileName {
  Text<500> name;
};
BOOST_DESCRIBE_STRUCT(MaterialFileName, (), (name))

// 登记材料文件, in the stream "files:20240617000001". The file is durable, whole and of the case before this is recorded.
struct MaterialFiled {
  static constexpr std::string_view kName = "casework.material_filed/1";
  CaseId case_id;
  Text<24> number;                   // of the case
  DepartmentCode department;
  std::int32_t material = 0;         // place in the list of the case's version of the matter
  Text<64> file;                     // its name in files/
  Text<100> media_type;
  std::int64_t size = 0;             // bytes of its content
  std::optional<SubjectId> subject;  // the applicant
  std::optional<SubjectId> owner;    // under whose key the file and its name lie: the applicant's, or the agent's who uploaded it
  std::optional<store::SealedText> sealed;  // MaterialFileName; none in a case without people
};
BOOST_DESCRIBE_STRUCT(MaterialFiled, (), (case_id, number, department, material, file, media_type, size, subject, owner, sealed))

// 撤下材料文件, filed by mistake: on the same day.
struct MaterialUnfiled {
  static constexpr std::string_view kName = "casework.material_unfiled/1";
  CaseId case_id;
  DepartmentCode department;
  Text<64> file;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(MaterialUnfiled, (), (case_id, department, file, reason))

// Given by the doors that have looked at the file, and by nobody else: they have no door.
struct RecordMaterial {
  CaseId case_id;
  Text<120> material;                // as in the receiving list
  Text<64> file;
  Text<100> media_type;
  std::int64_t size = 0;
  Text<500> name;
  std::optional<SubjectId> owner;
};
BOOST_DESCRIBE_STRUCT(RecordMaterial, (), (case_id, material, file, media_type, size, name, owner))
struct RecordUnfiled {
  CaseId case_id;
  Text<64> file;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(RecordUnfiled, (), (case_id, file, reason))
inline constexpr const char* kRecordMaterial = "casework.record_material";
inline constexpr const char* kRecordUnfiled = "casework.record_unfiled";

// Commands and report; `cases` of the same registry.
void declare_material_files(engine::Registry& registry, const Ground& ground, const CaseRegister& cases);

// Whose files may stand in the case: the applicant's, or those that its agent uploaded. Nobody's, in a case without people.
bool may_own_files_of(const CaseState& s, SubjectId owner);

// A file of a case as its full view lists it.
struct MaterialFile {
  std::string file;                  // read it at /api/files/{file}
  std::int32_t material = 0;
  std::string material_name;
  std::optional<std::string> name;   // none: never told, or its owner was erased
  std::string media_type;
  std::int64_t size = 0;
  Instant filed_at;
  std::string by;                    // the account; empty for an applicant who asks
};
BOOST_DESCRIBE_STRUCT(MaterialFile, (), (file, material, material_name, name, media_type, size, filed_at, by))

// In the order in which they were filed. Who may see the case's people is judged before (may_hold_papers).
std::vector<MaterialFile> files_of_case(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, CaseId id,
                                        const catalog::Matter* matter);
// The cases that name the file.
std::vector<CaseId> cases_naming(store::Reader& reader, CentreCode centre, const std::string& file);

}  // namespace yi::casework
