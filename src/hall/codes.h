#pragma once
// Codes that stand on paper and are typed or scanned: a number, and digits that this installation alone can compute of it, so that
// nobody comes to another's appointment or visit by counting. The same on every node, nothing of them is stored.
#include <optional>
#include <string>
#include <string_view>

#include "hall/ticket_events.h"
#include "store/key_vault.h"

namespace yi::hall {

// 报到码: "12-4821", the appointment's number and four digits. Read with blanks or without the stroke too, as people type it.
std::string check_in_code(const store::KeyVault& keys, AppointmentId appointment);
std::optional<AppointmentId> appointment_of_code(const store::KeyVault& keys, std::string_view code);

// What stands behind a ticket's QR: "20240624000012-83920174".
std::string visit_token(const store::KeyVault& keys, TicketId ticket);
std::optional<TicketId> ticket_of_token(const store::KeyVault& keys, std::string_view token);

}  // namespace yi::hall
