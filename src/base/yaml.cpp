#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <fstream>
#include <sstream>

#include "base/text.h"

namespace yi::yaml {

struct Tree {
  Kind kind = Kind::null;
  bool quoted = false;
  int line = 1;
  std::string scalar;
  std::vector<const Tree*> keys;   // scalars; as many as items, maps only
  std::vector<const Tree*> items;
};

struct Document {
  std::string file;
  std::deque<Tree> trees;  // a deque: addresses stay
};

namespace {

constexpr std::size_t kMaxBytes = 2 * 1024 * 1024;  // the largest file of the starting data has 80 kB
constexpr std::size_t kMaxDepth = 24;               // no file of ours nests deeper than 8
constexpr std::size_t kMaxProblems = 20;            // more do not fit on a screen

std::string quote(std::string_view s) {
  const auto wide = to_utf32(s);
  if (wide.size() <= 40) return "“" + std::string(s) + "”";
  return "“" + to_utf8(std::u32string_view(wide).substr(0, 40)) + "…”";
}

// Leaves the parser at the first thing we do not allow; caught in parse(), never seen outside this file.
struct Stop {
  Refusal refusal;
};

// Builds our own tree from the parser's events, so that an alias is seen as such and a repeated key is not lost.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(Document& d) : document_(d) {}
  const Tree* root() const { return root_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& m, YAML::anchor_t a) override { put(m, a, "", Kind::null); }
  void OnAlias(const YAML::Mark& m, YAML::anchor_t) override { forbid(m, "文件里用了别名（*）", "请把内容直接写出来。"); }
  void OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a, const std::string& value) override {
    Tree& t = put(m, a, tag, Kind::scalar);
    t.quoted = tag == "!";
    t.scalar = value;
    // yaml-cpp gives these as scalars; the YAML core schema reads them as no value.
    if (!t.quoted && (value == "~" || value == "null")) t.kind = Kind::null;
    if (open_.empty() || open_.back().tree->kind != Kind::map) return;
    key_or_value(m, t);
  }
  void OnSequenceStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a, YAML::EmitterStyle::value) override {
    start(m, a, tag, Kind::list);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a, YAML::EmitterStyle::value) override {
    start(m, a, tag, Kind::map);
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Open {
    Tree* tree;
    bool has_key = false;
  };

  [[noreturn]] void forbid(const YAML::Mark& m, std::string what, std::string next) {
    throw Stop{{"base.yaml_forbidden", what + "，这里不允许。", std::move(next), 422,
                document_.file + ":" + std::to_string(m.line + 1)}};
  }

  Tree& put(const YAML::Mark& m, YAML::anchor_t anchor, const std::string& tag, Kind kind) {
    if (anchor) forbid(m, "文件里用了锚点（&）", "请把内容直接写出来。");
    if (!tag.empty() && tag != "?" && tag != "!") forbid(m, "文件里用了类型标签" + quote(tag), "请删去标签。");
    Tree& t = document_.trees.emplace_back();
    t.kind = kind;
    t.line = m.line + 1;
    if (open_.empty()) {
      root_ = &t;
    } else if (open_.back().tree->kind == Kind::list) {
      open_.back().tree->items.push_back(&t);
    } else if (kind != Kind::scalar) {
      key_or_value(m, t);
    }
    return t;
  }

  void key_or_value(const YAML::Mark& m, Tree& t) {
    Open& top = open_.back();
    if (top.has_key) {
      top.tree->items.push_back(&t);
      top.has_key = false;
      return;
    }
    if (t.kind != Kind::scalar) forbid(m, "字段名不是文字", "请检查缩进、冒号，以及括号是否成对。");
    const auto same = [&](const Tree* key) { return key->scalar == t.scalar; };
    if (std::any_of(top.tree->keys.begin(), top.tree->keys.end(), same))
      forbid(m, "字段" + quote(t.scalar) + "重复出现", "请只保留一个。");
    top.tree->keys.push_back(&t);
    top.has_key = true;
  }

  void start(const YAML::Mark& m, YAML::anchor_t a, const std::string& tag, Kind kind) {
    if (open_.size() >= kMaxDepth) forbid(m, "嵌套超过 " + std::to_string(kMaxDepth) + " 层", "请检查括号和缩进。");
    open_.push_back({&put(m, a, tag, kind)});
  }

  Document& document_;
  std::vector<Open> open_;
  const Tree* root_ = nullptr;
};

}  // namespace

