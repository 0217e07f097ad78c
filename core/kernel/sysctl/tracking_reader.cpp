// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/tracking_reader.h"

#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>

namespace halfopen {

namespace {

template <class Number>
bool readNumber(int folder, const char* name, Number& number) {
    const UniqueFd file(::openat(folder, name, O_RDONLY | O_CLOEXEC));
    std::array<char, 32> text{};
    const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
    return size > 0 && std::from_chars(text.data(), text.data() + size, number).ec == std::errc();
}

} // namespace

std::optional<ConnectionTracking> readConnectionTracking(int netfilter) {
    ConnectionTracking tracking;
    const bool complete = netfilter >= 0 &&
                          readNumber(netfilter, "nf_conntrack_tcp_timeout_established", tracking.established) &&
                          readNumber(netfilter, "nf_conntrack_tcp_timeout_unacknowledged", tracking.unacknowledged) &&
                          readNumber(netfilter, "nf_conntrack_tcp_timeout_max_retrans", tracking.maxRetrans) &&
                          readNumber(netfilter, "nf_conntrack_count", tracking.flows);
    return complete ? std::optional(tracking) : std::nullopt;
}

} // namespace halfopen
