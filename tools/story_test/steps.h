#pragma once
#include <functional>
#include <string>
#include <vector>

#include "stage.h"

namespace yi::story {

using Gaps = std::vector<std::string>;
using Pairs = std::vector<std::pair<const char*, std::string>>;
// A JSON object whose values are all texts.
std::string object(const Pairs& pairs);

struct Step {
  const char* pattern;
  std::function<void(Stage& stage, const std::vector<std::string>& gaps)> play;
};

// The language. The first pattern that fits is taken.
const std::vector<Step>& steps();
std::vector<Step> house_steps();  // of steps(): the staff as themselves, the rules of the house
std::vector<Step> hall_steps();   // of steps(): numbers, appointments, ratings of visits, follow-ups, duty
std::vector<Step> people_steps(); // of steps(): leave, attendance, conduct, reform tasks, rules
std::vector<Step> file_steps();   // of steps(): files of cases
std::vector<Step> bulletin_steps();  // of steps(): the bulletin desk
std::vector<Step> case_steps();   // of steps(): the life of a case beyond the daily acts
std::vector<Step> row_steps();    // of steps(): those of the hall, its people and the bulletin desk that are rows of a table

}  // namespace yi::story
