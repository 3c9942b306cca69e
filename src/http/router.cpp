// Finding the door of a path: constant paths in one look-up, patterns by a tree of segments.
#include <fmt/format.h>

#include <stdexcept>
#include <unordered_map>

#include "http/openapi.h"
#include "http/parameters.h"
#include "http/router.h"

namespace yi::http {
namespace {

constexpr int kMethods = 2;
constexpr int kNone = -1;

struct Leaf {
  int door[kMethods] = {kNone, kNone};
  bool any() const { return door[0] != kNone || door[1] != kNone; }
};

struct Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> parameter;  // "{name}"; the name belongs to the door
  Leaf leaf;
  Leaf rest;                        // "{name*}": whatever follows
};

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
};

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }
bool takes_rest(std::string_view segment) { return segment.ends_with("*}"); }
std::string name_of(std::string_view segment) { return std::string(segment.substr(1, segment.size() - (takes_rest(segment) ? 3 : 2))); }

[[noreturn]] void incomplete(const Door& door, const std::string& what) {
  throw std::logic_error(fmt::format("door {} {}: {}", door.name, door.pattern, what));
}

// "/a/{id}" → {"a", "{id}"}; "/" → {""}.
std::vector<std::string> segments_of(const Door& door) {
  const std::string_view p = door.pattern;
  if (p.empty() || p[0] != '/') incomplete(door, "the pattern begins with '/'");
  std::vector<std::string> out;
  std::size_t at = 1;
  for (;;) {
    const auto slash = p.find('/', at);
    out.emplace_back(p.substr(at, slash == p.npos ? p.npos : slash - at));
    if (slash == p.npos) break;
    at = slash + 1;
  }
  for (const auto& s : out) {
    if (s.empty() && out.size() > 1) incomplete(door, "an empty segment");
    const bool braces = s.find_first_of("{}") != s.npos;
    if (braces && (s.size() < 3 || s[0] != '{' || s.back() != '}' || s.find_first_of("{}", 1) != s.size() - 1))
      incomplete(door, "a parameter is a whole segment, \"{name}\"");
    if (s.find('*') != s.npos && (!takes_rest(s) || s.size() < 4 || s.find('*') != s.size() - 2 || &s != &out.back() || out.size() < 2))
      incomplete(door, "what takes the rest is the last segment, \"{name*}\", under a literal");
  }
  return out;
}

// What only one kind of door may have.
void check_kind(const Door& door) {
  const bool post = door.method == Method::post;
  if (!post && door.if_match != IfMatch::ignored) incomplete(door, "If-Match belongs to a POST");
  if (post && door.tagged) incomplete(door, "an ETag belongs to a GET");
  if (!door.upload.any()) return;
  if (!post) incomplete(door, "an upload is a POST");
  if (door.handle || !door.request_schema.empty()) incomplete(door, "an upload has its sink instead of handler and schema");
  if (door.upload.media_types.empty()) incomplete(door, "an upload names its media types");
}

void check_complete(const Door& door) {
  if (door.name.empty()) incomplete(door, "no name");
  if (door.summary.empty()) incomplete(door, "no summary");
  if (door.right.empty()) incomplete(door, "no right");
  if (door.audit_class != "none" && door.audit_class != "read" && door.audit_class != "personal" &&
      door.audit_class != "command")
    incomplete(door, "the audit class is none, read, personal or command");
  if (door.replies.empty()) incomplete(door, "no reply");
  if (!door.handle && !door.upload.any()) incomplete(door, "no handler");
  if (door.body_limit <= 0) incomplete(door, "no body limit");
  if (door.method == Method::get && !door.request_schema.empty()) incomplete(door, "a GET has no body");
  for (const auto& r : door.replies) {
    if (r.description.empty()) incomplete(door, "a reply without description");
    if ((r.content_type == "text/event-stream") == r.events.empty())
      incomplete(door, "an event stream names its events, and nothing else does");
    for (const auto& e : r.events)
      if (e.name.empty() || e.description.empty() || e.schema.empty())
        incomplete(door, "an event has a name, a description and a schema");
  }
  check_kind(door);
}

void check_declared(const Door& door, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    bool found = false;
    for (const auto& p : door.parameters) found = found || (p.in_path && p.name == name);
    if (!found) incomplete(door, "parameter {" + name + "} is not declared");
  }
  for (std::size_t i = 0; i < door.parameters.size(); ++i) {
    const auto& p = door.parameters[i];
    bool found = !p.in_path;
    for (const auto& name : names) found = found || name == p.name;
    if (!found) incomplete(door, "parameter " + p.name + " is not in the pattern");
    if (p.name.empty() || p.description.empty() || p.schema.empty())
      incomplete(door, "a parameter has a name, a description and a schema");
    for (std::size_t j = 0; j < i; ++j)
      if (door.parameters[j].name == p.name) incomplete(door, "parameter " + p.name + " twice");
  }
}

}  // namespace

struct Router::Impl {
  struct Entry {
    std::vector<std::pair<std::size_t, std::string>> path_names;  // (segment, name), in order
    ParameterRules rules;
  };
  std::function<void(Door&)> decorate;
  std::vector<Door> doors;
  std::vector<Entry> entries;  // beside doors
  std::unordered_map<std::string, Leaf, StringHash, std::equal_to<>> constant;
  Node root;

