#include "glossary.h"

#include <gtest/gtest.h>

namespace yi::arch {
namespace {

constexpr const char* kTable =
    "# Glossary\n\n| 中文 | identifier | status | meaning, source | not |\n|---|---|---|---|---|\n"
    "| 办件 | `Case` | used | a matter in hand | Application, Ticket, open_ticket |\n"
    "| 一件事 | `OneThing` | used | a bundle | |\n"
    "| 销假 | `return_from_leave` | planned | back at work | |\n";

std::vector<Source> one(std::string path, std::string text) { return {scan(std::move(path), std::move(text))}; }

TEST(Glossary, RowsAreRead) {
  const auto t = read_glossary(kTable);
  ASSERT_EQ(t.size(), 3u);
  EXPECT_EQ(t[0].chinese, "办件");
  EXPECT_EQ(t[0].identifier, "Case");
  EXPECT_EQ(t[0].status, "used");
  EXPECT_EQ(t[0].line, 5);
  EXPECT_EQ(t[0].instead, (std::vector<std::string>{"Application", "Ticket", "open_ticket"}));
  EXPECT_TRUE(t[1].instead.empty());
  EXPECT_EQ(to_text(check_glossary(t)), "");
}

TEST(Glossary, TermsStandOnceAndContradictNobody) {
  EXPECT_EQ(check_glossary({{1, "办件", "Case", "used", {}}, {2, "办件", "Matter", "used", {}}}).size(), 1u);
  EXPECT_EQ(check_glossary({{1, "办件", "Case", "used", {}}, {2, "案件", "case", "used", {}}}).size(), 1u);
  EXPECT_EQ(check_glossary({{1, "办件", "Case", "used", {"Matter"}}, {2, "事项", "Matter", "used", {}}}).size(), 1u);
  EXPECT_EQ(check_glossary({{1, "办件", "Case", "soon", {}}}).size(), 1u);
}

TEST(Glossary, UsedTermsOccurAsWordsOfIdentifiers) {
  const auto t = read_glossary(kTable);
  EXPECT_EQ(to_text(check_terms(t, one("src/onething/a.cpp", "struct CaseId { int x; };"))), "");
  EXPECT_EQ(to_text(check_terms(t, one("src/casework/a.h", "int open_cases(); struct OneThingPlan;"))), "");
  // Inside another word, in a comment or in a literal it does not count.
  EXPECT_EQ(check_terms(t, one("src/onething/a.cpp", "int encased; // Case\nauto s = \"Case\"; int upper_cased;")).size(), 1u);
}

TEST(Glossary, SynonymsAreKeptOutOfHeaders) {
  const auto t = read_glossary(kTable);
  const std::string rest = "struct Case; struct OneThing;";
  EXPECT_EQ(check_terms(t, one("src/hall/a.h", rest + "struct ApplicationForm;")).size(), 1u);
  EXPECT_EQ(check_terms(t, one("src/hall/a.h", rest + "int open_tickets();")).size(), 1u);
  EXPECT_EQ(check_terms(t, one("src/hall/a.h", rest + "class TicketList;")).size(), 1u);
  EXPECT_EQ(to_text(check_terms(t, one("src/hall/a.h", rest + "enum class Use { application };"))), "");
  EXPECT_EQ(to_text(check_terms(t, one("src/hall/a.h", rest + "struct Applicant; // a ticket\n"))), "");
  EXPECT_EQ(to_text(check_terms(t, one("src/hall/a.cpp", rest + "int ticket;"))), "");
}

}  // namespace
}  // namespace yi::arch
