#pragma once
// For tests only: the Chinese calendar from the places of sun and moon, as GB/T 33661-2017 defines it, to check
// lunar.yaml by a way of its own. Sun and new moons after J. Meeus, Astronomical Algorithms (2nd ed.), chapters 25 and 49,
// good to a few minutes; a day is decided at midnight of UTC+8.
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/time.h"

namespace yi::calendar::astronomy {

inline double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// Apparent longitude of the sun in degrees, 0 to 360, at a moment of dynamical time (Julian ephemeris days).
inline double sun_longitude(double jde) {
  const double t = (jde - 2451545.0) / 36525;
  const double mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
  const double m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t);
  const double centre = (1.914602 - 0.004817 * t) * std::sin(m) + (0.019993 - 0.000101 * t) * std::sin(2 * m) + 0.000289 * std::sin(3 * m);
  const double node = radians(125.04 - 1934.136 * t);
  const double l = std::fmod(mean + centre - 0.00569 - 0.00478 * std::sin(node), 360);
  return l < 0 ? l + 360 : l;
}

// Moment of the k-th new moon from the first of the year 2000.
inline double new_moon(int k) {
  const double t = k / 1236.85, e = 1 - 0.002516 * t;
  const double m = radians(2.5534 + 29.10535670 * k);                              // the sun's mean anomaly
  const double p = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t);       // the moon's
  const double f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t);       // its argument of latitude
  const double o = radians(124.7746 - 1.56375588 * k);                             // its node
  const std::array<std::pair<double, double>, 15> terms{{
      {-0.40720, p},           {0.17241 * e, m},          {0.01608, 2 * p},         {0.01039, 2 * f},          {0.00739 * e, p - m},
      {-0.00514 * e, p + m},   {0.00208 * e * e, 2 * m},  {-0.00111, p - 2 * f},    {-0.00057, p + 2 * f},     {0.00056 * e, 2 * p + m},
      {-0.00042, 3 * p},       {0.00042 * e, m + 2 * f},  {0.00038 * e, m - 2 * f}, {-0.00024 * e, 2 * p - m}, {-0.00017, o}}};
  double jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
  for (const auto& [factor, angle] : terms) jde += factor * std::sin(angle);
  return jde;
}

// The civil day (UTC+8) of a moment of dynamical time; difference to universal time after Espenak and Meeus, 2005 to 2050.
inline CivilDay civil(double jde) {
  const double years = (jde - 2451545.0) / 365.25;
  const double delta_s = 62.92 + 0.32217 * years + 0.005589 * years * years;
  const double unix_days = jde - 2440587.5 - delta_s / 86400 + 8.0 / 24;
  return {static_cast<std::int32_t>(std::floor(unix_days))};
}

// The day in `year` on which the sun reaches `degrees`.
inline CivilDay term(int year, double degrees) {
  const double march = 2440587.5 + CivilDay::of(year, 3, 20).days;
  double jde = march + (degrees < 280 ? degrees : degrees - 360) * 365.2422 / 360;
  for (int i = 0; i < 20; ++i) {
    double off = std::fmod(degrees - sun_longitude(jde) + 540, 360) - 180;
    jde += off * 365.2422 / 360;
  }
  return civil(jde);
}

// First days of the months 1 to 12 (leap months left out) of the Chinese year that begins in `year`, [1] to [12]; the
// eleventh and twelfth are those before its spring festival.
inline std::array<CivilDay, 13> months(int year) {
  const CivilDay from = term(year - 1, 270), to = term(year, 270);  // 冬至 lies in the eleventh month
  std::vector<CivilDay> starts;
  for (int k = static_cast<int>((year - 2000) * 12.3685) - 4; static_cast<int>(starts.size()) < 20; ++k) starts.push_back(civil(new_moon(k)));
  std::size_t first = 0, last = 0;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (starts[i] <= from) first = i;
    if (starts[i] <= to) last = i;
  }
  std::vector<CivilDay> middles{from};  // 中气
  for (int degrees = 300; degrees < 300 + 360; degrees += 30) middles.push_back(term(year, degrees % 360));
  bool leap_wanted = last - first == 13;
  std::array<CivilDay, 13> out{};
  for (std::size_t i = first, number = 11; i < last; ++i) {
    bool has_middle = false;
    for (const CivilDay d : middles) has_middle = has_middle || (starts[i] <= d && d < starts[i + 1]);
    if (leap_wanted && !has_middle) {  // the first month without one is the leap month
      leap_wanted = false;
      continue;
    }
    out[number] = starts[i];
    number = number % 12 + 1;
  }
  return out;
}

}  // namespace yi::calendar::astronomy
