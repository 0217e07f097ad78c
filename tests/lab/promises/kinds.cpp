// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"

#include <fmt/format.h>

namespace halfopen::promises {

std::vector<Kind> allKinds() {
    std::vector<Kind> kinds;
    for (const auto& some : {keepaliveKinds(), flightKinds(), localKinds(), openingKinds(), windowKinds(),
                             closingKinds(), listenerKinds(), scriptedKinds()})
        kinds.insert(kinds.end(), some.begin(), some.end());
    return kinds;
}

lab::SocketOptions drawKeepalive(Draw& draw) {
    auto options = lab::keepalive(draw.seconds(1, 6), draw.seconds(1, 3), draw.number(1, 4));
    if (draw.oneIn(3))
        options.userTimeout = draw.ms(500, 9000);
    return options;
}

std::string describe(const lab::SocketOptions& options) {
    std::string text = "no keepalive";
    if (options.keepalive.value_or(false))
        text = options.idle ? fmt::format("keepalive {}/{}/{}", options.idle->count(), options.interval->count(),
                                          *options.probes)
                            : "keepalive by sysctl";
    if (options.userTimeout)
        text += fmt::format(", user timeout {} ms", options.userTimeout->count());
    if (options.rtoMax)
        text += fmt::format(", rto_max {} ms", options.rtoMax->count());
    if (options.synCount)
        text += fmt::format(", syn count {}", *options.synCount);
    if (options.linger2)
        text += fmt::format(", linger2 {} s", options.linger2->count());
    return text;
}

} // namespace halfopen::promises
