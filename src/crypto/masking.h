#pragma once
// Masking (脱敏) of personal values for people who may not see them whole, domain rules §7.4. Characters are counted, not
// bytes. What is too short or of an unknown form is masked whole; a value never comes back as it was.
#include <string>
#include <string_view>

namespace yi::crypto {

// 张三 张*, 李四五 李*五, 欧阳某某 欧**某: of two characters the first stays, of more the first and the last. A compound
// surname keeps one character, so that it does not narrow the guess. One character: a star.
std::string mask_name(std::string_view name);
// A citizen number of 18 keeps the first 3 and the last 4, of 15 the first 3 and the last 3; anything else only stars.
std::string mask_id_number(std::string_view number);
// Of 11 digits the first 3 and the last 4; of another number of at least 7 digits (with + and - between) the last 4.
std::string mask_phone(std::string_view phone);
// The last 4 of 12 to 19 digits (ISO/IEC 7812).
std::string mask_bank_card(std::string_view card);
// To the township (乡、镇、街道), or where none is named to the county; "****" for the rest, whether there is any or not.
// An address that names no county level is masked whole.
std::string mask_address(std::string_view address);

}  // namespace yi::crypto
