#pragma once
// The fixed words of every week: data/<province>/templates/bulletin.yaml. Loaded once, immutable, shared by threads.
#include <filesystem>
#include <string>
#include <vector>

#include "bulletin/phrase.h"
#include "staff/events.h"

namespace yi::bulletin {

enum class PartKind { news, duty, one_thing, value_added, windows, leave };
BOOST_DESCRIBE_ENUM(PartKind, news, duty, one_thing, value_added, windows, leave)

struct Templates {
  struct Part {
    PartKind part{};
    std::string title;
  };
  struct LeaveLine {
    staff::LeaveKind kind{};
    std::string label;
  };
  Phrase number, number_alone, period, date;
  std::vector<Part> parts;  // each kind once
  Phrase news_own, digest_item;
  std::string digest_lead;
  Phrase duty_sentence, duty_person;
  std::string duty_separator;
  Phrase windows_sentence;
  int min_days = 3;
  Phrase leave_lead;
  std::vector<LeaveLine> leave_lines;  // each kind once
  std::string name_separator, category_separator, group_separator;
  Phrase category, report, send, distribute, copies;

  // Every phrase has exactly its placeholders; {hall} of the duty sentence may be left out. Refusals name file and line: base.yaml_*, base.bad_yaml,
  // "bulletin.bad_slot", "bulletin.unknown_slot", "bulletin.missing_slot", "bulletin.bad_template".
  static Result<Templates> load(const std::filesystem::path& path, std::string file_name);
  static Result<Templates> parse(std::string_view text, std::string file_name);
};

}  // namespace yi::bulletin
