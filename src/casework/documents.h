#pragma once
// The papers of a case (文书): which there are, the words a centre has chosen for each (templates), and one pure function
// that fills them. No clock, no database: the caller gives every fact, masked where the reader may not see it.
// docs/documents.md lists the papers and explains how their words are changed.
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "calendar/clock.h"
#include "casework/document_kind.h"
#include "publish/notice.h"

namespace yi::casework {

struct DocumentMaterial {
  std::string name;      // 企业登记（备案）申请书
  std::string form;      // 原件, 复印件, 电子; empty: nobody counted it
  int copies = 1;        // 0: nobody counted it
  std::string note{};    // how it came: 窗口提交, 邮寄
  std::optional<CivilDay> by{};  // 容缺: the last day on which it may come
};
struct DocumentDefect {
  std::string material;  // which material
  std::string wrong;     // what is wrong or missing
  std::string right;     // what is right: how to mend it
};
// A limit that the paper tells, with its reckoning. `answer` is that of calendar::due with Explain::yes.
struct DocumentDue {
  std::string name;  // 法定办结期限
  calendar::DueQuestion question;
  calendar::DueAnswer answer;
};

// Everything a paper may say. An empty text and an absent day are "not known"; a template whose words need it refuses.
struct DocumentFacts {
  std::string document_number{};  // 文号: 川市监许受〔2024〕12号; shown before the case number
  std::string case_number{}, matter{}, department{}, centre{}, window{};
  std::string applicant{}, agent{};
  std::string contact_person{}, contact_phone{}, contact_address{}, complaint_phone{}, supervision_phone{};
  std::string officer{}, approver{}, receiver{};
  std::optional<CivilDay> date{};  // of the paper
  std::optional<CivilDay> applied_on{};                     // the application itself, however often papers came after it
  std::optional<CivilDay> received_on{}, accepted_on{}, decided_on{}, closed_on{};
  std::optional<CivilDay> correct_by{};                     // the applicant's last day to supply what is missing
  std::optional<CivilDay> statutory_due{}, promised_due{}, delivery_due{};
  std::optional<CivilDay> pause_from{}, pause_to{};         // special procedure: from, expected end
  std::optional<CivilDay> answer_by{}, inspected_on{};
  bool permit = true;                                       // 行政许可; the Permit Law binds no other kind
  bool deemed_accepted = false;                             // 行政许可法 §32(1)(4): nobody answered within five days
  bool not_competent = false, no_permit_needed = false;     // why an application is not accepted: §32(1)(2), §32(1)(1); neither: by legal_basis
  bool correction_pauses = false;                           // the clock stands still while the applicant corrects, by pause_basis
  bool may_apply_again = true;                              // not after a false statement (行政许可法 §78)
  bool at_window = true;                                    // the act was done at a window, not online
  bool undecided = true;                                    // no decision was made, and the case has not ended without one
  bool preliminary = false;                                 // 行政许可法 §§35, 43: this authority reviews first, a higher one decides
  bool truthful = true;                                     // of a commitment that was checked
  std::vector<DocumentMaterial> materials{}, missing{};     // handed in; still to come (容缺)
  std::vector<DocumentDefect> defects{};
  std::string reason{}, legal_basis{};
  std::string standard{};                                   // the technical standard of a refusal after an inspection (行政许可法 §55(3))
  std::string pause_basis{};
  std::string committed{};                                  // names of the proofs that a commitment replaces
  std::string own_remedy{};                                 // the matter's own remedies against the ruling, where its law sets others
  std::string competent_authority{};                        // whom to turn to instead
  std::string review_body{}, court{};                       // 复议机关 and 有管辖权的人民法院, as the centre names them
  std::string result{}, result_number{};                    // 营业执照; its number
  std::string procedure{}, duration{};                      // 专家评审; "15 个工作日"
  std::string extended_by{};                                // "10 个工作日"
  std::string delivered_document{}, delivered_number{}, delivery_way{}, delivery_place{};
  std::optional<CivilDay> delivered_on{};                   // signed for, left, announced; empty: still to be signed
  std::string delivery_remark{};                            // refusal and witnesses, where it was announced
  std::string checked{};                                    // how a supervision order ended
  std::string authority{}, inspectors{}, foreign_number{};  // 转往机关; who inspected; the department's own number
  std::string from_holder{}, to_holder{};                   // of a transfer
  std::string question{}, answer{}, channel{}, rule_number{}, inspection_place{};
  std::string overdue_limit{};                              // of an explanation: which limit was passed, and its day
  std::string recipient{};                                  // whom a hearing or a third party's notice is for
  std::string step{}, amount{}, reversed_act{};             // 环节; "人民币 120 元"; 受理（2024年9月9日 10:12）
  std::vector<DocumentDue> dues{};
  std::string qr_text{};                                    // empty: no code is printed
};

// What the program holds a template to, whatever the words.
struct DocumentRow {
  DocumentKind kind;
  const char* number;   // "04"; "" when the source gives none
  const char* name;     // 受理通知书
  const char* file;     // beneath the folder of templates
  const char* when;     // at which act, for docs
  const char* article;  // one that the template's own `article` must contain; "" for papers inside the house
  bool refuses;         // the remedy must stand on it
  bool to_applicant;    // the contact must stand on it
  bool permits_only;    // refused for a matter of another kind
  const char* required; // slots and tables that the words may not drop, set apart by blanks
};
std::span<const DocumentRow> document_rows();
const DocumentRow& row_of(DocumentKind kind);

// The words of every paper: data/<province>/templates/documents/. Loaded once, immutable, shared by threads.
class DocumentTemplates {
 public:
  // Refusals name file and line: base.yaml_*, base.bad_yaml, "casework.bad_document_slot" (braces, unknown or missing
  // slot), "casework.bad_document_template" (article, remedy, contact or kind is not what the paper needs),
  // "casework.document_file_unknown" (a file that is no paper's).
  static Result<DocumentTemplates> load(const std::filesystem::path& directory);

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit DocumentTemplates(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// One paper. Refusals: "casework.document_fact_missing" (names the fact that the words need), "casework.document_no_date",
// "casework.document_permits_only" (the paper is one of the Permit Law and the matter is of another kind).
Result<publish::Notice> make_document(DocumentKind kind, const DocumentFacts& facts, const DocumentTemplates& templates);

}  // namespace yi::casework
