// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/curve_measures.h"

#include "core/format/duration.h"
#include "ui/look/duration_text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <bit>

namespace halfopen {

namespace {

struct CurveMeasures {
    Q_DECLARE_TR_FUNCTIONS(CurveMeasures)
};

/// 2, 4, 10, 20, 40, 100, ...: few, so that the axis stands still, and their halves are as short.
std::uint64_t shortTop(std::uint64_t most) {
    std::uint64_t top = 2;
    for (std::uint64_t power = 1; top < most; power *= 10)
        for (const std::uint64_t times : {2, 4, 10})
            if (top < most)
                top = times * power;
    return top;
}

/// 1,024 and its multiples are what amounts are written in.
std::uint64_t binaryTop(std::uint64_t most) {
    return std::max<std::uint64_t>(std::bit_ceil(most), 1024);
}

/// Of seconds; a day and its doubles beyond the last.
std::uint64_t clockTop(std::uint64_t most) {
    constexpr std::array<std::uint64_t, 12> kTops{4,       10,      20,   60,   2 * 60, 4 * 60,
                                                  10 * 60, 20 * 60, 3600, 7200, 14'400, 43'200};
    const auto* top = std::ranges::lower_bound(kTops, most);
    return top != kTops.end() ? *top : 86'400 * std::bit_ceil((most + 86'399) / 86'400);
}

QString roundTrip(std::uint64_t microseconds) {
    return microseconds == 0 ? QStringLiteral("0") : translated(roundTripText(microseconds));
}

QString amount(std::uint64_t bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), std::has_single_bit(bytes) ? 0 : 1);
}

QString rate(std::uint64_t perSecond) {
    return CurveMeasures::tr("%1/s", "an amount of data a second").arg(amount(perSecond));
}

QString silence(std::uint64_t seconds) {
    return durationText(std::chrono::seconds(seconds));
}

} // namespace

constexpr Measure kRoundTrips{roundTrip, shortTop};
constexpr Measure kRates{rate, binaryTop};
constexpr Measure kAmounts{amount, binaryTop};
constexpr Measure kSilences{silence, clockTop};

} // namespace halfopen
