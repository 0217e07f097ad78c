// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sysctl/sysctl_writer.h"

#include <QString>

#include <cstdint>

namespace halfopen {

/// Who asked.
struct Caller {
    QString name; ///< unique bus name, ":1.42", given by the bus
    std::uint32_t uid = 0;
};

/// One line in syslog (and so in the journal) for every change. Every word in it is a number or was made by the helper
/// or the bus, so that nobody can forge a second line.
void logKeepaliveChange(const Caller& caller, const KeepaliveDefaults& before, const KeepaliveDefaults& after,
                        bool persist);
void logForgotten(const Caller& caller);

} // namespace halfopen
