// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/setting_together.h"

#include "core/keepalive/knowledge.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/sysctl/sysctl_reader.h"

#include <cerrno>

namespace halfopen {
namespace {

KeepaliveOptions inEffect(const KeepaliveOptions& read, const TcpSysctls& sysctls) {
    ExactFacts facts;
    facts.options = read;
    KeepaliveOptions options;
    takeExact(facts, sysctls, options);
    return options;
}

} // namespace

bool canBeSetTogether(const Connection& connection) {
    return connection.upperLayer == UpperLayer::None && connection.state != State::TimeWait &&
           connection.state != State::SynRecv && connection.state != State::Bound &&
           (connection.state != State::FinWait2 || connection.inode != 0);
}

Result<ChangePass> changeByOwnRights(std::span<const std::uint64_t> cookies, const OptionsChange& change,
                                     const NetnsAccess& netns) {
    if (!ExactPrograms::mayLoad())
        return failure(ErrorCode::NotPermitted,
                       Sentence::tr("The kernel lets this process load no BPF programs: {0}.", Errno{EPERM}));
    return changeSockets(cookies, change, netns);
}

SetTogether setTogether(const SocketTargets& targets, const std::vector<std::uint64_t>& cookies,
                        const OptionsChange& change, const NetnsAccess& netns, const ChangeMany& changeMany) {
    SetTogether together;
    std::vector<std::uint64_t> those;
    for (const std::uint64_t cookie : cookies)
        if (const Connection* connection = targets.connection(cookie); connection && canBeSetTogether(*connection))
            those.push_back(cookie);
    if (those.empty())
        return together;
    const auto pass = changeMany(those, change, netns);
    together.mayNot = !pass && pass.error().code == ErrorCode::NotPermitted;
    if (!pass)
        return together;
    const TcpSysctls sysctls = readTcpSysctlsIn(netns.settingFiles(SettingUse::Read));
    together.stopped = pass->stopped;
    together.done.reserve(pass->changed.size());
    for (const ChangedSocket& one : pass->changed)
        together.done.emplace(one.cookie, OptionsWriting{inEffect(one.before, sysctls), inEffect(one.after, sysctls),
                                                         optionName(one.refused), one.error});
    return together;
}

} // namespace halfopen
