#pragma once
// Brings the rules of the house to the engine, and their reading doors to the router.
#include <memory>

#include "casework/house_views.h"
#include "engine/engine.h"
#include "http/router.h"
#include "identity/subjects.h"

namespace yi::casework {

struct HouseGround {
  std::shared_ptr<const catalog::Catalog> catalog;
  identity::Subjects subjects;
  KnownStaff known_staff;
};
// Commands casework.ask_first, answer_question, lead_question, hand_over_question, take_over_question, say_no,
// acknowledge_no, correct_no, enter_paper_evaluation. After casework's own guards and after identity::declare_subjects.
void declare_house(engine::Registry& registry, const HouseGround& ground);

// GET /api/casework/questions, /api/casework/questions/mine, /api/casework/negatives, /api/public/overdue.
// All references outlive the router.
void add_house_doors(http::Router& router, engine::Engine& engine, const catalog::Catalog& catalog, const calendar::Calendar& calendar);

}  // namespace yi::casework
