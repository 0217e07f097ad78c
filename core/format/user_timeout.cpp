// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/user_timeout.h"

#include "core/format/duration.h"

#include <fmt/format.h>

namespace halfopen {

namespace {

constexpr Millis kLeastRto{200}; // TCP_RTO_MIN
constexpr std::uint32_t kSecond = 1000;

} // namespace

std::string userTimeoutText(Millis time) {
    if (time.count() == 0)
        return "none";
    return time.count() % kSecond == 0 && time.count() >= 10 * kSecond ? longDuration(time)
           : time.count() % kSecond == 0                               ? fmt::format("{} s", time.count() / kSecond)
                                                                       : fmt::format("{} ms", time.count());
}

Millis retransmissionTimeout(const Row& row) {
    const TcpInfo& info = row.connection.info;
    return info.present() && info.rtoUs > 0 ? Millis(info.rtoUs / 1000) : kLeastRto;
}

bool endsAtTheFirstLoss(const Row& row) {
    const Millis time = row.options.userTimeout;
    return !row.connection.isMini() && time.count() > 0 && time < retransmissionTimeout(row);
}

std::string userTimeoutEffect(const Row& row) {
    if (!endsAtTheFirstLoss(row))
        return {};
    const std::uint32_t ms = row.options.userTimeout.count();
    const std::string meant = ms < kSecond ? fmt::format(" It counts milliseconds: perhaps {} s were meant.", ms) : "";
    return fmt::format("A user timeout of {} is over before anything is sent again (after {} ms): one lost packet or "
                       "one unanswered probe ends the connection.{}",
                       userTimeoutText(row.options.userTimeout), retransmissionTimeout(row).count(), meant);
}

} // namespace halfopen
