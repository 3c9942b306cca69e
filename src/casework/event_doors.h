#pragma once
// The stream of what moves in the room: cases and first-asked questions, each reader their part (docs/decisions/0015).
#include "casework/house_events.h"
#include "engine/feed.h"
#include "http/router.h"
#include "identity/gatekeeper.h"

namespace yi::casework {

// A case has moved: where it stands now. Nothing of a person; who wants more asks for the case.
struct CaseMoved {
  CaseId case_id;
  std::string number;
  std::int64_t version = 0;
  MatterCode matter;
  DepartmentCode department;
  Stage stage = Stage::none;
  std::string stage_name;
  Holder holder = Holder::reception_window;
  std::optional<CivilDay> due;       // of the nearest running limit
  std::vector<std::string> acts;     // what happened since the last event, in order: "accepted", "card_given"
};
BOOST_DESCRIBE_STRUCT(CaseMoved, (), (case_id, number, version, matter, department, stage, stage_name, holder, due, acts))

struct QuestionMoved {
  QuestionId question_id;
  std::vector<std::string> acts;     // "asked_first", "question_handed_over"
};
BOOST_DESCRIBE_STRUCT(QuestionMoved, (), (question_id, acts))

// What facts of the room say to open pages: one event a case or question, at the position of its last fact.
std::vector<engine::Told> compose_events(const std::vector<engine::RecordedFact>& facts, store::Reader& reader);
// Whether an event goes to this viewer. `all_questions`: they may list everybody's.
bool concerns(const engine::Told& told, const identity::Viewer& viewer, bool all_questions);

// GET /api/casework/events. `feed` composes by compose_events; all of them outlive the door.
void add_event_door(http::Router& router, engine::Feed& feed, const identity::Gatekeeper& gatekeeper);

}  // namespace yi::casework
