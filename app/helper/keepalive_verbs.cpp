// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on the keepalive defaults of HelperService.
#include "app/helper/helper_service.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/boot_configuration.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

constexpr char kSetKeepaliveDefaults[] = "org.halfopen.helper.set-keepalive-defaults";

/// Names and numbers alone, so that the policy's translations need no more than one $(change).
std::string describeChange(const KeepaliveDefaults& now, const KeepaliveChange& change, std::chrono::seconds trial) {
    std::string text = fmt::format(
        "tcp_keepalive_time {} -> {} s, tcp_keepalive_intvl {} -> {} s, tcp_keepalive_probes {} -> {}", now.time,
        change.values.time, now.interval, change.values.interval, now.probes, change.values.probes);
    if (change.persist)
        text += fmt::format(" (+ {})", kDropInPath);
    if (trial > 0s)
        text += fmt::format(" ({} s)", trial.count());
    return text;
}

Details detailsOf(const KeepaliveDefaults& now, const KeepaliveChange& change, std::chrono::seconds trial = 0s) {
    return {{"change", describeChange(now, change, trial)},
            {"time", std::to_string(change.values.time)},
            {"interval", std::to_string(change.values.interval)},
            {"probes", std::to_string(change.values.probes)},
            {"trial", std::to_string(trial.count())},
            {"persist", change.persist ? "yes" : "no"}};
}

/// In core it is the inode that names it.
KeepaliveChange inOwn(const KeepaliveChange& change) {
    return {ownNetns(), change.values, change.persist};
}

Outcome<KeepaliveDefaults> inEffectIn(const NetnsAccessPtr& access) {
    return readKeepaliveDefaultsIn(access->settingFiles(SettingUse::Read)).map_error(toPrivilegeError);
}

Outcome<void> checkTrial(std::chrono::seconds length) {
    if (length >= 1s && length <= kLongestTrial)
        return {};
    return refusal(PrivilegeErrorKind::OutOfRange,
                   Sentence::tr("A trial takes 1 to {0} s, not {1} s.", kLongestTrial.count(), length.count()));
}

} // namespace

/// What is about the machine as a whole is done in the helper's own namespace alone.
Outcome<void> HelperService::checkOwn(std::uint64_t netns) const {
    if (m_netns.isOwn(netns))
        return {};
    return refusal(PrivilegeErrorKind::WrongNamespace,
                   Sentence::tr("The change is meant for network namespace {0}, but it would be made in {1}.", netns,
                                m_netns.own()));
}

