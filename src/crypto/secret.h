#pragma once
// A value that must not be seen: a password, a private key, the seed of a second factor. It cannot be streamed, printed
// or turned into text by accident; `reveal()` is the one way to its bytes, so that a search finds every place. The
// bytes are overwritten when it dies. Values that move keep one owner; copies are made by `copy()` alone.
#include <string>
#include <string_view>

namespace yi::crypto {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes);     // wipes the string it was given
  explicit Secret(std::string_view bytes) : Secret(std::string(bytes)) {}
  explicit Secret(const char* text) : Secret(std::string(text)) {}
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  std::string_view reveal() const { return bytes_; }
  Secret copy() const { return Secret(std::string_view(bytes_)); }
  bool empty() const { return bytes_.empty(); }
  // For log lines and messages: says nothing of the bytes, not even how many there are.
  static std::string_view masked() { return "******"; }

 private:
  std::string bytes_;
};

// What a stream or a formatter would need; deleted, so that the attempt does not compile.
template <class Stream>
Stream& operator<<(Stream&, const Secret&) = delete;

// Overwrites the bytes of a string that held a secret, and empties it.
void wipe(std::string& bytes) noexcept;

}  // namespace yi::crypto
