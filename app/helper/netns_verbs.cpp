// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on network namespaces of HelperService: looking into others, for a caller who goes on looking without the
// helper.
#include "app/helper/helper_service.h"
#include "core/kernel/netns/handed_access.h"
#include "core/kernel/sysctl/sysctl_reader.h"

#include <fmt/format.h>

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

namespace halfopen {
namespace {

constexpr char kInspectNamespaces[] = "org.halfopen.helper.inspect-namespaces";

/// @param most  in one call
Outcome<void> checkNamed(const std::vector<std::uint64_t>& cookies, std::size_t most) {
    if (cookies.empty())
        return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("No network namespace is named."));
    if (cookies.size() > most)
        return refusal(PrivilegeErrorKind::OutOfRange,
                       Sentence::tr("{0} network namespaces are more than the {1} of one call.", cookies.size(), most));
    return {};
}

/// Nobody is asked about what is not there.
Outcome<void> checkThere(const NetnsByCookie& netns, const std::vector<std::uint64_t>& cookies) {
    Outcome<void> last;
    for (const std::uint64_t cookie : cookies) {
        const auto entered = netns.enter(cookie);
        if (entered)
            return {};
        last = tl::unexpected(entered.error());
    }
    return last;
}

Outcome<std::vector<SharedFd>> socketsOf(const NetnsAccess& access) {
    std::vector<SharedFd> sockets;
    for (int i = 0; i < kSocketsOfNetns; ++i) {
        UniqueFd socket = access.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
        if (!socket || !restrictToInet(socket.get()))
            return refusal(PrivilegeErrorKind::NotSupported,
                           Sentence::tr("No socket could be opened there: {0}.", Errno{errno}));
        sockets.push_back(std::make_shared<const UniqueFd>(std::move(socket)));
    }
    return sockets;
}

NetnsSockets openedOf(const NetnsByCookie& netns, std::uint64_t cookie) {
    NetnsSockets opened{cookie, {}, {}};
    const auto sockets = netns.enter(cookie).and_then([](const NetnsAccessPtr& access) { return socketsOf(*access); });
    if (sockets)
        opened.sockets = *sockets;
    else
        opened.error = toBusError(sockets.error());
    return opened;
}

BusSettings settingsOf(const NetnsByCookie& netns, std::uint64_t cookie) {
    const auto access = netns.enter(cookie);
    if (!access)
        return {cookie, {}, toBusError(access.error())};
    return {cookie, toBus(readTcpSysctlsIn((*access)->settingFiles(SettingUse::Read))), {}};
}

} // namespace

void HelperService::listNamespaces(Call call) {
    Verb verb{{}, {}, {}, {}}; // numbers alone, that say nothing of who is there: nobody is asked
    verb.slowWork = [&opener = m_netns.opener()](const Caller&) {
        return Deed{opener.list().map([](const std::vector<NetnsNumbers>& all) {
            std::vector<BusNetns> list;
            for (const NetnsNumbers& one : all)
                list.push_back({one.cookie, one.inode, one.procInode});
            return Answer{list};
        })};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::openNamespaces(Call call, const Cookies& cookies) {
    Verb verb{kInspectNamespaces, [cookies] { return checkNamed(cookies, kNetnsBatch); }, {}, {}};
    verb.check = [this, cookies] {
        return checkThere(m_netns, cookies).map([&] {
            std::string names;
            for (const std::uint64_t cookie : cookies)
                names += (names.empty() ? "" : ", ") + m_netns.nameOf(cookie);
            return Details{{"change", names}, {"count", std::to_string(cookies.size())}};
        });
    };
    verb.opens = cookies;
    verb.slowWork = [&netns = m_netns, cookies](const Caller& caller) {
        std::vector<NetnsSockets> list;
        Deed deed{Answer{}};
        for (const std::uint64_t cookie : cookies) {
            list.push_back(openedOf(netns, cookie));
            if (list.back().error.empty())
                deed.lines.push_back(lineForOpened(caller, netns.nameOf(cookie)));
        }
        deed.answer = Answer{list};
        return deed;
    };
    submit(std::move(call), std::move(verb));
}

/// Whoever was let into a namespace may go on reading its settings without another question, for as long as the helper
/// lives.
void HelperService::readSettings(Call call, const Cookies& cookies) {
    Verb verb{kInspectNamespaces, [cookies] { return checkNamed(cookies, kSettingsBatch); }, {}, {}};
    verb.reads = cookies;
    verb.check = [this, cookies] {
        return checkThere(m_netns, cookies).map([&] {
            return Details{{"change", m_netns.nameOf(cookies.front())}, {"count", std::to_string(cookies.size())}};
        });
    };
    verb.slowWork = [&netns = m_netns, cookies](const Caller&) {
        std::vector<BusSettings> list;
        for (const std::uint64_t cookie : cookies)
            list.push_back(settingsOf(netns, cookie));
        return Deed{Answer{list}};
    };
    submit(std::move(call), std::move(verb));
}

} // namespace halfopen
