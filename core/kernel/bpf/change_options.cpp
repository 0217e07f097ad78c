// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/change_record.h"
#include "core/kernel/bpf/socket_changer.h"

namespace halfopen {

std::string_view optionName(std::uint32_t option) {
    switch (option) {
    case CHANGE_IDLE:
        return "TCP_KEEPIDLE";
    case CHANGE_INTERVAL:
        return "TCP_KEEPINTVL";
    case CHANGE_PROBES:
        return "TCP_KEEPCNT";
    case CHANGE_USER_TIMEOUT:
        return "TCP_USER_TIMEOUT";
    case CHANGE_ENABLED:
        return "SO_KEEPALIVE";
    default:
        return {};
    }
}

} // namespace halfopen
