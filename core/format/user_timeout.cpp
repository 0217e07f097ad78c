// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/user_timeout.h"

#include "core/format/duration.h"

namespace halfopen {

namespace {

constexpr Millis kLeastRto{200}; // TCP_RTO_MIN
constexpr std::uint32_t kSecond = 1000;

} // namespace

Sentence userTimeoutText(Millis time) {
    if (time.count() == 0)
        return Sentence::tr("none");
    if (time.count() % kSecond != 0)
        return Sentence::tr("{0} ms", time.count());
    return time.count() >= 10 * kSecond ? durationSentence(time) : Sentence::tr("{0} s", time.count() / kSecond);
}

Millis retransmissionTimeout(const Row& row) {
    const TcpInfo& info = row.connection.info;
    return info.present() && info.rtoUs > 0 ? Millis(info.rtoUs / 1000) : kLeastRto;
}

bool endsAtTheFirstLoss(const Row& row) {
    const Millis time = row.options.userTimeout;
    return !row.connection.isMini() && time.count() > 0 && time < retransmissionTimeout(row);
}

Sentence userTimeoutEffect(const Row& row) {
    if (!endsAtTheFirstLoss(row))
        return {};
    const std::uint32_t ms = row.options.userTimeout.count();
    const Sentence effect =
        Sentence::tr("A user timeout of {0} is over before anything is sent again (after {1} ms): one lost packet or "
                     "one unanswered probe ends the connection.",
                     userTimeoutText(row.options.userTimeout), retransmissionTimeout(row).count());
    return ms < kSecond ? effect + Sentence::tr("It counts milliseconds: perhaps {0} s were meant.", ms) : effect;
}

} // namespace halfopen
