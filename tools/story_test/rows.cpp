#include "rows.h"

#include "base/json.h"

namespace yi::story {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  json::append_string(out, text);
  return out.substr(1, out.size() - 2);
}

// The entry of list `name[field=value]` below `at`, as its path; throws Broken where there is none.
std::string entry(const std::string& body, const std::string& at, const std::string& name, const std::string& field, const std::string& value) {
  for (int i = 0; i < 500; ++i) {
    const auto here = at + name + "/" + std::to_string(i);
    if (json_at(body, here).empty()) break;
    if (json_at(body, here + "/" + field) == value) return here;
  }
  throw Broken("no entry of " + at + name + " has " + field + " " + value + ": " + body);
}

std::string find(const std::string& body, const std::string& place) {
  const auto cut = place.find('|');
  std::string path;
  for (std::size_t from = 0, end = std::min(cut, place.size()); from < end;) {
    const auto closing = place.find(']', from), slash = place.find('/', from), bracket = place.find('[', from);
    const bool filter = bracket < std::min(slash, end);
    const auto to = std::min(filter ? closing + 1 : slash, end);
    const auto part = place.substr(from, to - from);
    if (filter) {
      const auto open = part.find('['), equals = part.find('=');
      path = entry(body, path, part.substr(0, open), part.substr(open + 1, equals - open - 1), part.substr(equals + 1, part.size() - equals - 2));
    } else {
      path += part;
    }
    if (to < end) path += '/';
    from = to + 1;
  }
  auto text = json_at(body, path);
  if (cut == place.npos) return text;
  const auto second = place.find('|', cut + 1);
  const auto before = place.substr(cut + 1, second - cut - 1), behind = place.substr(second + 1);
  const auto begin = text.find(before);
  const auto end = begin == text.npos ? text.npos : behind.empty() ? text.size() : text.find(behind, begin + before.size());
  if (end == text.npos) throw Broken("nothing stands between " + before + " and " + behind + " in: " + text);
  return text.substr(begin + before.size(), end - begin - before.size());
}

std::string answer(Stage& s, const std::string& who, const std::string& path) {
  if (path.starts_with("=")) return s.kept[path];
  if (who == "-" || (path.starts_with("!") && who.empty())) {
    const auto r = s.server().get(path.substr(path.starts_with("!")), who == "-");
    if (r.status != 200) throw Broken(path + " was answered " + std::to_string(r.status) + " " + r.body);
    return r.body;
  }
  if (!path.starts_with("!")) return s.get_as(who, path);
  const auto r = s.ask_as(who, "GET", path.substr(1));
  if (r.status != 200) throw Broken(path + " was answered " + std::to_string(r.status) + " " + r.body);
  return r.body;
}

// `in_json`: the gaps stand within quotation marks of a JSON text.
std::string filled(Stage& s, const Gaps& gaps, const std::string& text, bool in_json) {
  const auto gap = [&](char digit) { return gaps.at(static_cast<std::size_t>(digit - '1')); };
  const auto written = [&](const std::string& value) { return in_json ? escaped(value) : value; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      out += text[i];
      continue;
    }
    const char next = text.at(++i);
    if (next == '{') {
      const auto end = text.find('}', i);
      const auto inside = filled(s, gaps, text.substr(i + 1, end - i - 1), false);
      const auto first = inside.find(' '), second = inside.starts_with("=") ? first : inside.find(' ', first + 1);
      const auto who = inside.starts_with("=") ? "" : inside.substr(0, first), path = inside.starts_with("=") ? inside.substr(0, first) : inside.substr(first + 1, second - first - 1);
      out += written(find(answer(s, who, path), inside.substr(second + 1)));
      i = end;
    } else if (next == 'd') {
      out += written(s.department(gap(text.at(++i))));
    } else if (next == '*' || next == '/') {
      std::string all;
      for (auto n = static_cast<std::size_t>(text.at(++i) - '1'); n < gaps.size(); ++n) {
        if (!all.empty()) all += next == '*' ? "," : "\\n";
        all += next == '*' ? "\"" + escaped(gaps[n]) + "\"" : escaped(gaps[n]);
      }
      out += all;
    } else {
      out += written(gap(next));
    }
  }
  return out;
}

}  // namespace

Step step_of(const Act& row) {
  return {row.pattern, [row](Stage& s, const Gaps& g) {
            const auto who = filled(s, g, row.who, false), door = filled(s, g, row.door, false), body = filled(s, g, row.body, true);
            if (who.empty()) s.command(door, body);
            else s.command_as(who, door, body);
          }};
}

Step step_of(const Ask& row) {
  return {row.pattern, [row](Stage& s, const Gaps& g) {
            const auto r = s.ask_as(filled(s, g, row.who, false), "GET", filled(s, g, row.path, false));
            s.last = Reply{r.status, json_at(r.body, "code"), json_at(r.body, "detail"), json_at(r.body, "next_step"), r.body};
          }};
}

Step step_of(const See& row) {
  return {row.pattern, [row](Stage& s, const Gaps& g) {
            const auto body = answer(s, filled(s, g, row.who, false), filled(s, g, row.path, false));
            for (const auto& [at, wanted] : row.seen) {
              const auto place = filled(s, g, at, false), want = filled(s, g, wanted, false), seen = find(body, place);
              if (want.starts_with("~") ? seen.find(want.substr(1)) == seen.npos : seen != want)
                throw Broken(place + " is " + (seen.empty() ? "nothing" : seen) + ", not " + want + ": " + body);
            }
          }};
}

}  // namespace yi::story
