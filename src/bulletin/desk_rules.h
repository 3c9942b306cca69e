#pragma once
// What a centre has agreed on for its bulletin desk (docs/decisions/0038, 0039): data/<province>/bulletin_desk.yaml and
// bulletin_words.yaml. Loaded once, immutable, shared by threads.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "bulletin/phrase.h"

namespace yi::bulletin {

// 审核, 会签, 签发: in this order, the last is always issue.
enum class SignOffStep { review, countersign, issue };
BOOST_DESCRIBE_ENUM(SignOffStep, review, countersign, issue)
std::string_view chinese_name(SignOffStep s);

// What becomes of a department's item that comes after the deadline.
enum class Late { refuse, mark };
BOOST_DESCRIBE_ENUM(Late, refuse, mark)

// How an issue reaches somebody: read and receipted in the system, by e-mail, on paper.
enum class Way { account, mail, print };
BOOST_DESCRIBE_ENUM(Way, account, mail, print)

struct Receiver {
  Text<60> name;
  Way way = Way::print;
  std::optional<Text<64>> account;  // of Way::account
  std::optional<Text<254>> mail;    // of Way::mail
  std::int32_t copies = 0;          // of Way::print
  bool internal = false;            // the internal edition; never by mail
};
BOOST_DESCRIBE_STRUCT(Receiver, (), (name, way, account, mail, copies, internal))

struct DeskRules {
  int deadline_days_after = 0;  // of the period's last day
  int deadline_minute = 0;      // of the day
  Late late = Late::mark;
  std::vector<SignOffStep> steps;
  bool distinct = true;         // each step by another person than those before
  // The first issue of `numbering_year`; every other year begins at 1, and the total goes on.
  int numbering_year = 0, first_number = 1, first_total = 1;
  std::int32_t copies = 0;
  std::vector<std::string> report_to, send_to;
  std::vector<std::vector<std::string>> distribute_to;
  std::vector<Receiver> receivers;
  Phrase mail_subject, mail_text;
  std::string correction_title;
  Phrase correction_lead, correction_line, correction_reason;

  // Refusals of base/yaml.h, "bulletin.bad_slot", "bulletin.bad_desk_rules".
  static Result<DeskRules> load(const std::filesystem::path& file);
  Instant deadline_of(CivilDay last_day) const;
};

struct WordLists {
  struct Sensitive {
    std::string word, advice;
  };
  std::vector<Sensitive> sensitive;
  std::vector<std::string> health, health_exempt, before_name, after_name, compound_surnames;
  std::u32string surnames;
  static Result<WordLists> load(const std::filesystem::path& file);
};

}  // namespace yi::bulletin
