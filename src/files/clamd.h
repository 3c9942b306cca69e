#pragma once
// clamd's INSTREAM (clamd(8)): each piece with its length before it, a zero at the end, one line back.
#include <string>

#include "files/ports.h"

namespace yi::files {

// `address`: a Unix socket's path ("/run/clamav/clamd.ctl"), or "127.0.0.1:3310". Loopback only: files do not leave the
// machine in clear. Each file takes a connection of its own; waiting for clamd ends after `patience_s` seconds.
class ClamdScanner : public Scanner {
 public:
  explicit ClamdScanner(std::string address, int patience_s = 60) : address_(std::move(address)), patience_s_(patience_s) {}
  Result<std::unique_ptr<Scan>> begin() override;

 private:
  const std::string address_;
  const int patience_s_;
};

}  // namespace yi::files