Kind Node::kind() const { return tree_->kind; }
std::string_view Node::scalar() const { return tree_->kind == Kind::scalar ? tree_->scalar : std::string_view{}; }
bool Node::quoted() const { return tree_->quoted; }
std::size_t Node::size() const { return tree_->items.size(); }
Node Node::item(std::size_t i) const { return {document_, tree_->items.at(i)}; }
std::string_view Node::key(std::size_t i) const { return tree_->keys.at(i)->scalar; }
Node Node::key_place(std::size_t i) const { return {document_, tree_->keys.at(i)}; }
std::optional<Node> Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < tree_->keys.size(); ++i)
    if (tree_->keys[i]->scalar == key) return item(i);
  return std::nullopt;
}
int Node::line() const { return tree_->line; }
std::string Node::where() const { return document_->file + ":" + std::to_string(tree_->line); }

Result<Node> parse(std::string_view text, std::string file_name) {
  auto document = std::make_shared<Document>();
  document->file = std::move(file_name);
  const std::string& file = document->file;
  if (text.size() > kMaxBytes)
    return Refusal{"base.yaml_too_large", "文件超过 2 MB。", "请把内容分到几个文件。", 422, file};
  if (!valid_utf8(text))
    return Refusal{"base.bad_yaml", "文件不是 UTF-8 编码。", "请用 UTF-8 编码另存该文件。", 422, file};
  Builder builder(*document);
  try {
    // yaml-cpp 0.7 takes a quote that is never closed for closed when a newline ends the file.
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder) || !builder.root())
      return Refusal{"base.bad_yaml", "文件是空的。", "请按说明填写内容。", 422, file};
    const Tree* root = builder.root();
    if (Builder rest(*document); parser.HandleNextDocument(rest))
      return Refusal{"base.yaml_forbidden", "一个文件里有多份文档（---），这里不允许。", "请只保留一份。", 422,
                     file + ":" + std::to_string(rest.root() ? rest.root()->line : root->line)};
    return Node(std::move(document), root);
  } catch (const Stop& stop) {
    return stop.refusal;
  } catch (const YAML::Exception& e) {
    const int line = e.mark.is_null() ? 1 : e.mark.line + 1;
    return Refusal{"base.bad_yaml", "这一行附近不符合 YAML 的写法。", "请检查缩进、冒号后的空格和引号是否成对。", 422,
                   file + ":" + std::to_string(line)};
  }
}

