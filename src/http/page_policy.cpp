#include "http/page_policy.h"

#include "crypto/encoding.h"
#include "crypto/jws.h"

namespace yi::http {

std::string page_policy(std::initializer_list<std::string_view> styles, Framed framed) {
  std::string out = "default-src 'none'; ";
  if (styles.size() > 0) {
    out += "style-src";
    for (const auto style : styles) out += " 'sha256-" + crypto::base64(crypto::sha256(style)) + "'";
    out += "; ";
  }
  out += "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors ";
  return out + (framed == Framed::by_this_site ? "'self'" : "'none'");
}

}  // namespace yi::http
