#pragma once
// The template's words that one issue may say otherwise. What figures and names a sentence prints stays the template's.
#include "bulletin/issue.h"
#include "bulletin/templates.h"

namespace yi::bulletin {

// "title.<part>", "duty", "windows", "digest.lead", "leave.lead", "leave.<kind>".
bool is_issue_word(std::string_view key);
// The words as the template has them, each with its key, in the order of the paper: what an editor starts from.
std::vector<IssueWord> words_of(const Templates& t);
// The template with an issue's own words. Refusals "bulletin.unknown_word", "bulletin.word_slots", "bulletin.bad_slot".
Result<Templates> with_words(const Templates& t, const std::vector<IssueWord>& words);

}  // namespace yi::bulletin
