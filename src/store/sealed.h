#pragma once
// Personal fields as they stand in facts and views: bytes that only the subject's data key opens (docs/ledger-format.md,
// Sealed fields).
#include <string_view>

#include "base/ids.h"
#include "base/json.h"

namespace yi::store {

// base64(tag ‖ ciphertext) of the personal fields' JSON.
using SealedText = Text<limits::kSealedChars.value>;

// What sealed fields belong to; opened as another's, they are damaged. `part` is the field of the fact that holds them.
struct SealedPlace {
  CentreCode centre;
  std::string_view fact;    // "casework.received/2"
  std::string_view stream;  // "case:20240617000001"
  std::string_view part = "sealed";
};

// Kinds of value that a blind index finds again.
enum class BlindKind {
  citizen,      // 公民身份号码
  uscc,         // 统一社会信用代码
  other,        // passport and other papers
  phone,
  certificate,  // number of a certificate or licence
  external      // somebody's account at an identity provider: issuer, line feed, subject
};
BOOST_DESCRIBE_ENUM(BlindKind, citizen, uscc, other, phone, certificate, external)

// The one form in which a value is compared: blanks and hyphens out, full-width forms to ASCII, capital letters; of a
// phone the digits without +86 or 0086; of an external account every byte as it is.
std::string normalised(BlindKind kind, std::string_view value);

}  // namespace yi::store
