#pragma once
// What an editor must look at before words go out: sensitive words, numbers of persons, names of citizens, health. Warnings, never
// refusals; each is acknowledged by its key by whoever goes on all the same.
#include <string>
#include <string_view>
#include <vector>

#include "bulletin/desk_rules.h"
#include "bulletin/lints.h"

namespace yi::bulletin {

// What a warning is acknowledged by: its code and twelve hex digits of the SM3 of its sentence. Another text, another key.
std::string key_of(const Warning& w);

// "bulletin.check.id_number", ".phone", ".bank_card", ".sensitive", ".health", ".citizen". Pure. Numbers are masked in the sentence, which
// itself goes to pages and logs.
std::vector<Warning> check_words(std::string_view text, std::string_view where, const WordLists& lists);

// Those whose key is not among `acknowledged`.
std::vector<Warning> not_acknowledged(const std::vector<Warning>& warnings, const std::vector<Text<80>>& acknowledged);
// "bulletin.not_acknowledged" (409), naming the first.
Refusal unacknowledged(const std::vector<Warning>& open);

}  // namespace yi::bulletin
