#pragma once
// JSON by declaration: a struct described with BOOST_DESCRIBE_STRUCT is written, strictly read and described as a
// JSON Schema from that one description. Commands, events, replies and the OpenAPI document all go this way.
//
//   struct Receive { MatterCode matter; Text<120> applicant; std::optional<CivilDay> decided_on; };
//   BOOST_DESCRIBE_STRUCT(Receive, (), (matter, applicant, decided_on))
//   Result<Receive> r = json::read<Receive>(R"({"matter":"...","applicant":"..."})");
//   std::string s = json::write(*r);
//
// Reading is strict: an unknown, repeated or missing field, a wrong type, a number out of range, text that is not
// UTF-8 or longer than its type allows is a Refusal whose `where` is the JSON pointer. std::optional may be absent
// or null; std::vector may be absent (empty). Writing leaves absent optionals out, and emits fields in order of
// declaration, so the same value always gives the same bytes.
#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/ids.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"

namespace yi {

// Text of at most Max code points; surrounding white space is the caller's. Max is part of the schema.
template <int Max>
struct Text : std::string {
  using std::string::string;
  Text() = default;
  Text(std::string s) : std::string(std::move(s)) {}  // NOLINT: a checked boundary is json::read
  Text(std::string_view s) : std::string(s) {}        // NOLINT
};

namespace json {

enum class Kind : std::uint8_t { object, array, string, integer, real, boolean, null };

// A handle to a parsed value; valid until its Parser parses again. Two words, passed by value.
class Node {
 public:
  Kind kind() const;
  std::string_view string() const;      // kind string
  std::int64_t integer() const;         // kind integer (beyond int64 reads as real)
  double real() const;                  // kinds integer and real
  bool boolean() const;                 // kind boolean
  std::size_t size() const;             // kinds object and array
  // Calls f(key, value) or f("", value) for each child, until it returns false.
  template <class F>
  void each(F&& f) const {
    each_impl(
        [](void* p, std::string_view k, Node v) { return (*static_cast<std::remove_reference_t<F>*>(p))(k, v); }, &f);
  }
  std::optional<Node> find(std::string_view key) const;  // kind object; the first of that key

 private:
  friend class Parser;
  friend struct NodeAccess;
  void each_impl(bool (*f)(void*, std::string_view, Node), void* p) const;
  std::array<std::uint64_t, 2> raw_{};
};

// Owns the memory of one parsed document. Not thread safe; reuse one for many documents.
class Parser {
 public:
  Parser();
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  // Refusal code "base.bad_json": not JSON, not UTF-8, too deep.
  Result<Node> parse(std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Where reading stands; the first failure wins.
struct Reading {
  std::string path;
  std::optional<Refusal> refusal;
  bool fail(std::string code, std::string sentence, std::string next_step) {
    if (!refusal) refusal = Refusal{std::move(code), std::move(sentence), std::move(next_step), 400, path};
    return false;
  }
  bool wrong_type(const char* wanted);
};

void append_string(std::string& out, std::string_view s);  // quoted and escaped
void append_int(std::string& out, std::int64_t v);
bool read_text(Node n, std::string& v, int max_code_points, Reading& r);
bool read_int(Node n, std::int64_t& v, std::int64_t min, std::int64_t max, Reading& r);

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};
template <class T> struct is_map : std::false_type {};
template <class T> struct is_map<std::map<std::string, T>> : std::true_type {};
template <class T> struct text_max : std::integral_constant<int, 0> {};
template <int N> struct text_max<Text<N>> : std::integral_constant<int, N> {};
template <class T> struct is_id : std::false_type {};
template <class Tag> struct is_id<Id<Tag>> : std::true_type {};
template <class T> struct is_code : std::false_type {};
template <class Tag> struct is_code<Code<Tag>> : std::true_type {};
template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class E>
const char* enum_name(E e) {
  return boost::describe::enum_to_string(e, "");
}
template <class E>
bool enum_from(std::string_view s, E& out) {
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (!found && s == d.name) { out = d.value; found = true; }
  });
  return found;
}

template <class T>
void append(std::string& out, const T& v) {
  if constexpr (std::same_as<T, bool>) out += v ? "true" : "false";
  else if constexpr (std::integral<T>) append_int(out, static_cast<std::int64_t>(v));
  else if constexpr (std::same_as<T, CivilDay> || std::same_as<T, Instant>) append_string(out, to_iso(v));
  else if constexpr (std::same_as<T, CentreCode>) append_string(out, std::to_string(v.value));
  else if constexpr (is_id<T>::value) { out += '"'; append_int(out, v.value); out += '"'; }
  else if constexpr (is_code<T>::value) append_string(out, v.value);
  else if constexpr (std::convertible_to<const T&, std::string_view>) append_string(out, v);
  else if constexpr (DescribedEnum<T>) append_string(out, enum_name(v));
  else if constexpr (is_optional<T>::value) { if (v) append(out, *v); else out += "null"; }
  else if constexpr (is_vector<T>::value) {
    out += '[';
    bool first = true;
    for (const auto& e : v) {
      if (!first) out += ',';
      first = false;
      append(out, e);
    }
    out += ']';
  } else if constexpr (is_map<T>::value) {
    out += '{';
    bool first = true;
    for (const auto& [k, e] : v) {
      if (!first) out += ',';
      first = false;
      append_string(out, k);
      out += ':';
      append(out, e);
    }
    out += '}';
  } else {
    static_assert(Described<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
      const auto& m = v.*d.pointer;
      if constexpr (is_optional<std::remove_cvref_t<decltype(m)>>::value)
        if (!m) return;
      if (!first) out += ',';
      first = false;
      out += '"';
      out += d.name;
      out += "\":";
      append(out, m);
    });
    out += '}';
  }
}

