// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace halfopen {

/// How many requests may wait for their answer at once.
struct AdmissionLimits {
    unsigned perCaller = 4; ///< one connection to the bus
    unsigned perUser = 32;  ///< one uid, which can open many connections
    unsigned total = 64;
};

/// Counts the requests that wait, so that nobody can fill the helper or keep others out. Not thread-safe.
class Admission {
public:
    explicit Admission(AdmissionLimits limits = {})
        : m_limits(limits) {}

    /// @param caller  unique bus name
    /// @return        a number for the request; nullopt if the caller or all together have too many already
    std::optional<std::uint64_t> enter(const std::string& caller);

    /// Says whose request it is, once the bus has told.
    /// @return  false if this user has too many already; the request is still to be left
    bool assignUser(std::uint64_t request, std::uint32_t uid);

    void leave(std::uint64_t request);

    std::size_t waiting() const { return m_requests.size(); }

private:
    struct Request {
        std::string caller;
        std::optional<std::uint32_t> uid;
    };

    AdmissionLimits m_limits;
    std::map<std::uint64_t, Request> m_requests;
    std::uint64_t m_last = 0;
};

} // namespace halfopen