  // Literal segments before parameters, so that "/cases/search" is not the case "search". Values of the parameters on
  // the way are collected in `values`. What takes the rest comes last, after every longer way.
  static const Leaf* walk(const Node& node, std::string_view rest, std::vector<std::string_view>& values) {
    const auto slash = rest.find('/');
    const auto segment = rest.substr(0, slash);
    const auto next = [&](const Node& child) -> const Leaf* {
      if (slash == rest.npos) return child.leaf.any() ? &child.leaf : nullptr;
      return walk(child, rest.substr(slash + 1), values);
    };
    if (const auto it = node.literal.find(segment); it != node.literal.end())
      if (const auto* leaf = next(*it->second)) return leaf;
    if (node.parameter && !segment.empty()) {
      values.push_back(segment);
      if (const auto* leaf = next(*node.parameter)) return leaf;
      values.pop_back();
    }
    if (node.rest.any()) {
      values.push_back(rest);
      return &node.rest;
    }
    return nullptr;
  }

  const Leaf* find_leaf(std::string_view path, std::vector<std::string_view>& values) const {
    if (const auto it = constant.find(path); it != constant.end()) return &it->second;
    if (!path.starts_with('/')) return nullptr;
    return walk(root, path.substr(1), values);
  }
};

Router::Router() : impl_(std::make_unique<Impl>()) {}
Router::~Router() = default;

void Router::decorate_all(std::function<void(Door&)> decorate) {
  if (!impl_->doors.empty()) throw std::logic_error("there are doors already");
  impl_->decorate = std::move(decorate);
}

void Router::add(Door door) {
  check_complete(door);
  if (impl_->decorate) impl_->decorate(door);
  const auto segments = segments_of(door);
  Impl::Entry entry;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!is_parameter(segments[i])) continue;
    names.push_back(name_of(segments[i]));
    entry.path_names.emplace_back(i, names.back());
  }
  check_declared(door, names);
  for (const auto& other : impl_->doors)
    if (other.name == door.name) incomplete(door, "the name exists already");
  if (const auto bad = bad_schema(door); !bad.empty()) incomplete(door, "not a JSON Schema: " + bad);
  try {
    entry.rules = ParameterRules(door);
  } catch (const std::regex_error& e) {
    incomplete(door, std::string("a parameter's pattern: ") + e.what());
  }

  Leaf* leaf = nullptr;
  if (names.empty()) {
    leaf = &impl_->constant[door.pattern];
  } else {
    Node* node = &impl_->root;
    for (const auto& s : segments) {
      if (takes_rest(s)) continue;  // the last one
      auto& child = is_parameter(s) ? node->parameter : node->literal[s];
      if (!child) child = std::make_unique<Node>();
      node = child.get();
    }
    leaf = takes_rest(segments.back()) ? &node->rest : &node->leaf;
  }
  auto& slot = leaf->door[static_cast<int>(door.method)];
  if (slot != kNone) incomplete(door, "the door exists already");
  for (const int other : leaf->door)  // OpenAPI knows one template a path
    if (other != kNone && impl_->doors[static_cast<std::size_t>(other)].pattern != door.pattern)
      incomplete(door, "the path's other method names its parameters differently");
  slot = static_cast<int>(impl_->doors.size());
  impl_->doors.push_back(std::move(door));
  impl_->entries.push_back(std::move(entry));
}

const std::vector<Door>& Router::doors() const { return impl_->doors; }

Result<const Door*> Router::find(Request& request) const {
  std::vector<std::string_view> values;
  const auto* leaf = impl_->find_leaf(request.path, values);
  if (!leaf)
    return Refusal{"http.not_found", "没有这个网址。", "请核对网址，或从首页重新进入。", 404, ""};
  const int index = leaf->door[static_cast<int>(request.method)];
  if (index == kNone)
    return Refusal{"http.method_not_allowed", "这个网址不支持这种操作方式。",
                   "请从页面上的按钮进入，或查看接口文档 /api/openapi.json。", 405, ""};
  const auto at = static_cast<std::size_t>(index);
  const auto& names = impl_->entries[at].path_names;
  request.path_parameters.clear();
  for (std::size_t i = 0; i < names.size(); ++i)
    request.path_parameters.emplace(names[i].second, std::string(values[i]));
  return &impl_->doors[at];
}

std::string Router::allowed_methods(std::string_view path) const {
  std::vector<std::string_view> values;
  const auto* leaf = impl_->find_leaf(path, values);
  if (!leaf) return "";
  const bool get = leaf->door[static_cast<int>(Method::get)] != kNone;
  const bool post = leaf->door[static_cast<int>(Method::post)] != kNone;
  return get ? (post ? "GET, HEAD, POST" : "GET, HEAD") : "POST";
}

Checked Router::check_parameters(const Door& door, const Request& request) const {
  const auto at = static_cast<std::size_t>(&door - impl_->doors.data());
  return impl_->entries.at(at).rules.check(request);
}

std::string Router::openapi(std::string_view title, std::string_view version) const {
  return write_openapi(impl_->doors, title, version);
}

}  // namespace yi::http
