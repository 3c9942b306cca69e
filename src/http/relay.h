#pragma once
// Requests that another node of the same centre answers (docs/decisions/0020): those that may write, where this node does not lead.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yi::http {

// The header that goes along with a request that is passed on.
inline constexpr std::string_view kPassedOn = "x-yichuang-passed-on";

// Any thread; quick.
class Relay {
 public:
  struct Way {
    enum class To { here, there, nowhere } to = To::here;
    std::string address = {};  // "127.0.0.1:8080", of there
  };
  virtual ~Relay() = default;
  // Who answers what may write, at this moment.
  virtual Way way() const = 0;
  // Whether this node may answer the door by itself. Where a program of another version leads, it cannot read the views that are in use,
  // and shows nothing of the centre.
  virtual bool reads(std::string_view /*door_name*/) const { return true; }
  // A proof that this node saw `client` ask for this; and the client of a proof that is good, not old and for the same request.
  virtual std::string prove(std::string_view client, std::string_view method, std::string_view target) const = 0;
  virtual std::optional<std::string> believe(std::string_view proof, std::string_view method, std::string_view target) const = 0;
  // The leading node has answered with this position of the ledger.
  virtual void heard(std::int64_t position) const = 0;
};

}  // namespace yi::http
