#pragma once
// A value or the reason why there is none. g++ 12 has no std::expected; this is the part of it that we use.
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace yi {

// A refusal is a value, never an exception: three texts for three readers (docs/ARCHITECTURE.md, Errors).
// Each room keeps one enum of its refusals and one table of their texts; this is what leaves the room.
struct Refusal {
  std::string code;       // for machines: "casework.illegal_act"; stable for ever
  std::string sentence;   // for people, Chinese: what happened
  std::string next_step;  // for people, Chinese: what to do now
  int status = 422;       // HTTP status when it leaves through the door (RFC 9110)
  std::string where;      // JSON pointer ("/materials/2/name") or "file:line"; empty when it is about the whole
};

template <class T, class E = Refusal>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}   // NOLINT: implicit on purpose
  Result(E error) : v_(std::in_place_index<1>, std::move(error)) {}   // NOLINT: implicit on purpose

  bool ok() const { return v_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { assert(ok()); return std::get<0>(v_); }
  const T& value() const& { assert(ok()); return std::get<0>(v_); }
  T&& value() && { assert(ok()); return std::get<0>(std::move(v_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  E& error() & { assert(!ok()); return std::get<1>(v_); }
  const E& error() const& { assert(!ok()); return std::get<1>(v_); }
  E&& error() && { assert(!ok()); return std::get<1>(std::move(v_)); }

 private:
  std::variant<T, E> v_;
};

// Nothing to return, but it may be refused.
struct Done {};
using Checked = Result<Done>;

}  // namespace yi

// YI_TRY(x, expression): declares x with the value, or returns the refusal to the caller.
#define YI_TRY_CAT2(a, b) a##b
#define YI_TRY_CAT(a, b) YI_TRY_CAT2(a, b)
#define YI_TRY(decl, expr)                                  \
  auto YI_TRY_CAT(yi_try_, __LINE__) = (expr);              \
  if (!YI_TRY_CAT(yi_try_, __LINE__).ok())                  \
    return std::move(YI_TRY_CAT(yi_try_, __LINE__)).error(); \
  decl = std::move(YI_TRY_CAT(yi_try_, __LINE__)).value()
#define YI_CHECK(expr)                                      \
  if (auto YI_TRY_CAT(yi_try_, __LINE__) = (expr); !YI_TRY_CAT(yi_try_, __LINE__).ok()) \
  return std::move(YI_TRY_CAT(yi_try_, __LINE__)).error()
