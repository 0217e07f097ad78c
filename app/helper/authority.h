// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/bus_values.h"
#include "app/helper/system_bus.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <functional>
#include <string>

namespace halfopen {

/// One question to polkit.
struct Question {
    std::string caller;       ///< unique bus name: the subject is the connection, never a pid, which could be reused
    std::string action;       ///< "org.halfopen.helper.set-keepalive-defaults"
    Details details;          ///< for the message and for rules; made by the helper alone, no word of the caller
    bool interactive = false; ///< the caller allows a dialog
};

/// polkitd, asked without ever blocking. Every answer that is not a plain yes is a refusal.
class Authority {
public:
    using Answered = std::function<void(Outcome<void>)>;

    /// @param bus  outlives this
    explicit Authority(SystemBus& bus)
        : m_bus(bus) {}

    /// @param id        to withdraw the question by; unique among those open
    /// @param answered  called once: done, or InteractionRequired, Dismissed, NotAuthorized, NoAuthority.
    ///                  It may come minutes later, and after withdraw() still
    void ask(std::uint64_t id, const Question& question, Answered answered);

    /// Closes the dialog, if there is one.
    void withdraw(std::uint64_t id);

private:
    SystemBus& m_bus;
};

} // namespace halfopen
