#pragma once
// The page that the QR code of a paper leads to: how the case stands, what the applicant is asked to correct, how the limits are
// counted, and once it was accepted the proof that the acceptance stands in the ledger. It names no applicant. Whoever holds the paper holds the way in: the address
// carries a key that only the installation can make, so that nobody walks through the numbers.
#include <memory>
#include <string>

#include "calendar/calendar.h"
#include "casework/queue.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "engine/receipts.h"
#include "http/router.h"

namespace yi::casework {

// The position of the acceptance that holds: the last one that was not reversed. `facts`: of one case, oldest first.
std::optional<std::int64_t> acceptance_of(const std::vector<KeptFact>& facts, CentreCode centre);
// The same, of a case in the ledger; nothing for a case that nobody knows or that was not accepted.
std::optional<std::int64_t> find_acceptance(store::Reader& reader, CentreCode centre, CaseId id);

// "/receipts/<number>?k=<16 hex digits>": path and query for the QR code, the same as long as the installation lives.
std::string receipt_path(const store::KeyVault& keys, const std::string& number);

// GET /receipts/{number}, /receipts/{number}/file (both open to whoever has the key) and /api/casework/receipt_link.
// All references outlive the router.
void add_receipt_page(http::Router& router, engine::Engine& engine, engine::Receipts& receipts, const catalog::Catalog& catalog,
                      const calendar::Calendar& calendar);

}  // namespace yi::casework
