// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on network namespaces of HelperService: looking into others, for a caller who goes on looking without the
// helper.
#include "app/bus/bus_netns.h"
#include "app/bus/bus_types.h"
#include "app/helper/helper_service.h"
#include "core/kernel/netns/handed_access.h"
#include "core/kernel/sysctl/sysctl_reader.h"

#include <fmt/format.h>

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace halfopen {
namespace {

const QString kInspectNamespaces = QStringLiteral("org.halfopen.helper.inspect-namespaces");

/// @param most  in one call
Outcome<void> checkNamed(const QList<qulonglong>& cookies, std::size_t most) {
    if (cookies.isEmpty())
        return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("No network namespace is named."));
    if (static_cast<std::size_t>(cookies.size()) > most)
        return refusal(PrivilegeErrorKind::OutOfRange,
                       Sentence::tr("{0} network namespaces are more than the {1} of one call.", cookies.size(), most));
    return {};
}

/// Nobody is asked about what is not there.
Outcome<void> checkThere(const NetnsByCookie& netns, const QList<qulonglong>& cookies) {
    Outcome<void> last;
    for (const qulonglong cookie : cookies) {
        const auto entered = netns.enter(cookie);
        if (entered)
            return {};
        last = tl::unexpected(entered.error());
    }
    return last;
}

Outcome<QList<QDBusUnixFileDescriptor>> socketsOf(const NetnsAccess& access) {
    QList<QDBusUnixFileDescriptor> sockets;
    for (int i = 0; i < kSocketsOfNetns; ++i) {
        const UniqueFd socket = access.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
        if (!socket || !restrictToInet(socket.get()))
            return refusal(PrivilegeErrorKind::NotSupported,
                           Sentence::tr("No socket could be opened there: {0}.", Errno{errno}));
        sockets.append(QDBusUnixFileDescriptor(socket.get())); // a copy, which goes with the message
    }
    return sockets;
}

BusOpenedNetns openedOf(const NetnsByCookie& netns, qulonglong cookie) {
    BusOpenedNetns opened{cookie, {}, {}};
    const auto sockets = netns.enter(cookie).and_then([](const NetnsAccessPtr& access) { return socketsOf(*access); });
    if (sockets)
        opened.sockets = *sockets;
    else
        opened.error = fromStd(toBusError(sockets.error()));
    return opened;
}

BusSettings settingsOf(const NetnsByCookie& netns, qulonglong cookie) {
    const auto access = netns.enter(cookie);
    if (!access)
        return {cookie, {}, fromStd(toBusError(access.error()))};
    const UniqueFd ipv4 = (*access)->settings("ipv4");
    const UniqueFd mptcp = (*access)->settings("mptcp");
    return {cookie, toBus(readTcpSysctlsIn(ipv4.get(), mptcp.get())), {}};
}

} // namespace

void HelperService::listNamespaces(const QDBusMessage& message) {
    Verb verb{{}, {}, {}, {}}; // numbers alone, that say nothing of who is there: nobody is asked
    verb.slowWork = [&opener = m_netns.opener()](const Caller&) {
        return Deed{opener.list().map([](const std::vector<NetnsNumbers>& all) {
            QList<BusNetns> list;
            for (const NetnsNumbers& one : all)
                list.append({one.cookie, one.inode, one.procInode});
            return QVariantList{QVariant::fromValue(list)};
        })};
    };
    submit(message, std::move(verb));
}

void HelperService::openNamespaces(const QList<qulonglong>& cookies, const QDBusMessage& message) {
    Verb verb{kInspectNamespaces, [cookies] { return checkNamed(cookies, kNetnsBatch); }, {}, {}};
    verb.check = [this, cookies] {
        return checkThere(m_netns, cookies).map([&] {
            std::string names;
            for (const qulonglong cookie : cookies)
                names += (names.empty() ? "" : ", ") + m_netns.nameOf(cookie);
            return Details{{QStringLiteral("change"), fromStd(names)},
                           {QStringLiteral("count"), QString::number(cookies.size())}};
        });
    };
    verb.opens = cookies;
    verb.slowWork = [&netns = m_netns, cookies](const Caller& caller) {
        QList<BusOpenedNetns> list;
        Deed deed{QVariantList{}};
        for (const qulonglong cookie : cookies) {
            list.append(openedOf(netns, cookie));
            if (list.constLast().error.isEmpty())
                deed.lines.push_back(lineForOpened(caller, netns.nameOf(cookie)));
        }
        deed.answer = QVariantList{QVariant::fromValue(list)};
        return deed;
    };
    submit(message, std::move(verb));
}

/// Whoever was let into a namespace may go on reading its settings without another question, for as long as the helper
/// lives.
void HelperService::readSettings(const QList<qulonglong>& cookies, const QDBusMessage& message) {
    Verb verb{kInspectNamespaces, [cookies] { return checkNamed(cookies, kSettingsBatch); }, {}, {}};
    verb.reads = cookies;
    verb.check = [this, cookies] {
        return checkThere(m_netns, cookies).map([&] {
            return Details{{QStringLiteral("change"), fromStd(m_netns.nameOf(cookies.front()))},
                           {QStringLiteral("count"), QString::number(cookies.size())}};
        });
    };
    verb.slowWork = [&netns = m_netns, cookies](const Caller&) {
        QList<BusSettings> list;
        for (const qulonglong cookie : cookies)
            list.append(settingsOf(netns, cookie));
        return Deed{QVariantList{QVariant::fromValue(list)}};
    };
    submit(message, std::move(verb));
}

} // namespace halfopen
