// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/change_log.h"

#include "core/model/boot_configuration.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

namespace halfopen {
namespace {

constexpr int kDaemonFacility = 3 << 3; // LOG_DAEMON
constexpr int kTimeLimitMs = 50;

std::string sender(const Caller& caller) {
    return fmt::format("sender {}, uid {}", caller.name, caller.uid);
}

std::string nameOf(const Connection& connection) {
    return fmt::format("{} - {} (cookie {:#x}, uid {})", connection.local.toString(), connection.remote.toString(),
                       connection.cookie, connection.uid);
}

std::string valuesOf(const KeepaliveDefaults& before, const KeepaliveDefaults& after) {
    return fmt::format("tcp_keepalive_time {} -> {}, tcp_keepalive_intvl {} -> {}, tcp_keepalive_probes {} -> {}",
                       before.time, after.time, before.interval, after.interval, before.probes, after.probes);
}

std::string optionsOf(const KeepaliveOptions& old, const KeepaliveOptions& now) {
    const auto wordFor = [](Switch state) { return state == Switch::On ? "on" : "off"; };
    return fmt::format(
        "keepalive {} -> {}, idle {} -> {} s, interval {} -> {} s, probes {} -> {}, user timeout {} -> {} ms",
        wordFor(old.enabled), wordFor(now.enabled), old.idleSeconds, now.idleSeconds, old.intervalSeconds,
        now.intervalSeconds, old.probes, now.probes, old.userTimeout.count(), now.userTimeout.count());
}

bool isFull(int error) {
    return error == EAGAIN || error == ENOBUFS;
}

} // namespace

bool SystemLog::connect() {
    if (m_socket)
        return true;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, "/dev/log");
    UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd || ::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return false;
    m_socket = std::move(fd);
    return true;
}

void SystemLog::write(Level level, std::string_view text) {
    // The format of RFC 3164, as syslog(3) writes it.
    const std::string line =
        fmt::format("<{}>{:%b %e %H:%M:%S} halfopen-helper[{}]: {}", kDaemonFacility | static_cast<int>(level),
                    fmt::localtime(std::time(nullptr)), ::getpid(), text);
    for (int attempt = 0; attempt < 2 && connect(); ++attempt) {
        if (::send(m_socket.get(), line.data(), line.size(), MSG_NOSIGNAL) >= 0) {
            m_stuck = false;
            return;
        }
        pollfd room{m_socket.get(), POLLOUT, 0};
        if (!isFull(errno))
            m_socket.reset(); // the log daemon was restarted
        else if (!std::exchange(m_stuck, true))
            ::poll(&room, 1, kTimeLimitMs);
    }
}

std::string lineForKeepaliveChange(const Caller& caller, const KeepaliveDefaults& before,
                                   const KeepaliveDefaults& after, bool persist, const std::string& netns) {
    return fmt::format("set-keepalive-defaults: {}: {}, kept after reboot: {}{}{}", sender(caller),
                       valuesOf(before, after), persist ? "yes" : "no", netns.empty() ? "" : ", in ", netns);
}

std::string lineForOpened(const Caller& caller, const std::string& netns) {
    return fmt::format("inspect-namespaces: {}: sockets of {} handed out", sender(caller), netns);
}

std::string lineForExactSource(const Caller& caller) {
    return fmt::format("read-exactly: {}: programs that read all sockets handed out", sender(caller));
}

std::string lineForForgotten(const Caller& caller) {
    return fmt::format("set-keepalive-defaults: {}: removed {}", sender(caller), kDropInPath);
}

std::string lineForTrial(const Caller& caller, const KeepaliveTrial& trial, std::chrono::seconds length) {
    return fmt::format("set-keepalive-defaults: {}: {}, on trial for {} s", sender(caller),
                       valuesOf(trial.before, trial.values), length.count());
}

std::string lineForTrialEnd(const Caller& caller, const KeepaliveTrial& trial, TrialEnd end, const char* why) {
    const std::string whose = fmt::format("set-keepalive-defaults: {}: trial over ({}): ", sender(caller), why);
    if (end == TrialEnd::TakenBack)
        return whose + valuesOf(trial.values, trial.before);
    return whose + (end == TrialEnd::Kept ? "the values stay" : "other values are in effect and stay");
}

std::string lineForTrialFailure(const Caller& caller, const KeepaliveTrial& trial, const PrivilegeError& error) {
    return fmt::format("set-keepalive-defaults: {}: trial over, but {} could not be brought back: {}", sender(caller),
                       valuesOf(trial.values, trial.before), inEnglish(error));
}

std::string lineForOptions(const Caller& caller, const OptionsSet& set) {
    const std::string line = fmt::format("set-socket-options: {}: {}: {}", sender(caller), nameOf(set.connection),
                                         optionsOf(set.before, set.after));
    return set.outcome ? line : line + ". " + inEnglish(set.outcome.error());
}

std::string lineForClosed(const Caller& caller, const Connection& connection) {
    return fmt::format("close-connection: {}: {}: closed", sender(caller), nameOf(connection));
}

std::string lineForGuard(const Caller& caller, const GuardRule& rule, bool persist) {
    return fmt::format("guard: {}: {}: idle {} s, interval {} s, probes {}, user timeout {} ms, kept after reboot: {}",
                       sender(caller), guardedName(rule.unit), rule.idle, rule.interval, rule.probes, rule.userTimeout,
                       persist ? "yes" : "no");
}

std::string lineForForgottenGuard(const Caller& caller, const std::string& unit) {
    return fmt::format("guard: {}: {}: rule forgotten", sender(caller), guardedName(unit));
}

} // namespace halfopen
