#include "catalog/changeable.h"

#include <algorithm>
#include <charconv>

namespace yi::catalog {
namespace {

void put_pointer_part(std::string& out, std::string_view part) {
  out += '/';
  for (const char c : part) {  // RFC 6901
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
}

struct Layout {
  std::string text;
  std::vector<std::string> pointers;
  void line(const std::string& s, const std::string& pointer) {
    text += s + "\n";
    pointers.push_back(pointer);
  }
};

// What says nothing is left out, and of the outermost map the fields that the program gives itself.
void lay_out(const yaml::Node& n, const std::string& lead, const std::string& pointer, const char* behind, bool without_version, Layout& out) {
  const bool map = n.kind() == yaml::Kind::map, list = n.kind() == yaml::Kind::list;
  if (!map && !list) return out.line(lead + yaml::to_json(n) + behind, pointer);
  std::vector<std::size_t> said;
  for (std::size_t i = 0; i < n.size(); ++i)
    if (!map || (n.item(i).kind() != yaml::Kind::null && !(without_version && (n.key(i) == "version" || n.key(i) == "since")))) said.push_back(i);
  if (said.empty()) return out.line(lead + (map ? "{}" : "[]") + behind, pointer);
  out.line(lead + (map ? "{" : "["), pointer);
  for (const std::size_t i : said) {
    std::string inner = pointer, key;
    put_pointer_part(inner, map ? std::string(n.key(i)) : std::to_string(i));
    if (map) {
      json::append_string(key, n.key(i));
      key += ": ";
    }
    lay_out(n.item(i), key, inner, i != said.back() ? "," : "", false, out);
  }
  out.line(std::string(map ? "}" : "]") + behind, pointer);
}

void compare(const std::optional<yaml::Node>& a, const std::optional<yaml::Node>& b, const std::string& path, std::set<std::string>& out) {
  if (a && b && yaml::to_json(*a) == yaml::to_json(*b)) return;
  const auto both = [&](yaml::Kind kind) { return a && b && a->kind() == kind && b->kind() == kind; };
  if (both(yaml::Kind::map)) {
    std::set<std::string> keys;
    for (std::size_t i = 0; i < a->size(); ++i) keys.emplace(a->key(i));
    for (std::size_t i = 0; i < b->size(); ++i) keys.emplace(b->key(i));
    for (const auto& k : keys) compare(a->find(k), b->find(k), path.empty() ? k : path + "." + k, out);
    return;
  }
  if (both(yaml::Kind::list) && a->size() == b->size()) {
    bool maps = a->size() > 0;
    for (std::size_t i = 0; i < a->size(); ++i) maps = maps && a->item(i).kind() == yaml::Kind::map && b->item(i).kind() == yaml::Kind::map;
    if (maps) {
      for (std::size_t i = 0; i < a->size(); ++i) compare(a->item(i), b->item(i), path, out);
      return;
    }
  }
  out.insert(path);
}

}  // namespace

std::vector<std::string> Changeable::complaints() const {
  std::lock_guard lock(complaining_);
  return complaints_;
}
void Changeable::complain(std::string sentence) {
  std::lock_guard lock(complaining_);
  if (std::find(complaints_.begin(), complaints_.end(), sentence) == complaints_.end()) complaints_.push_back(std::move(sentence));
}

Result<LaidOut> LaidOut::of(std::string_view definition, const std::string& name, const std::string& head) {
  json::Parser parser;
  const auto parsed = parser.parse(definition);
  if (!parsed || parsed->kind() != json::Kind::object)
    return Refusal{"catalog.bad_definition", "内容不是一个 JSON 对象，或写法不完整。", "请检查括号、引号和逗号。", 422, "/definition"};
  auto given = yaml::parse(definition, name);  // JSON is YAML; the files' readers read nodes of it
  if (!given) {
    given.error().where = "/definition";
    given.error().status = 422;
    return std::move(given).error();
  }
  Layout out;
  lay_out(*given, "", "/definition", "", !head.empty(), out);
  // The head stands behind the first brace, on its line.
  if (!head.empty()) out.text = out.text.starts_with("{}") ? "{" + head + "}\n" : "{" + head + ",\n" + out.text.substr(2);
  YI_TRY(auto root, yaml::parse(out.text, name));
  return LaidOut(std::move(root), std::move(out.text), std::move(out.pointers));
}

void LaidOut::place(std::vector<Refusal>& problems) const {
  for (auto& p : problems) {
    const auto colon = p.where.rfind(':');
    std::size_t line = 0;
    if (colon != std::string::npos) std::from_chars(p.where.data() + colon + 1, p.where.data() + p.where.size(), line);
    p.where = line >= 1 && line <= pointers_.size() ? pointers_[line - 1] : "/definition";
    p.status = 422;
  }
}

std::set<std::string> differing(std::string_view before, std::string_view after) {
  std::set<std::string> out;
  const auto a = yaml::parse(before, "a"), b = yaml::parse(after, "b");
  if (!a || !b) return {""};
  compare(*a, *b, "", out);
  return out;
}

}  // namespace yi::catalog
