#pragma once
// Wishes about numbers, calls and appointments. Who may give them stands in data/roles.yaml.
#include "casework/house_events.h"
#include "hall/ticket_events.h"

namespace yi::hall {

struct TakeTicket {
  LineCode line;
  bool priority = false;              // 老幼病残孕、现役军人等, as the guide or the visitor says
  std::optional<HolderName> holder;   // masked already
  std::vector<MatterCode> matters;
};
BOOST_DESCRIBE_STRUCT(TakeTicket, (), (line, priority, holder, matters))
struct CheckIn {
  AppointmentId appointment;
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (appointment))
struct OpenWindow {
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(OpenWindow, (), (window))
struct CloseWindow {
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(CloseWindow, (), (window))
struct TakeOverWindow {
  WindowCode window;
  Text<120> reason;
};
BOOST_DESCRIBE_STRUCT(TakeOverWindow, (), (window, reason))
// What the window has before it is finished first: one press for the clerk.
struct CallNext {
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(CallNext, (), (window))
// These are about the ticket that the window is serving.
struct Recall {
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(Recall, (), (window))
struct Hold {
  WindowCode window;
  Text<120> reason;
};
BOOST_DESCRIBE_STRUCT(Hold, (), (window, reason))
struct Skip {
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(Skip, (), (window))
struct Finish {
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(Finish, (), (window))
struct PassOn {
  WindowCode window;
  LineCode line;
  Text<120> reason;
};
BOOST_DESCRIBE_STRUCT(PassOn, (), (window, line, reason))

struct Resume {
  TicketId ticket;
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(Resume, (), (ticket, window))
struct Rejoin {
  TicketId ticket;
};
BOOST_DESCRIBE_STRUCT(Rejoin, (), (ticket))
struct GiveUp {
  TicketId ticket;
};
BOOST_DESCRIBE_STRUCT(GiveUp, (), (ticket))

// 一次一评: by the pad of the window, or by whoever holds the paper's link. It has no door of its own.
struct RateVisit {
  TicketId ticket;
  std::int32_t level = 1;
  casework::Channel channel = casework::Channel::window;
  std::optional<Text<500>> comment;
};
BOOST_DESCRIBE_STRUCT(RateVisit, (), (ticket, level, channel, comment))

struct CloseDay {
  CivilDay day;
  std::optional<LineCode> line;
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(CloseDay, (), (day, line, reason))
struct ReopenDay {
  CivilDay day;
  std::optional<LineCode> line;
};
BOOST_DESCRIBE_STRUCT(ReopenDay, (), (day, line))

struct MakeAppointment {
  LineCode line;
  CivilDay day;
  std::int32_t slot = 0;              // minute of the day
  std::optional<HolderName> holder;
  std::vector<MatterCode> matters;
};
BOOST_DESCRIBE_STRUCT(MakeAppointment, (), (line, day, slot, holder, matters))
struct CancelAppointment {
  AppointmentId appointment;
};
BOOST_DESCRIBE_STRUCT(CancelAppointment, (), (appointment))

}  // namespace yi::hall
