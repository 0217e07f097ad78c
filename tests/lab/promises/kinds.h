// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/promises/scene.h"

#include <string>
#include <vector>

namespace halfopen::promises {

/// A kind of scenario: what is drawn for it, and what happens.
struct Kind {
    const char* name;
    test::Task<void> (*play)(Scene& scene);
    bool slow = false; ///< takes more than half a minute: only in a long run
};

std::vector<Kind> keepaliveKinds();
std::vector<Kind> flightKinds();
std::vector<Kind> localKinds();
std::vector<Kind> openingKinds();
std::vector<Kind> windowKinds();
std::vector<Kind> closingKinds();
std::vector<Kind> listenerKinds();
std::vector<Kind> scriptedKinds();
std::vector<Kind> allKinds();

/// Keepalive with values drawn; a user timeout in one of three.
lab::SocketOptions drawKeepalive(Draw& draw);
/// "keepalive 4/2/3, user timeout 5000 ms"
std::string describe(const lab::SocketOptions& options);

} // namespace halfopen::promises
