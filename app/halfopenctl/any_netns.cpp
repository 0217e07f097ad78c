// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/any_netns.h"

#include "app/halfopenctl/source_options.h"
#include "core/actions/direct_socket_operations.h"
#include "core/actions/socket_checks.h"
#include "core/kernel/netns/netns_id.h"
#include "core/monitor/netns_entry.h"

#include <algorithm>
#include <utility>

namespace halfopen::ctl {

namespace {

Outcome<std::unique_ptr<SocketOperations>> enterFor(std::uint64_t netns) {
    return enterOtherNetns(netns).map([](const NetnsAccessPtr& access) -> std::unique_ptr<SocketOperations> {
        return std::make_unique<DirectSocketOperations>(kLongTimeLimit, access);
    });
}

std::string inAllNetns(const std::string& command) {
    return command + " --all-netns";
}

} // namespace

template <class Answer>
SocketOperations* AnyNetnsOperations::in(std::uint64_t netns, const std::string& command,
                                         const Done<std::vector<Answer>>& done) {
    if (netns == ownNetns())
        return m_own.get();
    auto known = m_others.find(netns);
    if (known == m_others.end())
        known = m_others.emplace(netns, enterFor(netns)).first;
    if (known->second)
        return known->second->get();
    PrivilegeError error = known->second.error();
    if (error.kind == PrivilegeErrorKind::NotAuthorized)
        error.command = command;
    done(tl::unexpected(std::move(error)));
    return nullptr;
}

RequestToken AnyNetnsOperations::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                                         Done<std::vector<SocketReading>> done) {
    SocketOperations* const there = in(netns, {}, done);
    return there ? there->inspect(netns, std::move(cookies), interactive, std::move(done)) : 0;
}

RequestToken AnyNetnsOperations::setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                            const OptionsChange& change, Done<std::vector<SetResult>> done) {
    SocketOperations* const there = in(netns, inAllNetns(commandFor(cookies, change)), done);
    return there ? there->setOptions(netns, std::move(cookies), change, std::move(done)) : 0;
}

RequestToken AnyNetnsOperations::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                       Done<std::vector<CloseResult>> done) {
    SocketOperations* const there = in(netns, inAllNetns(commandToClose(cookies)), done);
    return there ? there->close(netns, std::move(cookies), std::move(done)) : 0;
}

RequestToken AnyNetnsOperations::closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                            Done<std::vector<CloseResult>> done) {
    SocketOperations* const there = in(netns, inAllNetns(commandToCloseWhole(cookies)), done);
    return there ? there->closeWhole(netns, std::move(cookies), std::move(done)) : 0;
}

std::vector<SocketsOfNetns> byNetns(const Frame& frame, const std::vector<std::uint64_t>& cookies) {
    std::vector<SocketsOfNetns> all{{ownNetns(), {}}};
    for (const std::uint64_t cookie : cookies) {
        const Row* const row = findAnywhere(frame, cookie);
        const std::uint64_t netns = row ? frame.netnsOf(*row).netns : ownNetns();
        auto place = std::ranges::find(all, netns, &SocketsOfNetns::netns);
        if (place == all.end())
            place = all.insert(all.end(), {netns, {}});
        place->cookies.push_back(cookie);
    }
    return all;
}

} // namespace halfopen::ctl
