// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/model/diagnosis.h"
#include "core/model/row.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// Where the peer of a connection is.
enum class Scope : std::uint8_t {
    Loopback, ///< on this machine
    Private,  ///< RFC 1918, RFC 6598, link-local, unique local (RFC 4193)
    Public,
};
inline constexpr std::size_t kScopeCount = 3;
std::string_view toString(Scope scope); ///< "loopback", ...
Scope scopeOf(const Connection& connection);

/// Diagnoses as metrics have them: listeners are no connections.
inline constexpr std::array kConnectionDiagnoses{Diagnosis::Opening, Diagnosis::Abandoned, Diagnosis::Closing,
                                                 Diagnosis::Suspect, Diagnosis::Stalled,   Diagnosis::Active,
                                                 Diagnosis::Guarded, Diagnosis::Unguarded};

/// What stays unanswered, as metrics name it.
inline constexpr std::size_t kUnansweredKinds = 5;
extern const std::array<std::string_view, kUnansweredKinds> kUnansweredNames;
/// Its place in kUnansweredNames; kUnansweredKinds where nothing is sent in this regime.
std::size_t unansweredKind(Regime regime);

/// Counts sockets by state, diagnosis, keepalive and times.
class SocketCounts {
public:
    SocketCounts();
    void add(const Row& row, Scope scope);
    void appendTo(std::vector<MetricFamily>& families) const;

private:
    using ByScope = std::array<std::uint32_t, kScopeCount>;

    void addConnection(const Row& row, Scope scope);
    void addEstablished(const Row& row, std::size_t scope);
    void appendCounts(std::vector<MetricFamily>& families) const;
    void appendTimes(std::vector<MetricFamily>& families) const;

    std::array<std::uint32_t, 16> m_states{};
    std::array<ByScope, kDiagnosisCount> m_diagnoses{};
    std::array<ByScope, 3> m_keepalive{};
    std::array<std::uint32_t, 3> m_provenance{};
    std::array<std::uint32_t, kUnansweredKinds> m_unanswered{};
    ByScope m_never{};
    std::vector<Distribution> m_idle; ///< by Scope
    std::vector<Distribution> m_rtt;  ///< by Scope, loopback excepted
    Distribution m_nextProbe;
    Distribution m_givesUp;
    Distribution m_closeWait;
};

} // namespace halfopen
