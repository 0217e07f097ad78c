// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/socket_results.h"
#include "tests/frames/scripted.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace halfopen::test {

/// Takes every request down and answers when the test says so, one at a time.
class FakeSockets final : public SocketOperations {
public:
    struct Set {
        std::vector<std::uint64_t> cookies;
        OptionsChange change;
    };
    struct Inspect {
        std::vector<std::uint64_t> cookies;
        bool interactive;
    };

    RequestToken inspect(std::uint64_t, std::vector<std::uint64_t> cookies, bool interactive,
                         Done<std::vector<SocketReading>> done) override {
        inspects.push_back({std::move(cookies), interactive});
        m_inspect = std::move(done);
        return ++m_last;
    }
    RequestToken setOptions(std::uint64_t, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            Done<std::vector<SetResult>> done) override {
        sets.push_back({std::move(cookies), change});
        m_set = std::move(done);
        return ++m_last;
    }
    RequestToken close(std::uint64_t, std::vector<std::uint64_t> cookies,
                       Done<std::vector<CloseResult>> done) override {
        closes.push_back(std::move(cookies));
        m_close = std::move(done);
        return ++m_last;
    }
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            Done<std::vector<CloseResult>> done) override {
        ++wholes;
        return close(netns, std::move(cookies), std::move(done));
    }
    /// Of the last request alone.
    void cancel(RequestToken request) override {
        if (request == m_last)
            refuse(PrivilegeErrorKind::Dismissed);
    }

    bool isAsked() const { return m_inspect || m_set || m_close; }

    static KeepaliveOptions exactOptions(std::int32_t idle = 7200, Switch enabled = Switch::Off) {
        return test::exactOptions(idle, 75, 9, enabled);
    }
    void acceptInspect(const KeepaliveOptions& options = exactOptions()) {
        std::vector<SocketReading> readings;
        for (const auto cookie : inspects.back().cookies)
            readings.push_back({cookie, options, {{4711, 5, "theirs"}}});
        std::exchange(m_inspect, nullptr)(std::move(readings));
    }
    /// Every cookie gets these, unless `failures` names something else for it.
    void acceptSet(const KeepaliveOptions& options = exactOptions(60, Switch::On),
                   const std::map<std::uint64_t, PrivilegeError>& failures = {}) {
        std::vector<SetResult> results;
        for (const auto cookie : sets.back().cookies) {
            const auto failure = failures.find(cookie);
            results.push_back({cookie, options});
            if (failure != failures.end())
                results.back().outcome = tl::unexpected(failure->second);
        }
        std::exchange(m_set, nullptr)(std::move(results));
    }
    /// Every cookie gets done, unless `failures` names something else for it.
    void acceptClose(const std::map<std::uint64_t, PrivilegeError>& failures = {}) {
        std::vector<CloseResult> results;
        for (const auto cookie : closes.back()) {
            const auto failure = failures.find(cookie);
            CloseResult result{cookie, {}};
            if (failure != failures.end())
                result.outcome = tl::unexpected(failure->second);
            results.push_back(std::move(result));
        }
        std::exchange(m_close, nullptr)(std::move(results));
    }
    void refuse(PrivilegeErrorKind kind, const Sentence& why = Sentence::tr("The reason."),
                const std::string& command = {}) {
        const PrivilegeError error{kind, why, command};
        if (m_inspect)
            std::exchange(m_inspect, nullptr)(tl::unexpected(error));
        else if (m_set)
            std::exchange(m_set, nullptr)(tl::unexpected(error));
        else if (m_close)
            std::exchange(m_close, nullptr)(tl::unexpected(error));
    }

    std::vector<Set> sets;
    std::vector<Inspect> inspects;
    std::vector<std::vector<std::uint64_t>> closes;
    int wholes = 0; ///< of these, as wholes

private:
    Done<std::vector<SocketReading>> m_inspect;
    Done<std::vector<SetResult>> m_set;
    RequestToken m_last = 0;
    Done<std::vector<CloseResult>> m_close;
};

} // namespace halfopen::test
