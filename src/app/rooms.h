#pragma once
// Wiring: which rooms this program has, and what each is told of the catalogue.
#include <memory>

#include "bulletin/item_rules.h"
#include "bulletin/names.h"
#include "calendar/calendar.h"
#include "casework/declare.h"
#include "catalog/changes.h"
#include "conduct/conduct_rules.h"
#include "engine/registry.h"
#include "hall/follow_up_rules.h"
#include "hall/ticket_rules.h"
#include "identity/accounts.h"
#include "identity/role_table.h"
#include "staff/attendance_rules.h"
#include "staff/leave_rules.h"

namespace yi::app {

// What every room reads and nobody writes while the program runs.
struct Common {
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const calendar::Calendar> calendar;
  std::shared_ptr<const casework::WarningRules> warnings;
  std::shared_ptr<const hall::Lines> lines;
  std::shared_ptr<const hall::FollowUpRules> follow_ups;
  std::shared_ptr<const staff::LeaveRules> leave;
  std::shared_ptr<const staff::AttendanceRules> attendance;
  std::shared_ptr<const conduct::ConductRules> conduct;
  std::shared_ptr<const bulletin::DeskRules> desk;
  std::shared_ptr<const bulletin::WordLists> word_lists;
  std::shared_ptr<casework::WarningBook> warning_book;  // filled from the ledger, like the catalogue's own books
  std::shared_ptr<catalog::Changes> changes;            // which fills them
  bool sends_mail = false;                              // there is a mail.yaml
  casework::Ground ground() const;
};

hall::TicketGround ticket_ground(const Common& common);
hall::FollowUpGround follow_up_ground(const Common& common);
staff::LeaveGround leave_ground(const Common& common, std::shared_ptr<identity::AccountBook> book);
conduct::ConductGround conduct_ground(const Common& common, std::shared_ptr<identity::AccountBook> book);
bulletin::Names bulletin_names(const Common& common);
staff::AttendanceGround attendance_ground(const Common& common, std::shared_ptr<identity::AccountBook> book);
bulletin::DeskGround desk_ground(const Common& common, std::shared_ptr<identity::AccountBook> book, std::shared_ptr<const identity::RoleTable> roles);

// Loads data/<province> and data/calendar below `data_root` ("data" of the program). Refusals are the loaders'.
Result<Common> load_common(const std::string& data_root, const std::string& province = "sichuan");

// `book` hears of accounts as they are committed; none where nobody signs in (replay, rebuild). `roles` says what they may.
engine::RegistryFactory all_rooms(const Common& common, std::shared_ptr<identity::AccountBook> book = {}, std::shared_ptr<const identity::RoleTable> roles = {});

}  // namespace yi::app
