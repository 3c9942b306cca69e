#include "bulletin/issue_words.h"

#include <algorithm>

#include "base/text.h"
#include "bulletin/item_rules.h"

namespace yi::bulletin {
namespace {

// A phrase as it was written.
std::string source_of(const Phrase& p) {
  return p.expand([](std::string_view slot) {
            Runs r;
            r.text("{" + std::string(slot) + "}");
            return r;
          })
      .plain();
}

Checked replace(Phrase& p, const std::string& text) {
  YI_TRY(auto other, Phrase::parse(text));
  auto a = p.slots(), b = other.slots();
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  if (a != b) return refusal(DeskRefused::word_slots);
  p = std::move(other);
  return Done{};
}

Checked plain_text(const std::string& text) {
  if (text.find_first_of("{}") != std::string::npos) return refusal(DeskRefused::word_slots);
  return Done{};
}

Checked apply(Templates& t, const IssueWord& w) {
  const std::string_view key = w.key;
  if (key.starts_with("title.")) {
    YI_CHECK(plain_text(w.text));
    for (auto& p : t.parts)
      if (json::enum_name(p.part) == key.substr(6)) return p.title = w.text, Done{};
    return refusal(DeskRefused::unknown_word);
  }
  if (key == "duty") return replace(t.duty_sentence, w.text);
  if (key == "windows") return replace(t.windows_sentence, w.text);
  if (key == "leave.lead") return replace(t.leave_lead, w.text);
  YI_CHECK(plain_text(w.text));
  if (key == "digest.lead") return t.digest_lead = w.text, Done{};
  if (key.starts_with("leave."))
    for (auto& l : t.leave_lines)
      if (json::enum_name(l.kind) == key.substr(6)) return l.label = w.text, Done{};
  return refusal(DeskRefused::unknown_word);
}
}  // namespace

bool is_issue_word(std::string_view key) {
  if (key == "duty" || key == "windows" || key == "leave.lead" || key == "digest.lead") return true;
  PartKind part{};
  if (key.starts_with("title.")) return json::enum_from(key.substr(6), part);
  staff::LeaveKind kind{};
  return key.starts_with("leave.") && json::enum_from(key.substr(6), kind);
}

std::vector<IssueWord> words_of(const Templates& t) {
  std::vector<IssueWord> out;
  const auto add = [&](std::string key, const std::string& text) { out.push_back({Text<40>(std::move(key)), Text<600>(text)}); };
  for (const auto& p : t.parts) {
    add(std::string("title.") + json::enum_name(p.part), p.title);
    if (p.part == PartKind::news) add("digest.lead", t.digest_lead);
    if (p.part == PartKind::duty) add("duty", source_of(t.duty_sentence));
    if (p.part == PartKind::windows) add("windows", source_of(t.windows_sentence));
    if (p.part == PartKind::leave) {
      add("leave.lead", source_of(t.leave_lead));
      for (const auto& l : t.leave_lines) add(std::string("leave.") + json::enum_name(l.kind), l.label);
    }
  }
  return out;
}

Result<Templates> with_words(const Templates& t, const std::vector<IssueWord>& words) {
  Templates out = t;
  for (const auto& w : words) YI_CHECK(apply(out, w));
  return out;
}

}  // namespace yi::bulletin
