#pragma once
// What may be asked of the bulletin desk.
#include "bulletin/distribution.h"
#include "bulletin/material.h"
#include "engine/registry.h"
#include "identity/viewer.h"
#include "publish/document.h"
#include "store/key_vault.h"

namespace yi::bulletin {

// The part under which the n-th piece of a sealed paper lies.
std::string sealed_part(std::size_t n);

void add_desk_reports(engine::Registry& registry);

struct DeskReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  const DepartmentCode& own;  // the centre's own department
  // Of the centre: sees every department's items. Others see their own department's.
  bool editor() const { return viewer.department.empty() || viewer.department == own; }
};

struct IssueEntry {
  CivilDay week;
  IssueState state;
};
std::optional<IssueState> find_issue(store::Reader& reader, CentreCode centre, CivilDay week);
std::vector<IssueEntry> desk_issues(const DeskReader& h, int limit);     // newest first
std::vector<IssueEntry> issued_issues(store::Reader& reader, CentreCode centre, int limit);  // public; newest first

struct ItemEntry {
  ItemId item;
  ItemState state;
};
// Those that are taken first, in the order of the paper; then by number. Withdrawn and merged ones too.
std::vector<ItemEntry> items_of(const DeskReader& h, CivilDay week);
std::optional<ItemState> find_item(const DeskReader& h, ItemId item);

// What was done with an item (oldest first), or with an issue (newest first), and by whom.
struct ActEntry {
  std::int64_t position = 0;
  std::string act;                  // "submitted", "revised", … : the fact's name without room and version
  std::string by;
  Instant at;
  std::optional<std::int32_t> version;
  std::optional<std::string> words; // the text that it made
  std::optional<std::string> note;
};
std::vector<ActEntry> item_acts(const DeskReader& h, ItemId item);
std::vector<ActEntry> issue_acts(const DeskReader& h, CivilDay week);
// Who presented the text that stands or was issued (the fact at `presented`), and who passed which step; oldest first. The first line of
// a step's note is the step.
std::vector<ActEntry> sign_offs(const DeskReader& h, CivilDay week, std::int64_t presented);

std::vector<IssueWord> words_of_issue(store::Reader& reader, CentreCode centre, CivilDay week);

// The text that was presented at a ledger position, in one edition; nothing where it was erased. Refusal "bulletin.internal_edition" (403).
Result<std::optional<publish::Document>> presented_paper(const DeskReader& h, const store::KeyVault& keys, std::int64_t position, Edition edition);
// The issued bulletin of a week, with its number; nothing where it is not issued.
struct IssuedPaper {
  IssueState issue;
  publish::Document document;
};
Result<std::optional<IssuedPaper>> issued_paper(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const store::KeyVault& keys, CivilDay week, Edition edition);

struct CorrectionEntryOf {
  std::int32_t correction = 0;
  CorrectionState state;
};
std::vector<CorrectionEntryOf> corrections_of(store::Reader& reader, CentreCode centre, CivilDay week, std::int32_t count);
// Its paper; nothing where there is none for this viewer: a draft, or one of the internal edition.
std::optional<publish::Document> paper_of_correction(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const store::KeyVault& keys, CivilDay week, std::int32_t correction);

std::vector<ReceiverState> receivers_of(const DeskReader& h, CivilDay week);
// What came to an account; newest first.
std::vector<ReceiverState> received_by(const DeskReader& h, const std::string& account, int limit);
// Mails that wait, oldest week first; for the program itself.
std::vector<ReceiverState> mails_waiting(store::Reader& reader, CentreCode centre, int limit);
// The address of a mail; nothing where it was erased.
std::optional<std::string> address_of(store::Reader& reader, CentreCode centre, const store::KeyVault& keys, const ReceiverState& r);

}  // namespace yi::bulletin
