// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/request.h"
#include "core/model/keepalive_defaults.h"

#include <cstdint>

namespace halfopen {

/// The three values and where they shall hold.
struct KeepaliveChange {
    std::uint64_t netns = 0; ///< inode of the network namespace that the caller looks at
    KeepaliveDefaults values;
    bool persist = false; ///< also keep them over a reboot; false leaves a drop-in as it is
};

/// The few things that need rights. DirectOperations does them in this process; BusOperations (the window) and
/// SdBusOperations (halfopenctl) ask the helper on the system bus. One verb is one question to the person at most.
///
/// Every verb answers through `done`, exactly once, on the thread that called it: BusOperations later, from the event
/// loop, the others before the verb returns. Nothing is answered after the object is gone.
class Operations {
public:
    template <class T>
    using Done = halfopen::Done<T>;

    Operations() = default;
    Operations(const Operations&) = delete;
    Operations& operator=(const Operations&) = delete;
    virtual ~Operations() = default;

    /// Sets the three, reads them back and answers with what is in effect. All or nothing.
    virtual RequestToken setKeepaliveDefaults(const KeepaliveChange& change, Done<KeepaliveDefaults> done) = 0;

    /// Removes the drop-in; the values in effect stay until the next boot. Done also if there was none.
    /// @param netns  as in KeepaliveChange
    virtual RequestToken forgetKeepaliveDefaults(std::uint64_t netns, Done<void> done) = 0;

    /// Withdraws this request and no other, closing its dialog; it is answered with Dismissed. Nothing where it was
    /// answered before.
    virtual void cancel(RequestToken request) = 0;
};

/// What a person with sudo can type instead: "sudo sysctl -w net.ipv4.tcp_keepalive_time=600 ..."; with persist also
/// the line that writes the drop-in.
std::string commandFor(const KeepaliveChange& change);

/// "sudo rm /etc/sysctl.d/60-halfopen-keepalive.conf"
std::string commandToForget();

} // namespace halfopen
