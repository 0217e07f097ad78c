// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/request.h"
#include "core/model/options_change.h"
#include "core/model/socket_results.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// At most so many sockets in one call, unless it is DirectSocketOperations::set().
inline constexpr std::size_t kSocketBatch = 4096;

/// The verbs on living sockets. Sockets are meant by their cookie, never by address or descriptor, so nothing else is
/// ever hit. Each verb answers through `done`, exactly once, on the thread that called it (see Operations); nothing is
/// answered after the object is gone. A refusal of the whole call (no right, another namespace, a bad value) is the
/// failing side of the Outcome; what failed for one socket stands with that socket. One call is one question to the
/// person at most, however many sockets it is about.
class SocketOperations {
public:
    template <class T>
    using Done = halfopen::Done<T>;

    SocketOperations() = default;
    SocketOperations(const SocketOperations&) = delete;
    SocketOperations& operator=(const SocketOperations&) = delete;
    virtual ~SocketOperations() = default;

    /// Reads options and owners. Answers with one reading for each cookie, in their order.
    /// @param netns        inode of the network namespace that the caller looks at
    /// @param interactive  a dialog may be opened; false answers InteractionRequired where one would be needed
    virtual RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                                 Done<std::vector<SocketReading>> done) = 0;

    /// Changes the options of sockets, all in the same way. Answers with one result for each cookie, in their order.
    /// OutOfRange is answered before anybody is asked.
    virtual RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                    const OptionsChange& change, Done<std::vector<SetResult>> done) = 0;

    /// Ends connections: their programs get an error, their peers a reset. Answers with one result for each cookie, in
    /// their order. Listeners are refused.
    virtual RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                               Done<std::vector<CloseResult>> done) = 0;

    /// The same, and of an MPTCP connection the whole: what its program has open, with all subflows.
    /// @param cookies  of subflows, or of what is no MPTCP connection
    virtual RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                    Done<std::vector<CloseResult>> done) = 0;

    /// Withdraws this request and no other, closing its dialog; it is answered with Dismissed. What is done already
    /// stays done. Nothing where it was answered before.
    virtual void cancel(RequestToken request) = 0;
};

} // namespace halfopen
