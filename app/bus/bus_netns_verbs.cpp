// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on network namespaces of BusOperations.
#include "app/bus/bus_netns.h"
#include "app/bus/bus_operations.h"
#include "app/contract/bus_sockets.h"
#include "core/kernel/netns/handed_access.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

/// The first answer of a reply, if it is what it has to be.
template <class Received>
Outcome<QList<Received>> listOf(const QDBusMessage& reply, const QString& signature) {
    if (reply.signature() != signature)
        return otherVersion();
    return qdbus_cast<QList<Received>>(reply.arguments().constFirst());
}

QVariant listToBus(const std::vector<std::uint64_t>& cookies) {
    return QVariant::fromValue(QList<qulonglong>(cookies.begin(), cookies.end()));
}

/// Of their own: what came with the message goes with it.
std::vector<UniqueFd> copiesOf(const QList<QDBusUnixFileDescriptor>& sockets) {
    std::vector<UniqueFd> copies;
    for (const QDBusUnixFileDescriptor& one : sockets)
        copies.emplace_back(::fcntl(one.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
    return copies;
}

} // namespace

/// On its way: first which cookies they have, then call by call the sockets and the settings.
struct BusOperations::Opening {
    std::vector<BusNetns> left; ///< to be opened
    Opened result;
    Operations::Done<Opened> done;

    std::vector<std::uint64_t> nextBatch() const {
        std::vector<std::uint64_t> cookies;
        for (std::size_t at = 0; at < std::min(left.size(), kNetnsBatch); ++at)
            cookies.push_back(left[at].cookie);
        return cookies;
    }
    void take(const BusOpenedNetns& one) {
        const auto known = std::ranges::find(left, one.cookie, &BusNetns::cookie);
        if (!one.error.isEmpty())
            result.refused.push_back(errorFrom(one.error.toStdString()));
        else if (known != left.end())
            result.opened.push_back({known->procInode, one.cookie,
                                     std::make_shared<const HandedAccess>(copiesOf(one.sockets), known->inode),
                                     TcpSysctls()});
    }
};

RequestToken BusOperations::openNetns(std::vector<NetnsId> procInodes, Operations::Done<Opened> done) {
    BusCall call;
    call.method = QStringLiteral("ListNamespaces");
    call.answered = [this, procInodes = std::move(procInodes),
                     done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        const auto list = reply.and_then(
            [](const QDBusMessage& message) { return listOf<BusNetns>(message, QStringLiteral("a(ttt)")); });
        if (!list)
            return done(tl::unexpected(list.error()));
        auto opening = std::make_shared<Opening>();
        opening->done = done;
        for (const BusNetns& one : *list)
            if (one.procInode != 0 && std::ranges::find(procInodes, one.procInode) != procInodes.end())
                opening->left.push_back(one);
        if (opening->left.empty())
            return done(refusal(PrivilegeErrorKind::WrongNamespace, Sentence::tr("This network namespace is gone.")));
        openNext(opening);
    };
    return enqueue(std::move(call));
}

void BusOperations::openNext(const std::shared_ptr<Opening>& opening) {
    if (opening->left.empty()) {
        std::vector<std::uint64_t> cookies;
        for (const NetnsOpened& one : opening->result.opened)
            cookies.push_back(one.cookie);
        if (cookies.empty())
            return opening->done(tl::unexpected(opening->result.refused.front()));
        readSettings(cookies, [opening](const Outcome<std::vector<NetnsSettings>>& settings) {
            if (!settings)
                return opening->done(tl::unexpected(settings.error()));
            for (const NetnsSettings& one : *settings)
                for (NetnsOpened& opened : opening->result.opened)
                    if (opened.cookie == one.cookie)
                        opened.settings = one.settings;
            opening->done(std::move(opening->result));
        });
        return;
    }
    const std::vector<std::uint64_t> batch = opening->nextBatch();
    BusCall call;
    call.method = QStringLiteral("OpenNamespaces");
    call.arguments = {listToBus(batch)};
    call.interactive = m_interactive;
    call.answered = [this, opening, batch](const Outcome<QDBusMessage>& reply) {
        const auto opened = reply.and_then(
            [](const QDBusMessage& message) { return listOf<BusOpenedNetns>(message, QStringLiteral("a(tahs)")); });
        if (!opened)
            return opening->done(tl::unexpected(opened.error()));
        for (const BusOpenedNetns& one : *opened) {
            opening->take(one);
            const auto known = std::ranges::find(opening->left, one.cookie, &BusNetns::cookie);
            if (one.error.isEmpty() && known != opening->left.end())
                m_cookies[known->inode] = one.cookie;
        }
        opening->left.erase(opening->left.begin(), opening->left.begin() + static_cast<std::ptrdiff_t>(batch.size()));
        openNext(opening);
    };
    enqueue(std::move(call));
}

/// On its way, call by call.
struct BusOperations::Reading {
    std::vector<std::uint64_t> left;
    std::vector<NetnsSettings> result;
    Operations::Done<std::vector<NetnsSettings>> done;

    std::vector<std::uint64_t> takeBatch() {
        const auto end = left.begin() + static_cast<std::ptrdiff_t>(std::min(left.size(), kSettingsBatch));
        std::vector<std::uint64_t> batch(left.begin(), end);
        left.erase(left.begin(), end);
        return batch;
    }
};

RequestToken BusOperations::readSettings(const std::vector<std::uint64_t>& cookies,
                                         Operations::Done<std::vector<NetnsSettings>> done) {
    return readNext(std::make_shared<Reading>(Reading{cookies, {}, std::move(done)}));
}

RequestToken BusOperations::readNext(const std::shared_ptr<Reading>& reading) {
    BusCall call;
    call.method = QStringLiteral("ReadSettings");
    call.arguments = {listToBus(reading->takeBatch())};
    call.answered = [this, reading](const Outcome<QDBusMessage>& reply) {
        const auto list = reply.and_then(
            [](const QDBusMessage& message) { return listOf<BusSettings>(message, QStringLiteral("a(ta{si}s)")); });
        if (!list)
            return reading->done(tl::unexpected(list.error()));
        for (const BusSettings& one : *list)
            if (one.error.empty())
                reading->result.push_back({one.cookie, sysctlsFrom(one.values)});
        if (!reading->left.empty())
            readNext(reading);
        else
            reading->done(std::move(reading->result));
    };
    return enqueue(std::move(call));
}

} // namespace halfopen
