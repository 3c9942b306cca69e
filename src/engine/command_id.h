#pragma once
// By what a command is known when it comes again: an id that its giver chooses, and a digest of what it says.
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "store/record.h"

namespace yi::engine {

// What a repetition must have in common: the command, its body, and whoever gives it, so that nobody gets another's answer.
store::CommandDigest digest_of(std::string_view command_name, std::string_view body, std::string_view account);
// Time-ordered (UUIDv7's layout: 48 bits of milliseconds, then counter and randomness), so that the table of ids is
// appended to. For commands that the program itself gives.
store::CommandId new_command_id();
// Whether an id's first six bytes are its milliseconds (version 7), and the first such id of an instant.
bool is_time_ordered(std::string_view id);
std::string first_id_of(Instant t);
// A client's Idempotency-Key: a UUID in its usual form; one ordered in time (version 7) is of today or before: an id of the far
// future would end the short way by which new ones are known. Refusal "engine.bad_command_id".
Result<store::CommandId> parse_command_id(std::string_view text);

}  // namespace yi::engine
