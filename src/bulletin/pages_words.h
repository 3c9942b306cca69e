#pragma once
// The words of the pages' frame in the two languages they speak. A bulletin's own text is a document and stays Chinese.
#include <string>
#include <string_view>

#include "base/result.h"
#include "bulletin/figure_table.h"

namespace yi::bulletin {

enum class Word {
  brand,
  skip,
  navigation,
  elder_on,
  elder_off,
  other_language,
  signed_in,
  leave,
  visitor,
  demonstration,
  demonstration_note,
  ledger_position,
  ledger_head,
  footer_note,
  this_week,
  year_to_date,
  figures_note,
  the_bulletin,
  read,
  as_text,
  as_pdf,
  as_pdf_word,
  as_docx,
  as_ofd,
  as_xlsx,
  other_periods,
  report_figures,
  report_period_before,
  report_year_before,
  report_now,
  report_filter,
  report_departments,
  report_records,
  public_edition,
  internal_edition,
  internal_note,
  by_department,
  by_department_order,
  department,
  window,
  count,
  total,
  earlier_weeks,
  earlier_weeks_of,
  no_earlier,
  empty_title,
  empty_text,
  empty_next,
  print_hint,
  sick_leave_note,
  warnings,
  warnings_none,
  warnings_note,
  back_home,
  all_figures,
  the_bulletin_of_week,
  definition,
  scope,
  period_counted,
  from_zero_to_24,
  year_from_balance,
  opening_balance,
  opening_none,
  opening_source,
  counted_in_ledger,
  counted_gross,
  counted_reversed,
  reverses,
  by_window,
  evidence_list,
  evidence_private,
  evidence_rows,
  next_page,
  first_page,
  ledger_row,
  recorded_at,
  record,
  facts_list,
  fact_date,
  fact_name,
  fact_source,
  unverified,
  no_facts,
  nothing_counted,
  verification,
  shown_of,
  next_step,
  error_code,
  other_reach,
  issued_list,
  issued_none,
  issued_as,
  issued_text_hash,
  corrections,
  correction_of,
  since_issued,
  since_note,
  since_parts,
  printed,
  counted_now,
  draft_note,
  back_issue,
  last_  // how many there are; not a word
};

const char* say(Word word, bool english);

// A figure in English; the Chinese stands in figure_table.h.
struct FigureInEnglish {
  const char* id;
  const char* name;
  const char* unit;
  const char* definition;
  const char* scope;
};
const FigureInEnglish* find_english(std::string_view figure_id);  // nullptr when there is none

// Name, unit, definition and scope in the reader's language.
struct FigureWords {
  std::string name, unit, definition, scope;
};
FigureWords words_of(const FigureInfo& info, bool english);

// What a refusal says to an English reader; a code without words of its own gets a general sentence.
struct RefusalWords {
  std::string title, sentence, next_step;
};
RefusalWords words_of(const Refusal& refusal, bool english);

std::string day_words(CivilDay day, bool english, bool with_weekday = false);  // "2024年6月17日" | "17 June 2024"
std::string span_words(CivilDay from, CivilDay to, bool english);              // "2024年6月17日—6月21日"
std::string grouped(std::int64_t n);                                           // "3,949"

}  // namespace yi::bulletin
