#include "identity/sign_in.h"

#include "base/text.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "crypto/totp.h"

namespace yi::identity {
namespace {

// One sentence for all causes: whoever guesses learns nothing from it.
Refusal login_failed() {
  return {"identity.login_failed", "账号或密码不对，或者账号暂时锁定、已停用。",
          "请核对后再试；连续 5 次不对会锁定 15 分钟。忘记密码请联系安全保密管理员。", 401, ""};
}

Refusal weak(const char* sentence) { return {"identity.weak_password", sentence, "请用 10 个以上字符，例如几个不相干的词，不要含账号名。", 422, "/password"}; }

}  // namespace

Checked check_strength(const std::string& account, std::string_view password) {
  if (!valid_utf8(password)) return weak("密码含有不能识别的字符。");
  const auto n = static_cast<std::int64_t>(count_code_points(password));
  if (n < limits::kPasswordLeastChars.value) return weak(limits::kPasswordLeastChars.message);
  if (n > limits::kPasswordChars.value) return weak(limits::kPasswordChars.message);
  if (password.find(account) != password.npos) return weak("密码中含有账号名。");
  std::array<bool, 256> seen{};
  int different = 0;
  for (const char c : password)
    if (!std::exchange(seen[static_cast<unsigned char>(c)], true)) ++different;
  if (different < 5) return weak("密码中不同的字符太少。");
  return Done{};
}

SignIn::SignIn(const AccountBook& book, SecretsFile& file, store::KeyVault& keys, Sessions& sessions, Lockout& lockout, AuditLog& audit, Now now)
    : book_(book), secrets_(file, keys), sessions_(sessions), lockout_(lockout), audit_(audit), now_(std::move(now)), hashes_(limits::kPasswordHashes.value) {}

bool SignIn::check(const std::string& hash, const crypto::Secret& password) {
  std::call_once(dummy_once_, [this] { dummy_ = crypto::hash_password(crypto::Secret(crypto::random_token())); });
  hashes_.acquire();
  struct Release {
    std::counting_semaphore<>& s;
    ~Release() { s.release(); }
  } release{hashes_};
  const bool good = crypto::check_password(hash.empty() ? dummy_ : hash, password);
  return good && !hash.empty();
}

std::string SignIn::hash(const crypto::Secret& password) {
  hashes_.acquire();
  struct Release {
    std::counting_semaphore<>& s;
    ~Release() { s.release(); }
  } release{hashes_};
  return crypto::hash_password(password);
}

Refusal SignIn::failed(const std::string& account, const std::string& address, const char* why) {
  lockout_.failed(account, address);
  // What was typed is recorded only where it is an account: a password typed into the wrong field must not stand here.
  const bool known = book_.find(account) != nullptr;
  audit_.note({known ? account : "?", Outcome::sign_in_failed, "identity.login", known ? account : "", 0, why, "", address});
  return login_failed();
}

Checked SignIn::verify(const std::string& account, const crypto::Secret& password, const std::string& address) {
  // Before anything is hashed: a flood from one place costs nothing.
  if (lockout_.address_locked(account, address)) {
    audit_.note({"?", Outcome::sign_in_failed, "identity.login", "", 0, "identity.address_locked", "", address});
    return Refusal{"identity.address_locked", "这个网络地址登录失败的次数过多，暂时不能登录新的账号。", "请 15 分钟后再试，或换一台登录过的设备。", 429, ""};
  }
  const auto a = is_account_name(account) ? book_.find(account) : nullptr;
  if (!lockout_.admit_try(account, address, a && a->state.kind == AccountKind::staff))
    return Refusal{"identity.too_many_tries", "这里登录的次数过多，暂时不再核对密码。", "请一分钟后再试。", 429, ""};
  const auto secret = a ? secrets_.find(account) : AccountSecret{};
  const bool locked = lockout_.locked(account, address);
  const bool right = check(secret.password_hash, password);  // whoever it is: the same time
  if (locked) return failed(account, address, "identity.locked");
  if (!a || a->state.suspended || !right) return failed(account, address, !a ? "identity.unknown_account" : a->state.suspended ? "identity.suspended" : "identity.wrong_password");
  return Done{};
}

Result<std::string> SignIn::sign_in(const Credentials& c) {
  YI_CHECK(verify(c.account, c.password, c.address));
  const auto fresh = crypto::is_outdated(secrets_.find(c.account).password_hash) ? hash(c.password) : std::string();
  enum class Code { good, needed, wrong } code = Code::good;
  // A code opens once, also when it comes twice at the same moment, at two nodes.
  secrets_.change(c.account, [&](AccountSecret& secret) {
    code = Code::good;
    if (!secret.totp_seed.empty()) {
      const auto step = c.code.empty() ? std::nullopt : crypto::check_totp(secret.totp_seed, c.code, now_(), secret.totp_step);
      if (!step) {
        code = c.code.empty() ? Code::needed : Code::wrong;
        return false;
      }
      secret.totp_step = *step;
    }
    const bool outdated = !fresh.empty() && crypto::is_outdated(secret.password_hash);
    if (outdated) secret.password_hash = fresh;
    return outdated || !secret.totp_seed.empty();
  });
  if (code == Code::needed) return Refusal{"identity.code_required", "这个账号启用了动态口令。", "请打开验证器应用，填写六位动态口令。", 401, "/code"};
  if (code == Code::wrong) return failed(c.account, c.address, "identity.wrong_code");
  lockout_.succeeded(c.account, c.address);
  return sign_in_as(c.account, c.address, "password");
}

Checked SignIn::admit_registration(const std::string& address) {
  if (lockout_.admit_registration(address)) return Done{};
  return Refusal{"identity.too_many_registrations", limits::kRegistrations.message, "请 15 分钟后再试，或到窗口办理。", 429, ""};
}

Result<std::string> SignIn::sign_in_as(const std::string& account, const std::string& address, const std::string& by) {
  const auto a = book_.find(account);
  if (!a || a->state.suspended) return login_failed();
  YI_CHECK(audit_.record_and_wait({account, Outcome::signed_in, "identity.login", account, 0, "", by, address}));
  return sessions_.open(account, a->state.version);
}

Checked SignIn::change_password(const std::string& account, const crypto::Secret& old, const crypto::Secret& fresh, const std::string& address) {
  YI_CHECK(check_strength(account, fresh.reveal()));
  YI_CHECK(verify(account, old, address));
  return set_password(account, fresh, address, false);
}

Checked SignIn::set_password(const std::string& account, const crypto::Secret& fresh, const std::string& address, bool by_link) {
  YI_CHECK(check_strength(account, fresh.reveal()));
  const auto hashed = hash(fresh);
  YI_CHECK(audit_.record_and_wait({account, Outcome::secret_changed, "identity.change_password", account, 0, "", "", address}));
  secrets_.change(account, [&](AccountSecret& secret) {
    secret.password_hash = hashed;
    if (by_link) secret.totp_seed = crypto::Secret();  // a lost telephone is put right the same way
    secret.totp_pending = crypto::Secret();  // begun with the old password
    return true;
  });
  sessions_.close_all_of(account);
  lockout_.succeeded(account, address);
  return Done{};
}

Result<crypto::Secret> SignIn::enrol_totp(const Credentials& c, const std::string& issuer) {
  YI_CHECK(verify(c.account, c.password, c.address));
  const auto seed = crypto::new_totp_seed();
  bool good = false;
  secrets_.change(c.account, [&](AccountSecret& secret) {
    good = secret.totp_seed.empty();
    if (!good) {
      const auto step = crypto::check_totp(secret.totp_seed, c.code, now_(), secret.totp_step);
      if (!step) return false;
      good = true;
      secret.totp_step = *step;
    }
    secret.totp_pending = seed.copy();
    secret.pending_at = now_();
    secret.pending_wrong = 0;
    return true;
  });
  if (!good) {
    if (!c.code.empty()) static_cast<void>(failed(c.account, c.address, "identity.wrong_code"));  // guessed at here as at the door
    return Refusal{"identity.wrong_code", "已经启用的动态口令不对。", "请填写旧手机上现在的六位口令；刚用过的，等下一个。", 422, "/code"};
  }
  return crypto::totp_link(seed, issuer, c.account);
}

Checked SignIn::confirm_totp(const std::string& account, const std::string& code) {
  enum class Code { good, wrong, over } given = Code::over;
  secrets_.change(account, [&](AccountSecret& secret) {
    given = Code::over;
    if (secret.totp_pending.empty()) return false;
    const bool late = now_().ms - secret.pending_at.ms >= kPendingMinutes * 60'000;
    const auto step = late ? std::nullopt : crypto::check_totp(secret.totp_pending, code, now_(), 0);
    if (step) {
      given = Code::good;
      secret.totp_seed = std::move(secret.totp_pending);
      secret.totp_step = *step;
    } else if (!late && ++secret.pending_wrong < kPendingCodes) {
      given = Code::wrong;
      return true;
    }
    secret.totp_pending = {};
    return true;
  });
  if (given == Code::wrong) return Refusal{"identity.wrong_code", "动态口令不对。", "请核对手机时间，填写当前的六位口令。", 422, "/code"};
  if (given == Code::over) return Refusal{"identity.enrolment_over", "没有等待确认的动态口令：还没有开始设置，或者过了 10 分钟、错了 5 次，密钥已作废。", "请重新开始设置。", 409, ""};
  sessions_.close_all_of(account);  // opened before, perhaps by whoever knew the password alone
  return Done{};
}

}  // namespace yi::identity