Result<std::string> read_file(const std::filesystem::path& path, const std::string& file_name) {
  std::error_code ec;
  const auto bytes = std::filesystem::file_size(path, ec);
  if (ec)
    return Refusal{"base.yaml_unreadable", "读不到文件" + quote(file_name) + "。", "请检查文件是否存在、是否有读取权限。",
                   422, file_name};
  if (bytes > kMaxBytes)  // before a byte of it is read
    return Refusal{"base.yaml_too_large", "文件超过 2 MB。", "请把内容分到几个文件。", 422, file_name};
  std::string text(bytes, '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in.read(text.data(), static_cast<std::streamsize>(bytes)))
    return Refusal{"base.yaml_unreadable", "文件" + quote(file_name) + "没有读完。", "请检查磁盘和读取权限。", 422, file_name};
  return text;
}

Result<Node> load(const std::filesystem::path& path, std::string file_name) {
  YI_TRY(const std::string text, read_file(path, file_name));
  return parse(text, std::move(file_name));
}

void Report::add(const Node& node, std::string code, std::string sentence, std::string next_step) {
  if (problems_.size() >= kMaxProblems) {
    ++dropped_;
    return;
  }
  problems_.push_back({std::move(code), std::move(sentence), std::move(next_step), 422, node.where()});
}

std::optional<Refusal> Report::refusal() const {
  if (problems_.empty()) return std::nullopt;
  Refusal r = problems_.front();
  if (problems_.size() > 1) {
    r.next_step += "另有 " + std::to_string(problems_.size() - 1 + dropped_) + " 处问题：";
    for (std::size_t i = 1; i < std::min<std::size_t>(problems_.size(), 4); ++i)
      r.next_step += (i > 1 ? "；" : "") + problems_[i].where + " " + problems_[i].sentence;
  }
  return r;
}

Fields::Fields(const Node& node, Report& report) : node_(node), report_(report), asked_(node.size(), false) {
  if (node.kind() != Kind::map) {
    asked_.clear();
    report_.add(node, "base.yaml_type", "这里应当是一组“字段: 值”。", "请检查缩进和冒号。");
  }
}

std::optional<Node> Fields::take(std::string_view name, bool required) {
  if (node_.kind() != Kind::map) return std::nullopt;  // reported by the constructor
  for (std::size_t i = 0; i < node_.size(); ++i) {
    if (node_.key(i) != name) continue;
    asked_[i] = true;
    if (node_.item(i).kind() != Kind::null) return node_.item(i);
    break;
  }
  if (required)
    report_.add(at(name), "base.yaml_missing", "缺少字段 " + std::string(name) + "。", "请补上该字段。");
  return std::nullopt;
}

std::optional<Node> Fields::take_kind(std::string_view name, bool required, Kind kind, const char* wanted) {
  auto found = take(name, required);
  if (!found || found->kind() == kind) return found;
  report_.add(*found, "base.yaml_type", "字段 " + std::string(name) + " 应当是" + wanted + "。", "请改正该字段。");
  return std::nullopt;
}

std::optional<std::string> Fields::take_text(std::string_view name, bool required) {
  const auto found = take_kind(name, required, Kind::scalar, "文字");
  if (!found) return std::nullopt;
  const auto s = found->scalar();
  if (s.empty() || trim(s) != s) {
    report_.add(*found, "base.yaml_text", "字段 " + std::string(name) + " 是空的，或首尾有空格。", "请填写内容并去掉首尾空格。");
    return std::nullopt;
  }
  if (count_code_points(s) > static_cast<std::size_t>(limits::kTextChars.value)) {
    report_.add(*found, "base.yaml_text", limits::kTextChars.message, "请删减该字段。");
    return std::nullopt;
  }
  return std::string(s);
}

std::string Fields::text(std::string_view name) { return take_text(name, true).value_or(""); }
std::optional<std::string> Fields::optional_text(std::string_view name) { return take_text(name, false); }

std::optional<std::int64_t> Fields::take_integer(std::string_view name, bool required, std::int64_t min,
                                                 std::int64_t max) {
  const auto found = take_kind(name, required, Kind::scalar, "整数");
  if (!found) return std::nullopt;
  const auto s = found->scalar();
  std::int64_t v = 0;
  const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), v);
  if (found->quoted() || s.empty() || ec != std::errc{} || end != s.data() + s.size() || v < min || v > max) {
    report_.add(*found, "base.yaml_integer", "字段 " + std::string(name) + " 的值" + quote(s) + "不是允许的整数。",
                "请填写 " + std::to_string(min) + " 到 " + std::to_string(max) + " 之间的整数，不加引号。");
    return std::nullopt;
  }
  return v;
}

std::int64_t Fields::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  return take_integer(name, true, min, max).value_or(min);
}
std::optional<std::int64_t> Fields::optional_integer(std::string_view name, std::int64_t min, std::int64_t max) {
  return take_integer(name, false, min, max);
}

std::optional<bool> Fields::take_boolean(std::string_view name, bool required) {
  const auto found = take_kind(name, required, Kind::scalar, " true 或 false");
  if (!found) return std::nullopt;
  if (!found->quoted() && found->scalar() == "true") return true;
  if (!found->quoted() && found->scalar() == "false") return false;
  report_.add(*found, "base.yaml_boolean", "字段 " + std::string(name) + " 的值" + quote(found->scalar()) + "不是 true 或 false。",
              "请填写 true 或 false，不加引号。");
  return std::nullopt;
}
bool Fields::boolean(std::string_view name) { return take_boolean(name, true).value_or(false); }
bool Fields::flag(std::string_view name) { return take_boolean(name, false).value_or(false); }