template <class T>
std::string write(const T& v) {
  std::string out;
  append(out, v);
  return out;
}

template <class T>
bool read_node(Node n, T& v, Reading& r) {
  if constexpr (std::same_as<T, bool>) {
    if (n.kind() != Kind::boolean) return r.wrong_type("true 或 false");
    v = n.boolean();
    return true;
  } else if constexpr (std::integral<T>) {
    std::int64_t i = 0;
    if (!read_int(n, i, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                  sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max()
                                 : static_cast<std::int64_t>(std::numeric_limits<T>::max()), r))
      return false;
    v = static_cast<T>(i);
    return true;
  } else if constexpr (std::same_as<T, CivilDay> || std::same_as<T, Instant>) {
    if (n.kind() != Kind::string) return r.wrong_type(std::same_as<T, CivilDay> ? "日期" : "时间");
    auto parsed = [&] {
      if constexpr (std::same_as<T, CivilDay>) return parse_day(n.string());
      else return parse_instant(n.string());
    }();
    if (!parsed) return r.fail(parsed.error().code, parsed.error().sentence, parsed.error().next_step);
    v = *parsed;
    return true;
  } else if constexpr (is_id<T>::value || std::same_as<T, CentreCode>) {
    if (n.kind() != Kind::string) return r.wrong_type("编号（字符串）");
    const auto s = n.string();
    std::int64_t i = 0;
    if (s.empty() || s.size() > 18) return r.wrong_type("编号");
    for (char c : s) {
      if (c < '0' || c > '9') return r.wrong_type("编号");
      i = i * 10 + (c - '0');
    }
    if constexpr (std::same_as<T, CentreCode>)
      if (i < 100000 || i > 999999) return r.wrong_type("六位中心代码");
    v.value = static_cast<decltype(v.value)>(i);
    return true;
  } else if constexpr (is_code<T>::value) {
    return read_text(n, v.value, 64, r);
  } else if constexpr (text_max<T>::value > 0) {
    return read_text(n, v, text_max<T>::value, r);
  } else if constexpr (std::same_as<T, std::string>) {
    return read_text(n, v, static_cast<int>(limits::kTextChars.value), r);
  } else if constexpr (DescribedEnum<T>) {
    if (n.kind() != Kind::string || !enum_from(n.string(), v)) {
      std::string all;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto d) { all += (all.empty() ? "" : "、") + std::string(d.name); });
      return r.fail("base.unknown_value", "这一项的值不在允许的范围内。", "请改为下列之一：" + all + "。");
    }
    return true;
  } else if constexpr (is_optional<T>::value) {
    if (n.kind() == Kind::null) { v.reset(); return true; }
    v.emplace();
    return read_node(n, *v, r);
  } else if constexpr (is_vector<T>::value) {
    if (n.kind() != Kind::array) return r.wrong_type("列表");
    if (static_cast<std::int64_t>(n.size()) > limits::kListItems.value)
      return r.fail("base.too_many", limits::kListItems.message, "请减少项数后重新提交。");
    v.clear();
    bool ok = true;
    std::size_t i = 0;
    const auto keep = r.path.size();
    n.each([&](std::string_view, Node c) {
      r.path += '/' + std::to_string(i++);
      v.emplace_back();
      ok = read_node(c, v.back(), r);
      if (ok) r.path.resize(keep);
      return ok;
    });
    return ok;
  } else if constexpr (is_map<T>::value) {
    if (n.kind() != Kind::object) return r.wrong_type("对象");
    bool ok = true;
    const auto keep = r.path.size();
    n.each([&](std::string_view k, Node c) {
      r.path += '/' + std::string(k);
      ok = read_node(c, v[std::string(k)], r);
      if (ok) r.path.resize(keep);
      return ok;
    });
    return ok;
  } else {
    static_assert(Described<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
    if (n.kind() != Kind::object) return r.wrong_type("对象");
    using Members = MembersOf<T>;
    std::array<bool, boost::mp11::mp_size<Members>::value + 1> seen{};
    bool ok = true;
    const auto keep = r.path.size();
    n.each([&](std::string_view k, Node c) {
      bool known = false;
      std::size_t i = 0;
      boost::mp11::mp_for_each<Members>([&](auto d) {
        if (!known && k == d.name) {
          known = true;
          r.path += '/';
          r.path += k;
          if (seen[i]) ok = r.fail("base.repeated_field", "字段重复出现。", "请只保留一个。");
          else ok = read_node(c, v.*d.pointer, r);
          seen[i] = true;
          if (ok) r.path.resize(keep);
        }
        ++i;
      });
      if (!known) {
        r.path += '/';
        r.path += k;
        ok = r.fail("base.unknown_field", "有系统不认识的字段。", "请删去该字段或核对字段名。");
      }
      return ok;
    });
    if (!ok) return false;
    std::size_t i = 0;
    boost::mp11::mp_for_each<Members>([&](auto d) {
      using M = std::remove_cvref_t<decltype(v.*d.pointer)>;
      if constexpr (!is_optional<M>::value && !is_vector<M>::value && !is_map<M>::value)
        if (ok && !seen[i]) {
          r.path += '/';
          r.path += d.name;
          ok = r.fail("base.missing_field", "缺少必填的字段。", "请补上该字段。");
        }
      ++i;
    });
    return ok;
  }
}

