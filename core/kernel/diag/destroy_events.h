// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/event_source.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/model/destroy_event.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace halfopen {

/// The destroy events of TCP in one network namespace. Any user may listen, and hears of
/// everybody's sockets (SKNLGRP_INET_TCP_DESTROY and _INET6_, NL_CFG_F_NONROOT_RECV).
class DestroyEvents : public EventSource {
public:
    /// @return NotSupported where the kernel has no such groups, NotPermitted where a filter forbids it
    static Result<std::unique_ptr<DestroyEvents>> open(const NetnsAccess& netns = *ownNetnsAccess());

    EventDrain drain(std::vector<DestroyEvent>& events) override;
    /// The same as it comes: takes one datagram and when it was received. @return how many times events were lost
    std::uint32_t drainRaw(const std::function<void(ByteView, MonotonicTime)>& take);
    int descriptor() const override { return m_socket.get(); }

private:
    explicit DestroyEvents(UniqueFd socket);

    UniqueFd m_socket;
    std::vector<std::byte> m_buffer;
};

} // namespace halfopen
