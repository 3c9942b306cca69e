#pragma once
// What a centre's catalogue consists of. Plain values, in the order of the files of data/<province>/; the meaning
// of every field is in docs/catalog.md. Everything here is checked by Catalog::load: codes that are named exist.
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "catalog/matter.h"

namespace yi::catalog {

using RegionCode = Code<struct RegionTag>;      // GB/T 2260, six digits
using BundleCode = Code<struct BundleTag>;      // "SBKJM"
using MemberCode = Code<struct MemberTag>;      // "SBKJM-1"
using CategoryCode = Code<struct CategoryTag>;  // "PRJ"
using ServiceCode = Code<struct ServiceTag>;    // "PRJ-01"
using PlateCode = Code<struct PlateTag>;        // "PLATE-1"
using ChainCode = Code<struct ChainTag>;        // "ROBOT"

enum class SourceKind {
  official, official_copy, mirror, mirror_low_trust, copy, library_copy, press, press_copy, article, agency, code,
  summary, law, local, unverified
};
BOOST_DESCRIBE_ENUM(SourceKind, official, official_copy, mirror, mirror_low_trust, copy, library_copy, press, press_copy,
                    article, agency, code, summary, law, local, unverified)

struct Source {
  SourceCode code;
  std::string title;
  SourceKind kind{};
  std::optional<std::string> url;
};

enum class DepartmentGroup {
  constituent, special_body, directly_under, administered, institution, party, central, judicial, mass_organisation,
  utility, local
};
BOOST_DESCRIBE_ENUM(DepartmentGroup, constituent, special_body, directly_under, administered, institution, party, central,
                    judicial, mass_organisation, utility, local)
enum class HallWindow { confirmed, expected, unknown };
BOOST_DESCRIBE_ENUM(HallWindow, confirmed, expected, unknown)

struct Department {
  DepartmentCode code;
  std::string name;        // 全称
  std::string short_name;  // as bulletins write it: 厅 without 省, 委局办 with it
  DepartmentGroup group{};
  HallWindow hall_window{};
  std::optional<std::string> uscc;         // 统一社会信用代码, 18 characters
  std::optional<std::string> portal_code;  // the province's portal's own code
  std::optional<std::string> hall_place, phone, phone_note;
  Provenance from;
};

enum class RegionLevel { province, prefecture };
BOOST_DESCRIBE_ENUM(RegionLevel, province, prefecture)

struct Region {
  RegionCode code;
  std::string name, short_name;
  RegionLevel level{};
  std::optional<RegionCode> parent;  // empty for the province alone
  Provenance from;
  std::string platform_code() const { return code.value + "000000"; }  // twelve digits, GB/T 39046
};

enum class WindowKind { comprehensive, domain, special, issue, unresolved };
BOOST_DESCRIBE_ENUM(WindowKind, comprehensive, domain, special, issue, unresolved)

struct Window {
  WindowCode code;
  std::string name;
  WindowKind kind{};
  std::vector<DepartmentCode> departments;  // domain and special; comprehensive and issue windows serve all
  std::vector<std::string> operators;       // account names, each at one window
  bool closed = false;                      // out of service: receives and issues nothing; cases of former days name it
  Provenance from;
  // Whether matters of this department are received here; an issue window receives none.
  bool receives(const DepartmentCode& department) const;
  // Whether results of this department are handed out here: an issue window's work, and a special window's own.
  bool issues(const DepartmentCode& department) const;
};

enum class Audience { enterprise, person };
BOOST_DESCRIBE_ENUM(Audience, enterprise, person)
enum class Requirement { mandatory, conditional, optional, alternative };
BOOST_DESCRIBE_ENUM(Requirement, mandatory, conditional, optional, alternative)
enum class Handling { apply, auto_check, guide };
BOOST_DESCRIBE_ENUM(Handling, apply, auto_check, guide)
enum class Level { province, city, county, town };
BOOST_DESCRIBE_ENUM(Level, province, city, county, town)
enum class Obtain { submit, upload, fill, generate, e_licence, share, output, hand_in };
BOOST_DESCRIBE_ENUM(Obtain, submit, upload, fill, generate, e_licence, share, output, hand_in)

struct BundlePromise {
  int days = 0;
  Unit unit{};
  std::optional<std::string> scope;  // what the days cover, of a whole bundle
  Provenance from;
};

struct BundleMember {
  MemberCode code;
  std::string name;
  DepartmentCode department;
  bool department_unverified = false;
  Requirement requirement{};
  std::optional<MemberCode> alternative_to;  // exactly for requirement alternative
  std::optional<std::string> condition;      // always for requirement conditional
  std::vector<MemberCode> after;             // of the same bundle, without cycles; binds when that member is chosen
  Handling handling = Handling::apply;
  std::string result;
  std::optional<BundlePromise> promised;
  std::vector<Level> levels;
  bool in_national_list = false;
  std::optional<std::string> note;
  Provenance from;
};

struct BundleMaterial {
  std::string name;
  std::vector<MemberCode> used_by;  // empty: the whole bundle
  bool shared = false;
  std::vector<Obtain> obtain;           // never empty
  std::vector<std::string> share_from;  // only when obtain has share; empty: not known from where
  std::optional<MemberCode> output_of;  // exactly when obtain has output
  std::optional<std::string> condition, note;
  Provenance from;
};

struct Bundle {  // “一件事”
  BundleCode code;
  std::string name;
  std::vector<std::string> aliases;  // with the name unique over all bundles
  Audience audience{};
  std::string stage;  // of Catalog::stages(audience)
  std::optional<std::string> lead_national;
  std::optional<Provenance> lead_national_from;
  DepartmentCode lead;
  bool lead_joint = false;  // named jointly with other departments
  std::optional<std::string> lead_note;
  Provenance lead_from;
  std::optional<std::string> scope;
  struct Step { std::string name; Provenance from; };
  std::vector<Step> pre_steps;
  std::string order_note;
  std::vector<SourceCode> order_source;
  std::vector<MemberCode> at_least_one_of;
  std::vector<BundleMember> members;
  std::vector<BundleMaterial> materials;
  std::vector<std::string> results;
  std::optional<BundlePromise> promised;
  struct Visits { int count = 0; std::optional<std::string> scope; Provenance from; };
  std::optional<Visits> visits;
  struct Comparison { std::optional<std::string> before; std::string after; Provenance from; };
  std::optional<Comparison> comparison;
  std::vector<std::string> channels, notes;
  std::vector<SourceCode> channels_source, notes_source;
  Provenance from;
  std::string entry;  // as the file, or the ledger's change, has it: one JSON object
  const BundleMember* find_member(const MemberCode& code) const;
};

struct BundleBatch {  // a published list of one-thing names
  std::string code;
  std::optional<std::string> document;
  int count = 0;
  std::optional<int> count_enterprise, count_person;
  std::vector<std::string> names;
  bool names_complete = false;
  std::optional<std::string> note;
  Provenance from;
};

struct BackgroundNote {
  std::string text;
  Provenance from;
};

enum class ServiceKind { basic, value_added };
BOOST_DESCRIBE_ENUM(ServiceKind, basic, value_added)
enum class NameMatch { exact, adapted, none };
BOOST_DESCRIBE_ENUM(NameMatch, exact, adapted, none)

struct ServiceItem {
  ServiceCode code;
  std::string name;  // unique over the whole list
  ServiceKind kind{};
  DepartmentCode department;
  NameMatch name_match{};
  Provenance from;
};

struct ServiceCategory {
  CategoryCode code;
  std::string name;
  std::vector<ServiceItem> items;  // as many as the published count
};

struct Plate {
  PlateCode code;
  std::string name;
  std::vector<CategoryCode> categories;  // each category belongs to one plate
  Provenance from;
};

enum class ChainPosition { upstream, midstream, downstream, application };
BOOST_DESCRIBE_ENUM(ChainPosition, upstream, midstream, downstream, application)

struct ChainNeed {
  std::string name;
  std::vector<ServiceCode> services;
  std::optional<std::string> note;
  Provenance from;
};
struct ChainStage {
  std::string code, name;
  ChainPosition position{};
  std::vector<std::string> segments, segments_unverified;  // the second is a part of the first
  std::vector<ChainNeed> needs;
  Provenance from;
};
struct ChainPlace {
  std::string name;
  std::optional<std::string> note;
  Provenance from;
};
struct Chain {
  ChainCode code;
  std::string name;
  std::vector<ChainPlace> places;
  std::vector<BackgroundNote> background;
  std::vector<ChainStage> stages;
  Provenance from;
};

enum class FactKind { plan_issued, service_list_published };
BOOST_DESCRIBE_ENUM(FactKind, plan_issued, service_list_published)

// A fact with its day, for figures “截至目前”.
struct DatedFact {
  FactKind kind{};
  CivilDay on;
  std::optional<BundleCode> bundle;   // plan_issued; one a bundle
  std::optional<std::string> version;  // service_list_published, and the next two
  int total = 0;
  struct Count { CategoryCode category; int count = 0; };
  std::vector<Count> categories;  // they sum to total
  Provenance from;
};

struct OfficeHours {
  int from_minute = 0, to_minute = 0;  // minutes of the civil day, from < to
};

// A setting with its certainty: no law sets it, so that the page says where it comes from.
template <class T>
struct Setting {
  T value{};
  std::string basis;        // article, published rule, or 本地约定
  bool unverified = false;  // the centre checks it before use
};

// Whether the clocks of a case stand still while it is with another authority (转报、转外).
enum class ForwardPauses {
  never,
  preliminary_only,  // 行政许可法 §43: the lower authority's review ends with the hand-over
  always             // also where the matter turned out to be another authority's
};
BOOST_DESCRIBE_ENUM(ForwardPauses, never, preliminary_only, always)

// What casework takes where a matter has no own. settings.yaml, casework.
struct CaseworkSettings {
  Setting<int> correction_days;              // working days for the applicant to supply corrections; 1..366
  Setting<bool> second_notice_flag;          // a second correction notice for one case raises a flag
  Setting<bool> correction_restarts_notice;  // corrected papers begin the five days of §32 anew; else these go on without the applicant's time
  Setting<ForwardPauses> forward_pauses;
  Setting<bool> extension_moves_promise;     // an extension of the statutory limit extends the promise by the same days
  Setting<int> online_cutoff;                // minute of the civil day, 1..1440, until which an online act is of that day
  Setting<int> draft_days;                   // how long what was filled in and not handed over is kept after its last save; 1..366
  Setting<std::string> review_body, court;   // remedies where the matter names no other
  Setting<std::string> consultation_phone, supervision_phone;
};

// The provider of the unified identity (统一身份认证, OpenID Connect). settings.yaml, unified_identity.
struct UnifiedIdentity {
  std::string issuer;        // "https://sso.example", without a slash at the end
  std::string gateway;       // "http://127.0.0.1:9000", "" where the issuer is on this machine
  std::string client_id;
  std::string client_secret_file;  // absolute path; the file holds the secret alone and is its owner's
  std::string redirect_address;    // of kExternalReturn of identity, as people reach this program; never empty
  std::string scope;               // with "openid"
  std::string number_claim, verified_claim;  // both or none
};

struct Settings {
  CentreCode centre;
  RegionCode region;
  DepartmentCode department;  // the centre as a department
  std::string name, short_name;
  std::string hall_name, hall_short_name, hall_address, complaint_phone;
  std::string online_address;  // as people reach this program, "https://zwfw.example"; stands in QR codes
  std::vector<OfficeHours> office_hours;  // ascending, without overlap
  std::string issuer, masthead;           // of the bulletin
  CaseworkSettings casework;
  std::optional<UnifiedIdentity> unified_identity;  // none: nobody comes from elsewhere
};

}  // namespace yi::catalog
