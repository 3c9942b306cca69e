#include "base/json.h"

#include <simdjson.h>

#include <bit>
#include <charconv>

#include "base/text.h"

namespace yi::json {
namespace {
using simdjson::dom::element;
static_assert(sizeof(element) == sizeof(std::array<std::uint64_t, 2>));
static_assert(std::is_trivially_copyable_v<element>);

template <class T>
T must(simdjson::simdjson_result<T> r) {
  return std::move(r).take_value();  // the callers looked at kind() first
}
}  // namespace

struct NodeAccess {
  static element of(const Node& n) { return std::bit_cast<element>(n.raw_); }
  static Node make(element e) {
    Node n;
    n.raw_ = std::bit_cast<std::array<std::uint64_t, 2>>(e);
    return n;
  }
};

struct Parser::Impl {
  simdjson::dom::parser parser;
};
Parser::Parser() : impl_(std::make_unique<Impl>()) {}
Parser::~Parser() = default;

Result<Node> Parser::parse(std::string_view text) {
  element e;
  if (impl_->parser.capacity() < text.size() &&
      impl_->parser.allocate(text.size() * 2 + 4096, static_cast<std::size_t>(limits::kJsonDepth.value)) !=
          simdjson::SUCCESS)
    return Refusal{"base.bad_json", "内容过长，无法读取。", "请缩短内容。", 400, ""};
  const auto error = impl_->parser.parse(text.data(), text.size()).get(e);
  if (error != simdjson::SUCCESS)
    return Refusal{"base.bad_json", "提交的内容不是完整、正确的 JSON。", "请检查括号、引号和编码（UTF-8）后重新提交。", 400, ""};
  return NodeAccess::make(e);
}

Kind Node::kind() const {
  switch (NodeAccess::of(*this).type()) {
    case simdjson::dom::element_type::OBJECT: return Kind::object;
    case simdjson::dom::element_type::ARRAY: return Kind::array;
    case simdjson::dom::element_type::STRING: return Kind::string;
    case simdjson::dom::element_type::INT64: return Kind::integer;
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE: return Kind::real;
    case simdjson::dom::element_type::BOOL: return Kind::boolean;
    case simdjson::dom::element_type::NULL_VALUE: return Kind::null;
  }
  return Kind::null;
}
std::string_view Node::string() const { return must(NodeAccess::of(*this).get_string()); }
std::int64_t Node::integer() const { return must(NodeAccess::of(*this).get_int64()); }
double Node::real() const { return must(NodeAccess::of(*this).get_double()); }
bool Node::boolean() const { return must(NodeAccess::of(*this).get_bool()); }
std::size_t Node::size() const {
  const auto e = NodeAccess::of(*this);
  return e.is_array() ? must(e.get_array()).size() : must(e.get_object()).size();
}
void Node::each_impl(bool (*f)(void*, std::string_view, Node), void* p) const {
  const auto e = NodeAccess::of(*this);
  if (e.is_array()) {
    for (element c : must(e.get_array()))
      if (!f(p, {}, NodeAccess::make(c))) return;
  } else if (e.is_object()) {
    for (auto field : must(e.get_object()))
      if (!f(p, field.key, NodeAccess::make(field.value))) return;
  }
}
std::optional<Node> Node::find(std::string_view key) const {
  element found;
  if (NodeAccess::of(*this).get_object().value_unsafe().at_key(key).get(found) != simdjson::SUCCESS) return std::nullopt;
  return NodeAccess::make(found);
}

bool Reading::wrong_type(const char* wanted) {
  return fail("base.wrong_type", "这一项的类型不对。", std::string("请填写") + wanted + "。");
}

void append_int(std::string& out, std::int64_t v) {
  char buffer[24];
  const auto r = std::to_chars(buffer, buffer + sizeof buffer, v);
  out.append(buffer, r.ptr);
}

void append_string(std::string& out, std::string_view s) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(s, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += hex(std::string_view(&s[i], 1));
    }
  }
  out.append(s, plain, s.size() - plain);
  out += '"';
}

bool read_text(Node n, std::string& v, int max_code_points, Reading& r) {
  if (n.kind() != Kind::string) return r.wrong_type("文字");
  const auto s = n.string();
  if (s.size() > static_cast<std::size_t>(max_code_points) &&
      count_code_points(s) > static_cast<std::size_t>(max_code_points))
    return r.fail("base.too_long", "文字超过 " + std::to_string(max_code_points) + " 字。", "请删减后重新提交。");
  for (char c : s)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r')
      return r.fail("base.control_character", "文字中有看不见的控制字符。", "请重新输入这一项，不要从其他软件直接粘贴。");
  v.assign(s);
  return true;
}

bool read_int(Node n, std::int64_t& v, std::int64_t min, std::int64_t max, Reading& r) {
  if (n.kind() != Kind::integer) return r.wrong_type("整数");
  v = n.integer();
  if (v < min || v > max)
    return r.fail("base.out_of_range", "数值超出范围。",
                  "请填写 " + std::to_string(min) + " 到 " + std::to_string(max) + " 之间的整数。");
  return true;
}

}  // namespace yi::json