/// Nothing can be kept for another namespace: what is below /etc/sysctl.d counts where the machine boots.
void HelperService::setIn(Call call, const KeepaliveChange& change) {
    Verb verb{kSetKeepaliveDefaults, {}, {}, {}};
    verb.checkAtSight = [this, change]() -> Outcome<void> {
        if (change.persist)
            return checkOwn(change.netns);
        return checkRange(change.values).map_error(toPrivilegeError);
    };
    verb.check = [this, change] {
        return m_netns.enter(change.netns).and_then(inEffectIn).map([&](const KeepaliveDefaults& now) {
            Details details = detailsOf(now, change);
            const std::string name = m_netns.nameOf(change.netns);
            details["namespace"] = name;
            details["change"] += fmt::format(" [{}]", name);
            return details;
        });
    };
    verb.slowWork = [&netns = m_netns, change](const Caller& caller) {
        const auto access = netns.enter(change.netns);
        const auto before = access.and_then(inEffectIn);
        if (!before)
            return Deed{tl::unexpected(before.error())};
        const auto applied = applyKeepaliveDefaultsIn((*access)->settingFiles(SettingUse::Change), change.values)
                                 .map_error(toPrivilegeError);
        if (!applied)
            return Deed{tl::unexpected(applied.error())};
        return Deed{Answer{*applied},
                    {lineForKeepaliveChange(caller, *before, *applied, false, netns.nameOf(change.netns))}};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::setKeepaliveDefaults(Call call, const KeepaliveChange& named) {
    if (!m_netns.isOwn(named.netns))
        return setIn(std::move(call), named);
    const KeepaliveChange change = inOwn(named);
    Verb verb{kSetKeepaliveDefaults, [this, change] { return m_operations.check(change); }, {}, {}};
    verb.check = [this, change] {
        return m_operations.inEffect().map([&](const KeepaliveDefaults& now) { return detailsOf(now, change); });
    };
    verb.work = [this, change](const Caller& caller) -> Outcome<Answer> {
        // Of this moment: the dialog may have been open for minutes.
        const auto old = m_operations.inEffect();
        const auto applied = m_operations.apply(change);
        if (!applied)
            return tl::unexpected(applied.error());
        m_trial.overtake();
        m_log.write(SystemLog::Level::Notice,
                    lineForKeepaliveChange(caller, old.value_or(*applied), *applied, change.persist));
        return Answer{*applied};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::forgetKeepaliveDefaults(Call call, std::uint64_t cookie) {
    const std::uint64_t netns = ownNetns();
    Verb verb{kSetKeepaliveDefaults, {}, {}, {}};
    verb.checkAtSight = [this, cookie, netns] {
        return checkOwn(cookie).and_then([&] { return m_operations.checkForget(netns); });
    };
    verb.check = []() -> Outcome<Details> { return Details{{"change", fmt::format("rm {}", kDropInPath)}}; };
    verb.work = [this, netns](const Caller& caller) -> Outcome<Answer> {
        const auto removed = m_operations.forget(netns);
        if (!removed)
            return tl::unexpected(removed.error());
        if (*removed)
            m_log.write(SystemLog::Level::Notice, lineForForgotten(caller));
        return Answer{};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::tryKeepaliveDefaults(Call call, const KeepaliveChange& named, std::chrono::seconds length) {
    const std::uint64_t cookie = named.netns;
    const KeepaliveChange change = inOwn(named);
    const auto isFree = [this]() -> Outcome<void> {
        if (!m_trial.isOn())
            return {};
        return tl::unexpected(otherTrial());
    };
    Verb verb{kSetKeepaliveDefaults, {}, {}, {}};
    verb.checkAtSight = [this, change, cookie, length, isFree] {
        return checkTrial(length).and_then(isFree).and_then([&] { return checkOwn(cookie); }).and_then([&] {
            return m_operations.check(change);
        });
    };
    verb.check = [this, change, length] {
        return m_operations.inEffect().map(
            [&](const KeepaliveDefaults& now) { return detailsOf(now, change, length); });
    };
    verb.work = [this, change, length, isFree](const Caller& caller) -> Outcome<Answer> {
        if (const auto free = isFree(); !free)
            return tl::unexpected(free.error());
        const auto before = m_operations.inEffect();
        if (!before)
            return tl::unexpected(before.error());
        const auto applied = m_operations.apply(change);
        if (!applied)
            return tl::unexpected(applied.error());
        const KeepaliveTrial trial = m_trial.begin({0, *applied, *before}, caller, length);
        m_log.write(SystemLog::Level::Notice, lineForTrial(caller, trial, length));
        return Answer{*applied, *before, trial.id};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::keepTrial(Call call, std::uint64_t trial) {
    submit(std::move(call), {{}, {}, {}, [this, trial](const Caller& caller) {
                                 return m_trial.keep(trial, caller.uid).map([](const KeepaliveDefaults& values) {
                                     return Answer{values};
                                 });
                             }});
}

void HelperService::takeBackTrial(Call call, std::uint64_t trial) {
    submit(std::move(call), {{}, {}, {}, [this, trial](const Caller& caller) {
                                 return m_trial.takeBack(trial, caller.uid).map([](const KeepaliveDefaults& values) {
                                     return Answer{values};
                                 });
                             }});
}

} // namespace halfopen
