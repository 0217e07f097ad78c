// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sdbus/helper_bus.h"
#include "core/actions/guard_operations.h"
#include "core/actions/operations.h"
#include "core/actions/socket_operations.h"
#include "core/kernel/bpf/exact_programs.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// Asks the helper on the system bus, without Qt: each verb waits for its answer and has answered when it returns. A
/// dialog may be opened. Only about the network namespace of the calling thread. For one thread.
class SdBusOperations final : public Operations, public SocketOperations, public GuardOperations {
public:
    RequestToken setKeepaliveDefaults(const KeepaliveChange& change, Operations::Done<KeepaliveDefaults> done) override;
    RequestToken forgetKeepaliveDefaults(std::uint64_t netns, Operations::Done<void> done) override;

    /// Owners come without their descriptors (-1).
    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         SocketOperations::Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            SocketOperations::Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       SocketOperations::Done<std::vector<CloseResult>> done) override;
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            SocketOperations::Done<std::vector<CloseResult>> done) override;

    RequestToken setGuard(const GuardRule& rule, bool persist, GuardOperations::Done<void> done) override;
    RequestToken forgetGuard(const std::string& unit, GuardOperations::Done<void> done) override;
    /// What is kept is read from its file here. Where the helper does not say what is in effect, the list says why.
    RequestToken listGuards(GuardOperations::Done<GuardList> done) override;

    /// The programs that read every socket, loaded by the helper; see programsFrom().
    Outcome<ExactProgramsPtr> openExactSource();

    void cancel(RequestToken) override {} ///< nothing is ever left unanswered

private:
    Outcome<SdBusMessage> callIn(std::uint64_t netns, HelperCall call);
    Outcome<std::vector<CloseResult>> close(std::uint64_t netns, const std::vector<std::uint64_t>& cookies, bool whole);

    HelperBus m_bus;
};

} // namespace halfopen
