#pragma once
// Printed papers as facts: who printed which paper of a case, when, and which bytes it was (docs/decisions/0013).
#include <vector>

#include "casework/document_kind.h"
#include "casework/declare.h"
#include "casework/views.h"

namespace yi::casework {

enum class PaperFormat { pdf, docx };
BOOST_DESCRIBE_ENUM(PaperFormat, pdf, docx)

// In a stream of its own, "papers:20240617000001": a print is no act of the case and never stands in the way of 冲正.
struct PaperPrinted {
  static constexpr std::string_view kName = "casework.paper_printed/1";
  CaseId case_id;
  Text<24> number;                     // of the case
  DepartmentCode department;
  DocumentKind document{};
  PaperFormat format{};
  std::int64_t of = 0;                 // ledger position of the fact that the paper tells
  Text<64> digest;                     // SM3 of the paper's bytes, hex
  std::int64_t size = 0;               // bytes
  Text<64> file;                       // its name in files/
  std::optional<SubjectId> subject;    // the applicant, under whose key the file lies
  std::optional<WindowCode> window;
  std::optional<DocumentKind> serves;  // of a proof of delivery: the paper it is for
};
BOOST_DESCRIBE_STRUCT(PaperPrinted, (), (case_id, number, department, document, format, of, digest, size, file, subject, window, serves))

// Given by the door that made the paper, and by nobody else: it has no door.
struct RecordPaper {
  CaseId case_id;
  DocumentKind document{};
  PaperFormat format{};
  std::int64_t of = 0;
  Text<64> digest;
  std::int64_t size = 0;
  Text<64> file;
  std::optional<WindowCode> window;
  std::optional<DocumentKind> serves;
};
BOOST_DESCRIBE_STRUCT(RecordPaper, (), (case_id, document, format, of, digest, size, file, window, serves))
inline constexpr const char* kRecordPaper = "casework.record_paper";

// The command and the report; `cases` of the same registry.
void declare_papers(engine::Registry& registry, const CaseRegister& cases);

struct PaperView {
  Id<struct PositionTag> position;     // of the print in the ledger; the paper's address
  DocumentKind document{};
  std::string name;                    // 受理通知书
  PaperFormat format{};
  Id<struct PositionTag> of;
  std::string digest;                  // SM3, hex
  std::int64_t size = 0;
  std::string file;
  Instant printed_at;
  std::string by;                      // the account; empty for an applicant who asks
};
BOOST_DESCRIBE_STRUCT(PaperView, (), (position, document, name, format, of, digest, size, file, printed_at, by))

// What was printed of a case, the oldest first; for an applicant what is addressed to applicants. Refusals of read_case.
Result<std::vector<PaperView>> list_papers(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id);
// Whether a printed paper is this file of files/.
bool paper_names(store::Reader& reader, CentreCode centre, const std::string& file);
// One of them, to be read. Further refusals: casework.no_such_paper (404), that of may_hold_papers.
Result<PaperView> find_paper(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, std::int64_t position);

}  // namespace yi::casework
