#include "engine/receipts.h"

#include <charconv>
#include <cstring>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "crypto/encoding.h"
#include "crypto/key_file.h"
#include "store/centre_secrets.h"

namespace yi::engine {
namespace {

constexpr std::string_view kFormat = "yichuang-receipt/1";
constexpr std::string_view kFormatFamily = "yichuang-receipt/";
constexpr const char* kAlgorithm = "SM2-SM3";
constexpr std::size_t kReceiptBytes = 1024 * 1024;  // a command's body has at most 256 kB, and so its facts

using Position = Id<struct PositionTag>;
using Hash = Text<64>;  // 32 bytes in hex

struct ReceiptGroup {
  Position number, first_seq, events;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(ReceiptGroup, (), (number, first_seq, events, recorded_at))
struct ReceiptProof {
  ReceiptGroup group;
  std::vector<Hash> in_group, in_mountain;
};
BOOST_DESCRIBE_STRUCT(ReceiptProof, (), (group, in_group, in_mountain))
struct ReceiptHead {
  Position seq, groups;
  Instant recorded_at;
  std::vector<Hash> peaks;
  Hash hash;
};
BOOST_DESCRIBE_STRUCT(ReceiptHead, (), (seq, groups, recorded_at, peaks, hash))
struct ReceiptSignature {
  Text<20> algorithm;
  Text<32> key_id;
  Text<120> value;  // base64 of DER
};
BOOST_DESCRIBE_STRUCT(ReceiptSignature, (), (algorithm, key_id, value))
struct ReceiptFile {
  Text<40> format;
  CentreCode centre;
  Position seq;
  Text<1'000'000> record;  // base64
  ReceiptProof proof;
  ReceiptHead head;
  ReceiptSignature signature;
};
BOOST_DESCRIBE_STRUCT(ReceiptFile, (), (format, centre, seq, record, proof, head, signature))

struct PublishedKey {
  Text<32> id;
  Text<20> algorithm;
  Text<4000> public_key;  // PEM
};
BOOST_DESCRIBE_STRUCT(PublishedKey, (), (id, algorithm, public_key))
struct PublishedHead {
  CentreCode centre;
  ReceiptHead head;
  ReceiptSignature signature;
  PublishedKey key;
};
BOOST_DESCRIBE_STRUCT(PublishedHead, (), (centre, head, signature, key))

std::vector<Hash> to_hex(const std::vector<crypto::Digest>& path) {
  std::vector<Hash> out;
  for (const auto& d : path) out.emplace_back(hex(crypto::bytes(d)));
  return out;
}

ReceiptHead to_file(const store::SignedHead& s) {
  ReceiptHead h{{s.head.seq}, {s.head.groups}, {s.head.recorded_at}, {}, hex(crypto::bytes(s.hash))};
  for (std::size_t i = 0; i + 32 <= s.head.peaks.size(); i += 32) h.peaks.emplace_back(hex(std::string_view(s.head.peaks).substr(i, 32)));
  return h;
}
ReceiptSignature signature_of(const store::SignedHead& s) { return {std::string(kAlgorithm), s.key_id, crypto::base64(s.signature)}; }

std::optional<crypto::Digest> digest_of_hex(std::string_view text) {
  const auto b = crypto::from_hex(text);
  if (!b || b->size() != 32) return std::nullopt;
  crypto::Digest d;
  std::memcpy(d.data(), b->data(), 32);
  return d;
}

Refusal unreadable(std::string where) {
  return {"engine.receipt_unreadable", "这不是一份完整的回执，或其中有一项格式不对。", "请重新下载或索取回执；回执文件不能改动。", 422, std::move(where)};
}

// A receipt's JSON as the values that it holds.
struct Opened {
  store::SignedHead head;
  store::Proof proof;
  std::string record;
};

Checked read_path(const std::vector<Hash>& from, std::vector<crypto::Digest>& to, const std::string& where) {
  for (const auto& text : from) {
    const auto d = digest_of_hex(text);
    if (!d) return unreadable(where + "/" + std::to_string(to.size()));
    to.push_back(*d);
  }
  return Done{};
}

Result<Opened> open_receipt(const ReceiptFile& f) {
  Opened o;
  auto& h = o.head;
  h.centre = f.centre;
  h.head = {f.head.seq.value, f.head.groups.value, f.head.recorded_at.ms, 0, {}};
  std::vector<crypto::Digest> peaks;
  YI_CHECK(read_path(f.head.peaks, peaks, "/head/peaks"));
  for (const auto& p : peaks) h.head.peaks += crypto::bytes(p);
  const auto hash = digest_of_hex(f.head.hash);
  if (!hash) return unreadable("/head/hash");
  h.hash = *hash;
  h.key_id = f.signature.key_id;
  if (f.signature.algorithm != kAlgorithm) return unreadable("/signature/algorithm");
  auto signature = crypto::from_base64(f.signature.value);
  if (!signature) return unreadable("/signature/value");
  h.signature = std::move(*signature);
  auto record = crypto::from_base64(f.record);
  if (!record) return unreadable("/record");
  o.record = std::move(*record);
  const auto& g = f.proof.group;
  o.proof = {f.centre, f.seq.value, g.number.value, g.first_seq.value, g.events.value, g.recorded_at.ms, {}, {}, h.head};
  YI_CHECK(read_path(f.proof.in_group, o.proof.in_group, "/proof/in_group"));
  YI_CHECK(read_path(f.proof.in_mountain, o.proof.in_mountain, "/proof/in_mountain"));
  return o;
}

// A later format is told apart from damage, so that its holder knows what to do.
bool is_newer(std::string_view json) {
  json::Parser parser;
  const auto node = parser.parse(json);
  if (!node || node->kind() != json::Kind::object) return false;
  const auto format = node->find("format");
  return format && format->kind() == json::Kind::string && format->string().starts_with(kFormatFamily) && format->string() != kFormat;
}

}  // namespace

Result<crypto::Sm2PrivateKey> Receipts::open_key() {
  const auto& directory = place_.directory;
  if (!place_.on_server()) return crypto::open_or_make_key(directory);
  if (!keys_) throw std::logic_error("receipts of a server's store without keys");
  // One that stands in the data directory signed this centre's receipts before it moved.
  YI_TRY(const auto pem, store::open_or_make_secret(place_, centre_, *keys_, kSigningKey, [&]() -> Result<crypto::Secret> {
    YI_TRY(auto old, crypto::read_signing_key(directory));
    return old ? std::move(*old) : crypto::Sm2PrivateKey::generate().pem();
  }));
  YI_TRY(auto key, crypto::Sm2PrivateKey::from_pem(pem));
  YI_CHECK(crypto::publish_key(directory, key.public_key()));
  return key;
}

Checked Receipts::prepare() {
  if (signer_) return Done{};
  YI_TRY(auto key, open_key());
  key_ = std::make_unique<crypto::Sm2PrivateKey>(std::move(key));
  signer_ = std::make_unique<store::HeadSigner>(*key_, centre_);
  return Done{};
}

Result<std::string> Receipts::receipt(store::Reader& reader, std::int64_t seq) {
  const std::lock_guard lock(m_);
  const auto present = reader.head(centre_);
  if (seq < 1 || seq > present.seq)
    return Refusal{"engine.no_such_record", "账本中没有这条记录。", "请核对记录的序号；最新的序号见 /api/ledger/head。", 404, "seq"};
  YI_CHECK(prepare());
  const auto head = signer_->covering(seq, present, monotonic_ns());
  YI_TRY(const auto proof, prover_.prove(reader, seq, head.head));
  ReceiptFile f{std::string(kFormat), centre_, {seq}, {}, {}, to_file(head), signature_of(head)};
  reader.events(centre_, seq, seq, [&](const store::LedgerRow& row) {
    f.record = crypto::base64(row.record);
    return false;
  });
  f.proof = {{{proof.group}, {proof.first_seq}, {proof.count}, {proof.recorded_at}}, to_hex(proof.in_group), to_hex(proof.in_mountain)};
  return json::write(f);
}

Result<std::string> Receipts::head(store::Reader& reader) {
  const std::lock_guard lock(m_);
  YI_CHECK(prepare());
  const auto head = signer_->latest(reader.head(centre_), monotonic_ns());
  return json::write(PublishedHead{centre_, to_file(head), signature_of(head), {head.key_id, std::string(kAlgorithm), key_->public_key().pem()}});
}

store::Record ProvenFact::record() const {
  store::Record r;
  store::decode(bytes, r);  // verify_receipt saw that it reads
  return r;
}

Result<ProvenFact> verify_receipt(std::string_view text, const crypto::Sm2PublicKey& key) {
  if (text.size() > kReceiptBytes) return unreadable("");
  if (is_newer(text)) return Refusal{"engine.receipt_newer", "回执的格式比本程序新。", "请用更新版本的一窗核对。", 422, "/format"};
  const auto file = json::read<ReceiptFile>(text);
  if (!file) return unreadable(file.error().where);
  if (file->format != kFormat) return unreadable("/format");
  YI_TRY(auto o, open_receipt(*file));
  switch (store::check_head(o.head, key)) {
    case store::HeadFault::other_key:
      return Refusal{"engine.receipt_other_key", "回执由另一个密钥签名（" + o.head.key_id + "），不是给出的公钥（" + key.id() + "）。",
                     "请使用出具回执的中心当时公布的公钥。", 422, "/signature/key_id"};
    case store::HeadFault::hash:
      return Refusal{"engine.receipt_bad_head", "账本头的散列与它的各项不符：账本头被改动。", "请勿采信；请向中心重新索取。", 422, "/head"};
    case store::HeadFault::signature:
      return Refusal{"engine.receipt_bad_signature", "签名不是这个公钥对这个账本头的签名：账本头或签名被改动。", "请勿采信；请向中心重新索取。", 422, "/signature"};
    case store::HeadFault::none: break;
  }
  store::Record r;
  if (!store::verify_proof(o.record, o.proof, o.head.hash) || !store::decode(o.record, r))
    return Refusal{"engine.receipt_bad_proof", "账本头的签名有效，但这条记录不在它之下：记录、序号或证明路径被改动。", "请勿采信；请向中心重新索取。", 422, "/proof"};
  return ProvenFact{o.head.centre, o.proof.seq, std::move(o.record), o.head.head, hex(crypto::bytes(o.head.hash)), o.head.key_id};
}

void add_receipt_doors(http::Router& router, Engine& engine, Receipts& receipts) {
  const std::vector<std::string> key_codes{"crypto.key_unreadable", "crypto.key_exposed", "crypto.bad_private_key"};
  const auto answer = [](http::Responder& reply, Result<std::string> body) {
    if (!body) return reply(http::problem(body.error()));
    http::Response r;
    r.body = std::move(*body);
    reply(std::move(r));
  };

  http::Door one;
  one.pattern = "/api/ledger/receipts/{seq}";
  one.name = "engine.get_receipt";
  one.summary = "一条事实的回执：可离线核对的证明";
  one.right = "ledger.read_receipt";
  one.audit_class = "personal";
  one.parameters = {{"seq", "账本中的序号（提交命令时返回的 position）", R"({"type":"string","pattern":"^[0-9]{1,18}$","minLength":1,"maxLength":18})", true, true}};
  one.replies = {{200, "回执（docs/receipt-format.md）", "application/json", json::schema<ReceiptFile>()}};
  one.refusal_codes = {"engine.no_such_record", "store.ledger_differs"};
  one.refusal_codes.insert(one.refusal_codes.end(), key_codes.begin(), key_codes.end());
  one.runs_on = http::RunsOn::worker;
  one.handle = [&engine, &receipts, answer](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto& text = request.path_parameters.at("seq");
    std::int64_t seq = 0;
    const auto r = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (r.ec != std::errc{} || r.ptr != text.data() + text.size()) seq = 0;  // no such record
    auto reader = engine.reader();
    answer(reply, receipts.receipt(*reader, seq));
  };
  router.add(std::move(one));

  http::Door head;
  head.pattern = "/api/ledger/head";
  head.name = "engine.get_head";
  head.summary = "账本的签名头和核对它的公钥";
  head.right = "public";
  head.audit_class = "none";
  head.replies = {{200, "签名头（docs/receipt-format.md）", "application/json", json::schema<PublishedHead>()}};
  head.refusal_codes = key_codes;
  head.runs_on = http::RunsOn::worker;
  head.handle = [&engine, &receipts, answer](const http::Request&, const http::Caller&, http::Responder reply) {
    auto reader = engine.reader();
    answer(reply, receipts.head(*reader));
  };
  router.add(std::move(head));
}

}  // namespace yi::engine
