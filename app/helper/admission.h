// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace halfopen {

/// How much of the helper's time and places one may take.
struct AdmissionLimits {
    unsigned perCaller = 4; ///< requests that wait, of one connection to the bus
    unsigned perUser = 32;  ///< of one uid, which can open many connections
    unsigned total = 64;
    /// What calls that were refused may cost one uid, each at least `least`: so much at once, and again as time goes by
    /// (a second of it takes `recovery` seconds).
    std::chrono::nanoseconds refused = std::chrono::seconds(2);
    std::chrono::nanoseconds least = std::chrono::milliseconds(5);
    int recovery = 5;
};

/// Counts the requests that wait and the calls that were refused, so that nobody can fill the helper or keep others
/// out. Not thread-safe.
class Admission {
public:
    explicit Admission(AdmissionLimits limits = {})
        : m_limits(limits) {}

    /// To be called first of all: it costs nothing.
    /// @param caller  unique bus name
    /// @return        a number for the request; nullopt if the caller or all together have too many already
    std::optional<std::uint64_t> enter(const std::string& caller);

    /// Says whose request it is, once the bus has told.
    /// @return  false if this user has too many already, or was refused too often of late; the request is still to be
    ///          left
    bool assignUser(std::uint64_t request, std::uint32_t uid, MonotonicTime now = MonotonicClock::now());

    void leave(std::uint64_t request);

    /// A call of this user was refused. @param cost  what it took to find that out
    void countRefused(std::uint32_t uid, std::chrono::nanoseconds cost, MonotonicTime now = MonotonicClock::now());

    std::size_t waiting() const { return m_requests.size(); }

private:
    struct Request {
        std::string caller;
        std::optional<std::uint32_t> uid;
    };
    struct Refused {
        std::chrono::nanoseconds cost{0}; ///< at `since`; recovers from then on
        MonotonicTime since{};
    };

    void recover(Refused& refused, MonotonicTime now) const;

    AdmissionLimits m_limits;
    std::map<std::uint64_t, Request> m_requests;
    std::map<std::uint32_t, Refused> m_refused; ///< by uid
    std::uint64_t m_last = 0;
};

} // namespace halfopen
