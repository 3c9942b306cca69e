#pragma once
#include "bulletin/declare.h"
#include "bulletin/issue_rules.h"
#include "identity/subjects.h"

namespace yi::bulletin {

inline constexpr const char* kRecordPresentation = "bulletin.record_presentation";
inline constexpr const char* kRecordCorrection = "bulletin.record_correction";
inline constexpr const char* kRecordMail = "bulletin.record_mail";

// Commands bulletin.open_issue … bulletin.hand_copies, and three that doors and the mail runner give; views bulletin_number,
// bulletin_correction, bulletin_receiver (guards), bulletin_item_act, bulletin_issue_act, bulletin_issue_words, bulletin_paper,
// bulletin_correction_paper, bulletin_mail_list.
void declare_desk(engine::Registry& registry, const Declared& room, const DeskGround& ground, const identity::Subjects& subjects);

}  // namespace yi::bulletin
