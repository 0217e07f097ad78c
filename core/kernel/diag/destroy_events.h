// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/event_source.h"
#include "core/model/destroy_event.h"

#include <cstddef>
#include <memory>
#include <vector>

struct nl_sock;

namespace halfopen {

/// The destroy events of TCP in the network namespace of the thread that opened it. Any user may listen, and hears of
/// everybody's sockets (SKNLGRP_INET_TCP_DESTROY and _INET6_, NL_CFG_F_NONROOT_RECV).
class DestroyEvents : public EventSource {
public:
    /// @return NotSupported where the kernel has no such groups, NotPermitted where a filter forbids it
    static Result<std::unique_ptr<DestroyEvents>> open();
    ~DestroyEvents() override;

    EventDrain drain(std::vector<DestroyEvent>& events) override;
    int descriptor() const override;

private:
    struct SocketFree {
        void operator()(nl_sock* socket) const;
    };
    DestroyEvents();

    std::unique_ptr<nl_sock, SocketFree> m_socket;
    std::vector<std::byte> m_buffer;
};

} // namespace halfopen
