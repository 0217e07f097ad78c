// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ended_connection.h"

#include "core/format/duration.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;
using std::chrono::milliseconds;

constexpr milliseconds kTenSeconds{10'000};

/// "9 s", "2.5 s": what a person would say; tenths only below ten seconds and only where there are any.
std::string spoken(milliseconds time) {
    const auto tenths = std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(time);
    if (time < milliseconds(950) || (time < milliseconds(3'000) && tenths.count() % 10 != 0))
        return fmt::format("{}.{} s", tenths.count() / 10, tenths.count() % 10);
    const auto seconds = std::chrono::round<std::chrono::seconds>(time);
    return time < kTenSeconds ? fmt::format("{} s", seconds.count()) : longDuration(saturate(milliseconds(seconds)));
}

std::string unansweredPart(const Certificate& certificate) {
    const auto of = [&](std::string_view one, std::string_view many) {
        return fmt::format("{} {} unanswered", certificate.unanswered, certificate.unanswered == 1 ? one : many);
    };
    const auto has = [&](Code code) {
        return std::ranges::find(certificate.evidence, code, &EndingEvidence::code) != certificate.evidence.end();
    };
    if (certificate.unanswered == 0)
        return {};
    if (has(Code::ProbesUnanswered))
        return of("probe", "probes");
    if (has(Code::WindowProbesUnanswered))
        return of("window probe", "window probes");
    if (has(Code::RetransmitsUnanswered))
        return of("retransmission", "retransmissions");
    return has(Code::SynsUnanswered) ? of("opening segment", "opening segments") : std::string();
}

std::string noticedPart(const Certificate& certificate) {
    const auto after = certificate.noticedAfter();
    if (!after || !isGivenUp(certificate.ending))
        return {};
    return "noticed " + spoken(*after) + " after the last sign of life";
}

/// What stands after the colon.
std::string because(const Certificate& certificate) {
    std::string text;
    const auto append = [&text](const std::string& part) {
        if (!part.empty())
            text += (text.empty() ? "" : ", ") + part;
    };
    append(unansweredPart(certificate));
    append(noticedPart(certificate));
    if (text.empty() && certificate.confidence == Confidence::Unknown && !certificate.evidence.empty())
        append(sentence(certificate.evidence.front()));
    return text;
}

} // namespace

std::optional<milliseconds> Certificate::noticedAfter() const {
    if (!lastLife || foundDead)
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::round<milliseconds>(ended.monotonic - lastLife->monotonic));
}

std::optional<milliseconds> Certificate::lifetime() const {
    if (!firstSeen)
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::round<milliseconds>(ended.monotonic - firstSeen->monotonic));
}

std::string sentence(const Certificate& certificate) {
    std::string text = certificate.confidence == Confidence::Likely ? "likely " : "";
    text += describe(certificate.ending);
    if (const std::string why = because(certificate); !why.empty())
        text += ": " + why;
    return text;
}

} // namespace halfopen