std::optional<CivilDay> Fields::take_day(std::string_view name, bool required) {
  const auto found = take_kind(name, required, Kind::scalar, "日期");
  if (!found) return std::nullopt;
  auto day = parse_day(found->scalar());
  if (day) return *day;
  report_.add(*found, day.error().code, day.error().sentence, day.error().next_step);
  return std::nullopt;
}
CivilDay Fields::day(std::string_view name) { return take_day(name, true).value_or(CivilDay{}); }
std::optional<CivilDay> Fields::optional_day(std::string_view name) { return take_day(name, false); }

std::vector<std::string> Fields::take_texts(std::string_view name, bool required) {
  std::vector<std::string> out;
  const auto found = take_kind(name, required, Kind::list, "列表（[甲, 乙]）");
  if (!found) return out;
  for (std::size_t i = 0; i < found->size(); ++i) {
    const Node item = found->item(i);
    if (item.kind() == Kind::scalar && !item.scalar().empty())
      out.emplace_back(item.scalar());
    else
      report_.add(item, "base.yaml_type", "列表 " + std::string(name) + " 的每一项应当是文字。", "请改正该项。");
  }
  return out;
}
std::vector<std::string> Fields::texts(std::string_view name) { return take_texts(name, true); }
std::vector<std::string> Fields::optional_texts(std::string_view name) { return take_texts(name, false); }

namespace {
std::vector<Node> items(const std::optional<Node>& list) {
  std::vector<Node> out;
  for (std::size_t i = 0; list && i < list->size(); ++i) out.push_back(list->item(i));
  return out;
}
}  // namespace

std::vector<Node> Fields::list(std::string_view name) { return items(take_kind(name, true, Kind::list, "列表")); }
std::vector<Node> Fields::optional_list(std::string_view name) {
  return items(take_kind(name, false, Kind::list, "列表"));
}
std::optional<Node> Fields::map(std::string_view name) { return take_kind(name, true, Kind::map, "一组“字段: 值”"); }
std::optional<Node> Fields::optional_map(std::string_view name) {
  return take_kind(name, false, Kind::map, "一组“字段: 值”");
}

Node Fields::at(std::string_view name) const {
  for (std::size_t i = 0; node_.kind() == Kind::map && i < node_.size(); ++i)
    if (node_.key(i) == name) return node_.key_place(i);
  return node_;
}

void Fields::wrong_choice(const Node& at, std::string_view name, const std::string& all) {
  report_.add(at, "base.yaml_choice", "字段 " + std::string(name) + " 的值" + quote(at.scalar()) + "不在允许的范围内。",
              "请改为下列之一：" + all + "。");
}

void Fields::finish() {
  for (std::size_t i = 0; i < asked_.size(); ++i)
    if (!asked_[i])
      report_.add(node_.key_place(i), "base.yaml_unknown", "有不认识的字段 " + std::string(node_.key(i)) + "。",
                  "请删去该字段或核对字段名。");
}

namespace {

// What JSON calls a number, and short enough for everybody's.
bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > 15 || (text[0] == '0' && text.size() > 1)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string to_json_without(const Node& map, std::initializer_list<std::string_view> keys) {
  std::string out = "{";
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (std::find(keys.begin(), keys.end(), map.key(i)) != keys.end()) continue;
    if (out.size() > 1) out += ",";
    json::append_string(out, map.key(i));
    out += ":" + to_json(map.item(i));
  }
  return out + "}";
}

std::string to_json(const Node& node) {
  std::string out;
  switch (node.kind()) {
    case Kind::null: return "null";
    case Kind::map: return to_json_without(node, {});
    case Kind::list:
      for (std::size_t i = 0; i < node.size(); ++i) out += (i ? "," : "") + to_json(node.item(i));
      return "[" + out + "]";
    case Kind::scalar: break;
  }
  const auto text = node.scalar();
  if (!node.quoted() && (text == "true" || text == "false" || is_integer(text))) return std::string(text);
  json::append_string(out, text);
  return out;
}

}  // namespace yi::yaml
