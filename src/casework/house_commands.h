#pragma once
// Wishes about the rules of the house. Who may give them stands in data/roles.yaml.
#include "casework/house_events.h"

namespace yi::casework {

struct AskFirst {
  Channel channel = Channel::window;
  std::optional<WindowCode> window;
  std::optional<DepartmentCode> department;
  std::optional<MatterCode> matter;
  Text<500> question;
  std::optional<Visitor> visitor;          // none: they did not want to leave their name
};
BOOST_DESCRIBE_STRUCT(AskFirst, (), (channel, window, department, matter, question, visitor))
struct AnswerQuestion {
  QuestionId question_id;
  Text<1000> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerQuestion, (), (question_id, answer))
struct LeadQuestion {
  QuestionId question_id;
  Text<120> to;
};
BOOST_DESCRIBE_STRUCT(LeadQuestion, (), (question_id, to))
struct HandOverQuestion {
  QuestionId question_id;
  AccountText to;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(HandOverQuestion, (), (question_id, to, reason))
struct TakeOverQuestion {
  QuestionId question_id;
};
BOOST_DESCRIBE_STRUCT(TakeOverQuestion, (), (question_id))

struct SayNo {
  DepartmentCode department;
  std::optional<WindowCode> window;
  std::optional<MatterCode> matter;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(SayNo, (), (department, window, matter, reason))
struct AcknowledgeNo {
  NegativeId negative_id;
  std::optional<Text<500>> note;
};
BOOST_DESCRIBE_STRUCT(AcknowledgeNo, (), (negative_id, note))
struct CorrectNo {
  NegativeId negative_id;
  Text<500> measure;
};
BOOST_DESCRIBE_STRUCT(CorrectNo, (), (negative_id, measure))

// Entered by whoever opens the box of suggestions; a visit that has a number is rated by the visitor alone (hall.rate_visit).
struct EnterPaperEvaluation {
  WindowCode window;
  Text<40> paper;
  std::int32_t level = 1;
  std::optional<Text<500>> comment;
  std::optional<bool> reachable = {};  // 表上留有联系方式; the number itself stays on the sheet
};
BOOST_DESCRIBE_STRUCT(EnterPaperEvaluation, (), (window, paper, level, comment, reachable))

}  // namespace yi::casework
