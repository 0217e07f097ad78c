// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/direct_socket_operations.h"
#include "core/actions/keepalive_trial.h"
#include "core/kernel/unique_fd.h"
#include "core/model/guard_rule.h"
#include "core/model/keepalive_defaults.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

/// Who asked.
struct Caller {
    std::string name; ///< unique bus name, ":1.42", given by the bus
    std::uint32_t uid = 0;
    std::uint32_t pid = 0; ///< when it joined the bus, in this process's pid namespace; 0: not known
};

/// Lines for syslog, and so for the journal. Not by syslog(3), which waits for ever where nobody reads /dev/log and
/// would stop the helper with it; here a line is given up after 50 ms, and the next ones at once until one fits again.
class SystemLog {
public:
    enum class Level { Error = 3, Notice = 5 }; ///< LOG_ERR, LOG_NOTICE; facility LOG_DAEMON

    void write(Level level, std::string_view text);

private:
    bool connect();

    UniqueFd m_socket;
    bool m_stuck = false; ///< the last line did not fit
};

/// One line for every change. Every word in it is a number or was made by the helper or the bus, so that nobody can
/// forge a second line. @param netns  NetnsByCookie::nameOf() of another one
std::string lineForKeepaliveChange(const Caller& caller, const KeepaliveDefaults& before,
                                   const KeepaliveDefaults& after, bool persist, const std::string& netns = {});
/// @param netns  NetnsByCookie::nameOf()
std::string lineForOpened(const Caller& caller, const std::string& netns);
/// Programs that read every socket's structures were handed out.
std::string lineForExactSource(const Caller& caller);
std::string lineForForgotten(const Caller& caller);
std::string lineForTrial(const Caller& caller, const KeepaliveTrial& trial, std::chrono::seconds length);
/// @param why  what ended it, in the helper's own words
std::string lineForTrialEnd(const Caller& caller, const KeepaliveTrial& trial, TrialEnd end, const char* why);
std::string lineForTrialFailure(const Caller& caller, const KeepaliveTrial& trial, const PrivilegeError& error);
/// @param set  one that was written, whether all of it was taken or not
std::string lineForOptions(const Caller& caller, const OptionsSet& set);
std::string lineForClosed(const Caller& caller, const Connection& connection);
std::string lineForGuard(const Caller& caller, const GuardRule& rule, bool persist);
/// @param unit  as in GuardRule
std::string lineForForgottenGuard(const Caller& caller, const std::string& unit);

} // namespace halfopen
