#pragma once
#include <functional>
#include <vector>

#include "stage.h"

namespace yi::story {

struct Step {
  const char* pattern;
  void (*play)(Stage& stage, const std::vector<std::string>& gaps);
};

// The language. The first pattern that fits is taken.
const std::vector<Step>& steps();

}  // namespace yi::story
