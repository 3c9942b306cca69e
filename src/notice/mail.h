#pragma once
// Electronic mail: a letter as MIME (RFC 5322, RFC 2045-2047), and the server that takes it (RFC 5321).
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/secret.h"

namespace yi::notice {

struct Enclosure {
  std::string name;  // UTF-8; RFC 2231 carries it
  std::string media_type;
  std::string bytes;
};
struct Mail {
  std::string to;          // one address, checked by whoever took it down
  std::string subject, text;
  std::string message_id;  // without brackets; the same letter, the same id
  std::vector<Enclosure> enclosures;
};

enum class Security {
  none,      // plain; to this machine alone where a password is sent
  starttls,  // TLS after the greeting, or nothing is sent
  tls        // TLS from the first byte
};
BOOST_DESCRIBE_ENUM(Security, none, starttls, tls)

// data/<province>/mail.yaml. Without the file the centre sends no mail.
struct MailSettings {
  std::string host;
  int port = 25;
  Security security = Security::starttls;
  std::string user, password_file;  // both or neither; the file as identity::read_secret_file wants it
  std::string ca_file;              // "": the system's
  std::string from, from_name;
  int timeout_seconds = 30;
  std::vector<int> retry_minutes;   // after the first try that failed, the second, …; then nobody tries by itself
  // Nothing where there is no such file. Refusals of base/yaml.h, "notice.bad_mail_settings".
  static Result<std::optional<MailSettings>> load(const std::filesystem::path& file);
};

// The letter with its headers, lines of at most 998 bytes, CRLF. Pure: `date` is the machine's time.
std::string to_mime(const Mail& mail, const MailSettings& settings, Instant date);

struct Outcome {
  bool sent = false;
  bool permanent = false;  // the server has said no for good (5yz), apart from a log-in that it refuses
  std::string answer;      // for people: the server's last words, or what went wrong; never an address, never a password
};

// Thread-safe; each send is a connection of its own.
class MailServer {
 public:
  // Reads the password. Refusals of identity::read_secret_file.
  static Result<MailServer> open(MailSettings settings);
  Outcome send(const Mail& mail, Instant date) const;
  const MailSettings& settings() const { return settings_; }

 private:
  MailServer(MailSettings settings, crypto::Secret password) : settings_(std::move(settings)), password_(std::move(password)) {}
  MailSettings settings_;
  crypto::Secret password_;
};

// Words of a server without anything that looks like an address, at most 300 characters.
std::string without_addresses(std::string_view words);

}  // namespace yi::notice