template <class T>
Result<T> read(std::string_view text) {
  thread_local Parser parser;
  auto node = parser.parse(text);
  if (!node) return std::move(node).error();
  T v{};
  Reading r;
  if (!read_node(*node, v, r)) return std::move(*r.refusal);
  return v;
}

// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of T, inline, as JSON text.
template <class T>
std::string schema() {
  if constexpr (std::same_as<T, bool>) return R"({"type":"boolean"})";
  else if constexpr (std::integral<T>) return R"({"type":"integer"})";
  else if constexpr (std::same_as<T, CivilDay>) return R"({"type":"string","format":"date"})";
  else if constexpr (std::same_as<T, Instant>) return R"({"type":"string","format":"date-time"})";
  else if constexpr (std::same_as<T, CentreCode>) return R"({"type":"string","pattern":"^[1-9][0-9]{5}$"})";
  else if constexpr (is_id<T>::value) return R"({"type":"string","pattern":"^[0-9]{1,18}$"})";
  else if constexpr (is_code<T>::value) return R"({"type":"string","maxLength":64})";
  else if constexpr (text_max<T>::value > 0)
    return R"({"type":"string","maxLength":)" + std::to_string(text_max<T>::value) + "}";
  else if constexpr (std::convertible_to<const T&, std::string_view>)
    return R"({"type":"string","maxLength":)" + std::to_string(limits::kTextChars.value) + "}";
  else if constexpr (DescribedEnum<T>) {
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto d) { all += (all.empty() ? "\"" : ",\"") + std::string(d.name) + "\""; });
    return R"({"type":"string","enum":[)" + all + "]}";
  } else if constexpr (is_optional<T>::value) return schema<typename T::value_type>();
  else if constexpr (is_vector<T>::value)
    return R"({"type":"array","maxItems":)" + std::to_string(limits::kListItems.value) + R"(,"items":)" +
           schema<typename T::value_type>() + "}";
  else if constexpr (is_map<T>::value)
    return R"({"type":"object","additionalProperties":)" + schema<typename T::mapped_type>() + "}";
  else {
    std::string properties, required;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
      using M = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
      properties += (properties.empty() ? "\"" : ",\"") + std::string(d.name) + "\":" + schema<M>();
      if constexpr (!is_optional<M>::value && !is_vector<M>::value && !is_map<M>::value)
        required += (required.empty() ? "\"" : ",\"") + std::string(d.name) + "\"";
    });
    return R"({"type":"object","additionalProperties":false,"properties":{)" + properties + R"(},"required":[)" +
           required + "]}";
  }
}

}  // namespace json
}  // namespace yi
