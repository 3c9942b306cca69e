#pragma once
// Inside the room: a template as it was read, and the slots its words may use.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "casework/documents.h"

namespace yi::casework {

// Words with slots: "你（单位）于{received_on}提交的“{matter}”申请".
class Words {
 public:
  // Refusal "casework.bad_document_slot": a brace without its partner, an empty slot.
  static Result<Words> parse(std::string_view text);
  std::vector<std::string> slots() const;
  // Refusal "casework.document_fact_missing" for a slot without a value.
  Result<std::string> fill(const DocumentFacts& facts) const;
  // The words with every slot removed: what the centre wrote.
  std::string plain() const;
  bool empty() const { return pieces_.empty(); }

 private:
  struct Piece {
    bool slot = false;
    std::string text;
  };
  std::vector<Piece> pieces_;
};

struct SlotRow {
  const char* name;
  const char* chinese;  // for messages
  std::string (*value)(const DocumentFacts&);  // "" when not known
};
std::span<const SlotRow> document_slots();
const SlotRow* find_slot(std::string_view name);

enum class DocumentTable { materials, missing, defects };
BOOST_DESCRIBE_ENUM(DocumentTable, materials, missing, defects)

struct TemplateItem {
  enum class Kind { text, heading, line, facts, table };
  Kind kind = Kind::text;
  std::string when;  // a slot or a table: printed only where it has a value
  Words words;
  struct Fact {
    std::string name, when;
    Words value;
  };
  std::vector<Fact> facts;
  double row_mm = 0;
  DocumentTable table{};
};

struct DocumentTemplate {
  std::string title, article, seal, qr_caption;
  bool counted = false;  // the reckoning of its limits is appended
  Words organ, recipient, remedy, contact, signature;
  std::vector<TemplateItem> body, after;
};

struct DocumentTemplates::Impl {
  std::map<DocumentKind, DocumentTemplate> all;
};

// One file. Refusals as DocumentTemplates::load.
Result<DocumentTemplate> parse_document_template(const DocumentRow& row, std::string_view text, std::string file_name);

}  // namespace yi::casework
