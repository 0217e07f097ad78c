// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/guard_backend.h"

#include <utility>
#include <vector>

namespace halfopen::test {

/// Takes every request down. What is asked is answered at once, what is changed when the test says so.
class FakeGuards final : public GuardBackend {
public:
    struct Set {
        GuardRule rule;
        bool persist;
    };

    RequestToken setGuard(const GuardRule& rule, bool persist, Done<void> done) override {
        sets.push_back({rule, persist});
        m_change = std::move(done);
        return ++m_last;
    }
    RequestToken forgetGuard(const std::string& unit, Done<void> done) override {
        forgotten.push_back(unit);
        m_change = std::move(done);
        return ++m_last;
    }
    RequestToken listGuards(Done<GuardList> done) override {
        ++lists;
        done(list);
        return 0;
    }
    void cancel(RequestToken request) override {
        if (request == m_last)
            answer(refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("Withdrawn.")));
    }
    void findPaths(std::vector<std::uint64_t> ids, std::function<void(GroupPaths)> done) override {
        GroupPaths found;
        for (const std::uint64_t id : ids)
            if (const auto path = paths.find(id); path != paths.end())
                found.insert(*path);
        done(found);
    }
    void findGroups(std::string name, std::function<void(GuardedGroups)> done) override {
        sought.push_back(std::move(name));
        done(groups);
    }

    bool isAsked() const { return static_cast<bool>(m_change); }
    void answer(Outcome<void> outcome = {}) {
        if (m_change)
            std::exchange(m_change, nullptr)(std::move(outcome));
    }

    std::vector<Set> sets;
    std::vector<std::string> forgotten;
    std::vector<std::string> sought;
    int lists = 0;
    GuardList list;
    GroupPaths paths;
    GuardedGroups groups;

private:
    Done<void> m_change;
    RequestToken m_last = 0;
};

} // namespace halfopen::test
